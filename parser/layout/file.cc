// One file of SQL: a schema, a migration, or the output of pg_dump, as psql would run it.
#include "parser/layout/support.h"

namespace pgplumb::parser {

namespace {

class FileLayout : public Layout {
 public:
  std::string_view name() const override { return "file"; }
  bool detect(const FileTree& tree) const override { return tree.has_file(""); }

  Migrations read(const FileTree& tree, catalog::SourceMap& map, const LayoutOptions&) const override {
    Migrations migrations;
    MigrationFile& file = migrations.files.emplace_back();
    file.path = tree.name();
    file.file = add_source(tree, map, "", "");
    return migrations;
  }
};

}  // namespace

const Layout& file_layout() {
  static const FileLayout layout;
  return layout;
}

}  // namespace pgplumb::parser

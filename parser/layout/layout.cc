#include "parser/layout/layout.h"

#include <fmt/format.h>

#include "parser/layout/support.h"

namespace pgplumb::parser {

namespace {

using catalog::UsageError;

const std::vector<const Layout*>& layouts() {
  static const std::vector<const Layout*> all = {
#define LAYOUT(name) &name##_layout(),
#include "parser/layout/layouts.def"
#undef LAYOUT
  };
  return all;
}

std::string names() { return fmt::format("{}", fmt::join(layout_names(), ", ")); }

const Layout& find_layout(std::string_view name) {
  for (const Layout* layout : layouts())
    if (layout->name() == name) return *layout;
  throw UsageError(fmt::format("there is no layout \"{}\"; there are {}", name, names()));
}

// What looks like another tool's would run its way down as well as up if it were read as plain files.
const Layout& fall_back(const FileTree& tree) {
  if (tree.list("").empty()) throw UsageError(fmt::format("{}: the directory is empty", tree.name()));
  const ForeignMark foreign = find_foreign_mark(tree);
  if (!foreign.tool.empty())
    throw UsageError(fmt::format(
        "{}: {} is of {}, a layout that is not read; --layout plain would run the .sql files whole, by name",
        tree.name(), foreign.evidence, foreign.tool));
  if (plain_layout().detect(tree)) return plain_layout();
  throw UsageError(
      fmt::format("{}: there are no migrations: no .sql files, and nothing of the layouts {}", tree.name(), names()));
}

const Layout& detect_layout(const FileTree& tree) {
  if (tree.has_file("")) return file_layout();
  std::vector<const Layout*> fitting;
  for (const Layout* layout : layouts())
    if (layout != &plain_layout() && layout != &file_layout() && layout->detect(tree)) fitting.push_back(layout);
  if (fitting.empty()) return fall_back(tree);
  if (fitting.size() == 1) return *fitting[0];
  throw UsageError(fmt::format("{}: the files are of two layouts, {} and {}; say which with --layout", tree.name(),
                               fitting[0]->name(), fitting[1]->name()));
}

const Layout& choose(const FileTree& tree, const LayoutOptions& options) {
  if (options.layout.empty()) return detect_layout(tree);
  const Layout& layout = find_layout(options.layout);
  const bool file = tree.has_file("");
  if (file && &layout != &file_layout())
    throw UsageError(fmt::format("{}: it is a file, and the layout {} needs a directory", tree.name(), layout.name()));
  if (!file && &layout == &file_layout())
    throw UsageError(fmt::format("{}: it is a directory, and the layout file needs a file", tree.name()));
  if (!file && tree.list("").empty()) throw UsageError(fmt::format("{}: the directory is empty", tree.name()));
  return layout;
}

}  // namespace

std::vector<std::string_view> layout_names() {
  std::vector<std::string_view> all;
  for (const Layout* layout : layouts()) all.push_back(layout->name());
  return all;
}

Migrations read_migrations(const FileTree& tree, catalog::SourceMap& map, const LayoutOptions& options) {
  const Layout& layout = choose(tree, options);
  Migrations migrations = layout.read(tree, map, options);
  migrations.layout = layout.name();
  if (migrations.files.empty())
    throw UsageError(fmt::format("{}: there are no migrations of the layout {}", tree.name(), layout.name()));
  return migrations;
}

std::vector<Script> parse_migrations(const Migrations& migrations, const catalog::SourceMap& map) {
  std::vector<ScriptSource> sources;
  for (const MigrationFile& file : migrations.files) sources.push_back({file.file, file.parts, migrations.dialect});
  return parse_all(sources, map);
}

}  // namespace pgplumb::parser

// golang-migrate: <number>_<title>.up.sql, run in the order of their numbers; the .down files are not run. A file goes
// to the server as one string. https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md
#include <fmt/format.h>

#include <algorithm>

#include "parser/layout/support.h"

namespace pgplumb::parser {

namespace {

using catalog::Severity;
using catalog::UsageError;

constexpr const char* golang_migrate_history =
    "CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)";

struct ParsedName {
  std::string file;
  std::uint64_t version = 0;
  std::string digits;
  std::string title;
  bool up = false;
};

/// `<digits>_<title>.up.<extension>` or `.down.`; the title is as long as it can be.
std::optional<ParsedName> parse_name(const std::string& name) {
  const std::size_t underscore = name.find('_');
  if (underscore == std::string::npos || !is_digits(std::string_view(name).substr(0, underscore))) return std::nullopt;
  const std::size_t up = name.rfind(".up."), down = name.rfind(".down.");
  const bool is_up = up != std::string::npos && (down == std::string::npos || up > down);
  const std::size_t direction = is_up ? up : down;
  if (direction == std::string::npos || direction < underscore) return std::nullopt;
  const auto version = parse_number(name.substr(0, underscore));
  if (!version) return std::nullopt;
  return ParsedName{name, *version, name.substr(0, underscore), name.substr(underscore + 1, direction - underscore - 1),
                    is_up};
}

std::vector<ParsedName> parse_names(const FileTree& tree) {
  std::vector<ParsedName> names;
  for (const Entry& entry : tree.list(""))
    if (entry.kind == EntryKind::file)
      if (auto parsed = parse_name(entry.name)) names.push_back(std::move(*parsed));
  return names;
}

class GolangMigrateLayout : public Layout {
 public:
  std::string_view name() const override { return "golang_migrate"; }
  bool detect(const FileTree& tree) const override { return !parse_names(tree).empty(); }

  Migrations read(const FileTree& tree, catalog::SourceMap& map, const LayoutOptions&) const override {
    Migrations migrations;
    migrations.dialect = {false, false};
    migrations.bookkeeping = {{"", "schema_migrations", golang_migrate_history}};
    migrations.history = HistoryForm::newest;
    migrations.history_query = "SELECT version::text FROM {} WHERE NOT dirty";
    std::vector<ParsedName> names = parse_names(tree);
    names.erase(std::remove_if(names.begin(), names.end(), [](const ParsedName& name) { return !name.up; }),
                names.end());
    std::stable_sort(names.begin(), names.end(),
                     [](const ParsedName& a, const ParsedName& b) { return a.version < b.version; });
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i > 0 && names[i].version == names[i - 1].version)
        throw UsageError(
            fmt::format("{}: {} and {} have the same version", tree.name(), names[i - 1].file, names[i].file));
      add(tree, map, names[i], migrations);
    }
    remark_others(tree, migrations);
    return migrations;
  }

 private:
  static void add(const FileTree& tree, catalog::SourceMap& map, const ParsedName& name, Migrations& migrations) {
    MigrationFile& file = migrations.files.emplace_back();
    file.path = tree.display(name.file);
    file.version = name.digits;
    file.name = name.title;
    file.key = std::to_string(name.version);
    file.wrapping = Wrapping::implicit;
    file.file = add_source(tree, map, name.file, name.digits);
  }

  static void remark_others(const FileTree& tree, Migrations& migrations) {
    for (const Entry& entry : tree.list(""))
      if (entry.kind == EntryKind::file && is_sql_name(entry.name) && !parse_name(entry.name))
        migrations.diagnostics.push_back(
            remark(Severity::warning, "file-not-run",
                   fmt::format("{} does not run: its name is not <version>_<title>.up.sql", tree.display(entry.name))));
  }
};

}  // namespace

const Layout& golang_migrate_layout() {
  static const GolangMigrateLayout layout;
  return layout;
}

}  // namespace pgplumb::parser

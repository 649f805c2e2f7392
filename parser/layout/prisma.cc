// Prisma up to 7: migration_lock.toml, and a directory <14 digits>_<name> with a migration.sql for each migration, run
// in the byte order of their names. A file goes to the server as one string.
// https://www.prisma.io/docs/orm/prisma-migrate/understanding-prisma-migrate/migration-histories
#include <fmt/format.h>

#include "parser/layout/support.h"

namespace pgplumb::parser {

namespace {

using catalog::UsageError;

constexpr const char* lock_file = "migration_lock.toml";
constexpr const char* script = "migration.sql";

constexpr const char* prisma_history =
    "CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at "
    "timestamptz, "
    "migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL "
    "DEFAULT now(), "
    "applied_steps_count integer NOT NULL DEFAULT 0)";

/// The value of `provider = "…"`; empty if there is none.
std::string provider(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    const std::size_t open = line.find('"');
    if (line.substr(0, 8) != "provider" || open == std::string_view::npos) continue;
    const std::size_t close = line.find('"', open + 1);
    if (close != std::string_view::npos) return std::string(line.substr(open + 1, close - open - 1));
  }
  return {};
}

void check_provider(const FileTree& tree) {
  if (!tree.has_file(lock_file)) return;
  const std::string found = provider(source_text(tree.display(lock_file), tree.read(lock_file)));
  if (found != "postgresql" && found != "postgres")
    throw UsageError(fmt::format("{}: the provider is \"{}\", not \"postgresql\"", tree.display(lock_file), found));
}

class PrismaLayout : public Layout {
 public:
  std::string_view name() const override { return "prisma"; }

  bool detect(const FileTree& tree) const override {
    if (tree.has_file(lock_file)) return true;
    const std::vector<std::string> dated = dated_directories(tree, script);
    return !dated.empty() && dated_directories(tree, "snapshot.json").empty();
  }

  Migrations read(const FileTree& tree, catalog::SourceMap& map, const LayoutOptions&) const override {
    check_provider(tree);
    Migrations migrations;
    migrations.dialect = {false, false};
    migrations.bookkeeping = {{"", "_prisma_migrations", prisma_history}};
    migrations.history = HistoryForm::each;
    migrations.history_query = "SELECT migration_name FROM {} WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL";
    for (const Entry& entry : tree.list(""))
      if (entry.kind == EntryKind::directory && entry.name[0] != '.') add(tree, map, entry.name, migrations);
    return migrations;
  }

 private:
  static void add(const FileTree& tree, catalog::SourceMap& map, const std::string& directory, Migrations& migrations) {
    const std::string path = join_path(directory, script);
    if (tree.kind(path) == EntryKind::none)
      throw UsageError(
          fmt::format("{}: it has no {}; remove the directory, or restore the file", tree.display(directory), script));
    MigrationFile& file = migrations.files.emplace_back();
    const std::size_t underscore = directory.find('_');
    file.path = tree.display(path);
    file.version = directory.substr(0, underscore);
    file.name = underscore == std::string::npos ? "" : directory.substr(underscore + 1);
    file.key = directory;
    file.wrapping = Wrapping::implicit;
    file.file = add_source(tree, map, path, directory);
  }
};

}  // namespace

const Layout& prisma_layout() {
  static const PrismaLayout layout;
  return layout;
}

}  // namespace pgplumb::parser

// Drizzle. Up to 0.x, meta/_journal.json lists the migrations: <tag>.sql, by idx. From 1.x on, a directory
// <14 digits>_<name> with migration.sql and snapshot.json for each. What is pending at a deployment runs in one
// transaction; a history is read as one deployment for each migration. The marker between statements is an SQL comment.
// https://orm.drizzle.team/docs/drizzle-kit-generate
#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <chrono>

#include "parser/layout/support.h"

namespace pgplumb::parser {

namespace {

using catalog::Severity;
using catalog::UsageError;

constexpr const char* journal_file = "meta/_journal.json";

constexpr const char* drizzle_history =
    "CREATE SCHEMA IF NOT EXISTS drizzle;"
    "CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at "
    "bigint)";

struct JournalEntry {
  std::int64_t index = 0;
  std::int64_t when = 0;
  std::string tag;
};

[[noreturn]] void bad_journal(const FileTree& tree, const std::string& reason) {
  throw UsageError(fmt::format("{}: {}", tree.display(journal_file), reason));
}

std::vector<JournalEntry> read_journal(const FileTree& tree) {
  rapidjson::Document journal;
  journal.Parse<rapidjson::kParseIterativeFlag>(
      source_text(tree.display(journal_file), tree.read(journal_file)).c_str());
  if (journal.HasParseError())
    bad_journal(tree, fmt::format("it is no JSON: {}", rapidjson::GetParseError_En(journal.GetParseError())));
  if (!journal.IsObject() || !journal.HasMember("entries") || !journal["entries"].IsArray())
    bad_journal(tree, "it has no list \"entries\"");
  if (journal.HasMember("dialect") && journal["dialect"].IsString()) {
    const std::string dialect = journal["dialect"].GetString();
    if (dialect != "postgresql" && dialect != "pg")
      bad_journal(tree, fmt::format("the dialect is \"{}\", not \"postgresql\"", dialect));
  }
  std::vector<JournalEntry> entries;
  for (const auto& entry : journal["entries"].GetArray()) {
    const bool complete = entry.IsObject() && entry.HasMember("idx") && entry["idx"].IsInt64() &&
                          entry.HasMember("tag") && entry["tag"].IsString() && entry.HasMember("when") &&
                          entry["when"].IsInt64();
    if (!complete) bad_journal(tree, "an entry lacks idx, when or tag");
    entries.push_back({entry["idx"].GetInt64(), entry["when"].GetInt64(), entry["tag"].GetString()});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const JournalEntry& a, const JournalEntry& b) { return a.index < b.index; });
  return entries;
}

/// Milliseconds since 1970 of fourteen digits, YYYYMMDDhhmmss in UTC.
std::int64_t milliseconds_of(const std::string& digits) {
  const auto part = [&](std::size_t at, std::size_t length) {
    return static_cast<int>(*parse_number(digits.substr(at, length)));
  };
  using namespace std::chrono;
  const sys_days day = year(part(0, 4)) / part(4, 2) / part(6, 2);
  const auto time = day.time_since_epoch() + hours(part(8, 2)) + minutes(part(10, 2)) + seconds(part(12, 2));
  return duration_cast<milliseconds>(time).count();
}

class DrizzleLayout : public Layout {
 public:
  std::string_view name() const override { return "drizzle"; }

  bool detect(const FileTree& tree) const override {
    if (tree.has_file(journal_file)) return true;
    return !dated_directories(tree, "migration.sql").empty() && !dated_directories(tree, "snapshot.json").empty();
  }

  Migrations read(const FileTree& tree, catalog::SourceMap& map, const LayoutOptions&) const override {
    Migrations migrations;
    migrations.dialect = {false, false};
    migrations.bookkeeping = {{"drizzle", "__drizzle_migrations", drizzle_history}};
    migrations.history = HistoryForm::newest;
    migrations.history_query = "SELECT max(created_at)::text FROM {}";
    if (tree.has_file(journal_file))
      read_journalled(tree, map, migrations);
    else
      for (const std::string& directory : dated_directories(tree, "migration.sql"))
        add(tree, map, join_path(directory, "migration.sql"), directory, milliseconds_of(directory.substr(0, 14)),
            migrations);
    return migrations;
  }

 private:
  static void read_journalled(const FileTree& tree, catalog::SourceMap& map, Migrations& migrations) {
    const std::vector<JournalEntry> entries = read_journal(tree);
    for (const JournalEntry& entry : entries) {
      const std::string path = entry.tag + ".sql";
      if (tree.kind(path) == EntryKind::none) bad_journal(tree, fmt::format("it lists {}, which is not there", path));
      add(tree, map, path, entry.tag, entry.when, migrations);
    }
    for (const Entry& file : tree.list("")) {
      const auto lists = [&](const JournalEntry& entry) { return entry.tag + ".sql" == file.name; };
      if (file.kind == EntryKind::file && is_sql_name(file.name) && std::none_of(entries.begin(), entries.end(), lists))
        migrations.diagnostics.push_back(
            remark(Severity::warning, "file-not-run",
                   fmt::format("{} does not run: {} does not list it", tree.display(file.name), journal_file)));
    }
  }

  static void add(const FileTree& tree, catalog::SourceMap& map, const std::string& path, const std::string& tag,
                  std::int64_t when, Migrations& migrations) {
    MigrationFile& file = migrations.files.emplace_back();
    const std::size_t underscore = tag.find('_');
    file.path = tree.display(path);
    file.version = tag.substr(0, underscore);
    file.name = underscore == std::string::npos ? "" : tag.substr(underscore + 1);
    file.key = std::to_string(when);
    file.wrapping = Wrapping::transaction;
    file.file = add_source(tree, map, path, tag);
  }
};

}  // namespace

const Layout& drizzle_layout() {
  static const DrizzleLayout layout;
  return layout;
}

}  // namespace pgplumb::parser

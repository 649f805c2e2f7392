#include "cli/progress.h"

#include <algorithm>
#include <set>

#include "catalog/base/diagnostic.h"
#include "catalog/kinds/table.h"
#include "engine/introspect/connection.h"

namespace pgplumb::cli {

namespace {

/// The qualified name of the layout's history table in the live branch; empty where it is not there.
std::string history_table(const parser::Migrations& migrations, const catalog::Catalog& live) {
  const parser::Bookkeeping& wanted = migrations.bookkeeping.front();
  std::string found;
  live.for_each<catalog::Table>([&](const catalog::Table& table) {
    const catalog::Object* schema = live.find(table.parent.oid);
    if (!schema || table.name.view() != wanted.table) return;
    if (!wanted.schema.empty() && schema->name.view() != wanted.schema) return;
    found = catalog::quote_qualified(schema->name.view(), table.name.view());
  });
  return found;
}

std::vector<std::string> query_keys(const std::string& sql, const LoadedSource& live, const LoadOptions& options) {
  engine::ConnectionSettings settings;
  settings.target = live.spec.text;
  settings.statement_timeout_ms = options.statement_timeout_ms;
  settings.lock_timeout_ms = options.lock_timeout_ms;
  engine::Connection connection = engine::Connection::open(settings);
  connection.query("BEGIN READ ONLY");
  const engine::QueryResult result = connection.query(sql);
  std::vector<std::string> keys;
  for (int row = 0; row < result.rows(); ++row)
    if (!result.is_null(row, 0)) keys.emplace_back(result.value(row, 0));
  return keys;
}

}  // namespace

Progress progress_from(const parser::Migrations& migrations, const std::vector<std::string>& keys) {
  Progress progress;
  progress.known = true;
  std::set<std::string> unseen(keys.begin(), keys.end());
  bool before_newest = migrations.history == parser::HistoryForm::newest && !keys.empty();
  for (std::size_t i = 0; i < migrations.files.size(); ++i) {
    const std::string& key = migrations.files[i].key;
    const bool listed = unseen.erase(key) > 0;
    (listed || before_newest ? progress.applied : progress.pending).push_back(i);
    if (listed) before_newest = false;
  }
  progress.unknown_keys.assign(unseen.begin(), unseen.end());
  return progress;
}

bool has_history_table(const parser::Migrations& migrations) {
  return migrations.history != parser::HistoryForm::none && !migrations.bookkeeping.empty();
}

Progress read_progress(const parser::Migrations& migrations, const LoadedSource& live, const LoadOptions& options) {
  if (!has_history_table(migrations)) return {};
  const std::string table = history_table(migrations, *live.catalog);
  const std::size_t place = migrations.history_query.find("{}");
  if (table.empty() || place == std::string::npos) return {};
  std::string sql = migrations.history_query;
  sql.replace(place, 2, table);
  try {
    return progress_from(migrations, query_keys(sql, live, options));
  } catch (const engine::QueryError& error) {
    throw catalog::UsageError("cannot read the migration history in " + table + ": " + error.what());
  }
}

}  // namespace pgplumb::cli

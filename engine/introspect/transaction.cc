#include "engine/introspect/transaction.h"

#include <fmt/format.h>

#include "catalog/base/diagnostic.h"

namespace pgplumb::engine {

namespace {

constexpr const char* begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ";

// Everything that the printing of expressions and values depends on (ruleutils.c and the types' output functions), and
// what keeps small queries quick.
std::string local_settings(const ConnectionSettings& settings) {
  return fmt::format(
      "SET LOCAL search_path = pg_catalog; SET LOCAL statement_timeout = {}; SET LOCAL lock_timeout = {}; "
      "SET LOCAL idle_in_transaction_session_timeout = 0; "
      "SET LOCAL DateStyle = 'ISO, MDY'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL TimeZone = 'UTC'; "
      "SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL xmlbinary = 'base64'; "
      "SET LOCAL lc_monetary = 'C'; SET LOCAL quote_all_identifiers = off; SET LOCAL standard_conforming_strings = on; "
      "SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; ",
      settings.statement_timeout_ms, settings.lock_timeout_ms);
}

}  // namespace

// What only looks like PostgreSQL may refuse any of the settings: who it is has to be asked before them.
SnapshotInfo begin_transaction(Connection& connection, const ConnectionSettings& settings, bool export_snapshot) {
  SnapshotInfo info;
  std::vector<QueryResult> results = connection.query_all(
      begin + std::string("SELECT version(), current_setting('server_version'); ") + local_settings(settings));
  for (const QueryResult& result : results) {
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) continue;
    if (!result.value(0, 0).starts_with("PostgreSQL "))
      throw catalog::UsageError(fmt::format("{} is no PostgreSQL but \"{}\": pgplumb reads PostgreSQL 13 to 18",
                                            connection.source(), result.value(0, 0).substr(0, 60)));
    info.version = result.value(0, 1);
  }
  connection.checked(std::move(results.back()));
  if (export_snapshot) {
    try {
      info.snapshot = connection.query("SELECT pg_export_snapshot()").value(0, 0);
    } catch (const QueryError&) {
      connection.query("ROLLBACK; " + std::string(begin) + local_settings(settings));
    }
  }
  info.seen = connection.query(current_snapshot_sql).value(0, 0);
  connection.query("SAVEPOINT pgplumb");
  return info;
}

std::string joining_transaction(const ConnectionSettings& settings, const std::string& snapshot) {
  return begin + fmt::format("SET TRANSACTION SNAPSHOT '{}'; ", snapshot) + local_settings(settings) +
         "SAVEPOINT pgplumb";
}

QueryResult query_in_new_transaction(Connection& connection, const ConnectionSettings& settings,
                                     const std::string& sql) {
  connection.query("ROLLBACK; " + std::string(begin) + local_settings(settings));
  QueryResult result = connection.query(sql);
  connection.query("ROLLBACK");
  return result;
}

}  // namespace pgplumb::engine

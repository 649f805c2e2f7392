#include "engine/introspect/change.h"

#include <utility>

#include "engine/introspect/transaction.h"

namespace pgplumb::engine {

namespace {

bool same(const QueryResult& a, const QueryResult& b) {
  for (int column = 0; column < a.columns(); ++column)
    if (a.value(0, column) != b.value(0, column)) return false;
  return true;
}

/// One row: how many rows each catalog has, and which transactions wrote those that are younger than the oldest one that was
/// under way at the snapshot `seen`. Whatever is made, altered or dropped after the snapshot changes one or the other.
std::string newer_rows_sql(const std::string& seen) {
  const std::string age = "age(((split_part('" + seen + "', ':', 1)::bigint % 4294967296)::text)::xid)";
  std::string sql = "SELECT ''";
  const std::pair<const char*, const char*> catalogs[] = {
      {"pg_class", "oid"},          {"pg_attribute", "attrelid"}, {"pg_type", "oid"},      {"pg_namespace", "oid"},
      {"pg_constraint", "oid"},     {"pg_rewrite", "oid"},        {"pg_trigger", "oid"},   {"pg_attrdef", "oid"},
      {"pg_policy", "oid"},         {"pg_index", "indexrelid"},   {"pg_proc", "oid"},      {"pg_operator", "oid"},
      {"pg_statistic_ext", "oid"},  {"pg_collation", "oid"},      {"pg_opclass", "oid"},   {"pg_ts_config", "oid"},
      {"pg_ts_dict", "oid"}};
  for (const auto& [table, oid] : catalogs)
    sql += std::string(", (SELECT array[count(*), sum(hashtextextended(xmin::text, 0)) FILTER (WHERE age(xmin) <= ") + age +
           ")] FROM " + table + " WHERE " + oid + (table == std::string_view("pg_namespace") ? " > 0)" : " >= 16384)");
  return sql;
}

/// One row: a fingerprint of the names and definitions that the server's printing functions look up. TRUNCATE, REFRESH and
/// ANALYZE rewrite rows of pg_class and replace TOAST tables, and temporary tables come and go: none of that changes it.
std::string fingerprint_sql() {
  std::string sql =
      "WITH c AS (SELECT oid, relname, relnamespace FROM pg_class "
      "WHERE oid >= 16384 AND relpersistence <> 't' AND relnamespace <> 99) "
      "SELECT (SELECT sum(hashtextextended(relname::text, oid::bigint + relnamespace::bigint)) FROM c), "
      "(SELECT sum(hashtextextended(a.attname::text, a.attrelid::bigint * 2000 + a.attnum)) FROM pg_attribute a "
      "WHERE a.attnum > 0 AND a.attrelid IN (SELECT oid FROM c)), "
      "(SELECT sum(hashtextextended(t.typname::text, t.oid::bigint + t.typnamespace::bigint)) FROM pg_type t "
      "WHERE t.oid >= 16384 AND t.typrelid = 0 AND t.typelem = 0), "
      "(SELECT sum(hashtextextended(nspname::text, oid::bigint)) FROM pg_namespace WHERE nspname !~ '^pg_'), "
      "(SELECT sum(hashtextextended(conname::text, oid::bigint)) FROM pg_constraint "
      "WHERE oid >= 16384 AND (conrelid = 0 OR conrelid IN (SELECT oid FROM c)))";
  const auto add = [&](const char* table, const std::string& condition) {
    sql +=
        std::string(", (SELECT array[count(*), sum(xmin::text::bigint)] FROM ") + table + " WHERE " + condition + ")";
  };
  const std::pair<const char*, const char*> of_relations[] = {
      {"pg_rewrite", "ev_class"}, {"pg_trigger", "tgrelid"},  {"pg_attrdef", "adrelid"},
      {"pg_policy", "polrelid"},  {"pg_index", "indexrelid"}, {"pg_statistic_ext", "stxrelid"}};
  for (const auto& [table, relation] : of_relations) add(table, std::string(relation) + " IN (SELECT oid FROM c)");
  for (const char* table : {"pg_proc", "pg_operator", "pg_collation", "pg_opclass", "pg_ts_config", "pg_ts_dict"})
    add(table, "oid >= 16384");
  return sql;
}

}  // namespace

ChangeCheck::ChangeCheck(SnapshotGroup& group) {
  Connection* spare = group.spare();
  if (spare && !group.seen().empty()) {
    if (group.query_newest(*spare, current_snapshot_sql).value(0, 0) == group.seen()) return;
    const std::string sql = newer_rows_sql(group.seen());
    const QueryOutcome before = std::move(group.run({{sql}}).front());
    if (before.result && same(before.result, group.query_newest(*spare, sql))) return;
  }
  if (spare)
    after_ = std::async(std::launch::async, [&group, spare] { return group.query_newest(*spare, fingerprint_sql()); });
  before_ = std::move(group.run({{fingerprint_sql()}}).front());
  if (!spare && before_.result)
    after_ = std::async(std::launch::async, [&group] { return group.query_afterwards(fingerprint_sql()); });
}

bool ChangeCheck::happened() { return before_.result && after_.valid() && !same(before_.result, after_.get()); }

}  // namespace pgplumb::engine

// What a database can hold and the Catalog has no place for: counted and named, so that nobody takes it for absent.
#include "engine/introspect/unmodeled.h"

#include <algorithm>
#include <charconv>

#include "catalog/json.h"
#include "engine/introspect/reading.h"

namespace pgplumb::engine {

namespace {

struct Probe {
  int since_major;
  const char* what;
  const char* names;  // a query of one column
  bool of_schema = false;  // migrations make such things: a database with one can't be called in sync
};

// Counting stops at 1,000: there may be millions of large objects.
constexpr Probe probes[] = {
    {13, "large objects", "SELECT oid::text FROM pg_largeobject_metadata"},
    {15, "privileges on parameters", "SELECT parname FROM pg_parameter_acl"},
    {13, "replication origins", "SELECT roname FROM pg_replication_origin"},
    {13, "privileges on the database",
     "SELECT datname::text FROM pg_database WHERE datname = current_database() AND datacl IS DISTINCT FROM NULL "
     "AND datacl::text[] <> acldefault('d', datdba)::text[]"},
    {13, "comments on the database",
     "SELECT b.datname::text FROM pg_shdescription d JOIN pg_database b ON b.oid = d.objoid "
     "WHERE d.classoid = 1262 AND b.datname = current_database() AND d.description NOT IN ('default administrative "
     "connection database', 'unmodifiable empty database', 'default template for new databases')"},
    {13, "security labels on the database",
     "SELECT l.provider FROM pg_shseclabel l JOIN pg_database b ON b.oid = l.objoid "
     "WHERE l.classoid = 1262 AND b.datname = current_database()"},
    {13, "security labels on large objects", "SELECT provider FROM pg_seclabel WHERE classoid = 2613"},
    {13, "constraints of which single triggers are disabled, or fire on replicas",
     "SELECT DISTINCT k.conname::text FROM pg_trigger g JOIN pg_constraint k ON k.oid = g.tgconstraint "
     "WHERE g.tgisinternal AND g.tgenabled <> 'O' AND (g.tgenabled <> 'D' OR EXISTS (SELECT FROM pg_trigger h "
     "WHERE h.tgconstraint = g.tgconstraint AND h.tgrelid = g.tgrelid AND h.tgenabled = 'O' "
     "AND (h.tgfoid IN (1644, 1645)) = (g.tgfoid IN (1644, 1645))))",
     true},
    {13, "changed privileges on built-in functions",
     "SELECT p.oid::regprocedure::text FROM pg_proc p LEFT JOIN pg_init_privs i ON i.objoid = p.oid AND i.classoid = "
     "1255 "
     "WHERE p.oid < 16384 AND p.pronamespace = 11 AND p.proacl IS DISTINCT FROM i.initprivs"},
    {13, "changed privileges on built-in relations",
     "SELECT c.oid::regclass::text FROM pg_class c LEFT JOIN pg_init_privs i ON i.objoid = c.oid AND i.classoid = 1259 "
     "AND i.objsubid = 0 WHERE c.oid < 16384 AND c.relnamespace = 11 AND c.relkind IN ('r', 'v') AND c.relacl IS "
     "DISTINCT FROM i.initprivs"},
    {13, "changed privileges on built-in schemas",
     "SELECT n.nspname::text FROM pg_namespace n LEFT JOIN pg_init_privs i ON i.objoid = n.oid AND i.classoid = 2615 "
     "WHERE n.oid = 11 AND n.nspacl IS DISTINCT FROM i.initprivs"},
    {13, "changed privileges on built-in languages",
     "SELECT l.lanname::text FROM pg_language l LEFT JOIN pg_init_privs i ON i.objoid = l.oid AND i.classoid = 2612 "
     "WHERE l.oid < 16384 AND l.lanacl IS DISTINCT FROM i.initprivs"},
    {13, "members added to built-in operator families",
     "SELECT f.opfname::text FROM pg_opfamily f WHERE f.oid < 16384 AND (EXISTS (SELECT FROM pg_amop o "
     "WHERE o.amopfamily = f.oid AND o.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 2602 "
     "AND d.objid = o.oid AND (d.deptype = 'i' OR (d.refobjid, d.refclassid) IN (SELECT e.objid, e.classid "
     "FROM pg_depend e WHERE e.deptype = 'e')))) OR EXISTS (SELECT FROM pg_amproc a "
     "WHERE a.amprocfamily = f.oid AND a.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 2603 "
     "AND d.objid = a.oid AND (d.deptype = 'i' OR (d.refobjid, d.refclassid) IN (SELECT e.objid, e.classid "
     "FROM pg_depend e WHERE e.deptype = 'e')))))",
     true},
    {13, "relations of a kind that this version does not know",
     "SELECT c.relname::text FROM pg_class c WHERE c.oid >= 16384 AND c.relkind NOT IN "
     "('r', 'p', 'v', 'm', 'f', 'c', 'i', 'I', 'S', 't')",
     true},
};

bool is_of_schema(std::string_view what) {
  return std::any_of(std::begin(probes), std::end(probes),
                     [&](const Probe& probe) { return probe.what == what && probe.of_schema; });
}

}  // namespace

std::string unmodeled_sql(int major) {
  std::string sql;
  for (const Probe& probe : probes) {
    if (probe.since_major > major) continue;
    sql += sql.empty() ? "" : " UNION ALL ";
    sql += std::string("SELECT '") + probe.what +
           "', count(*), (array_to_json((array_agg(q.name ORDER BY q.name))[1:3])) " + "FROM (SELECT x.name FROM (" +
           probe.names + ") x(name) LIMIT 1000) q HAVING count(*) > 0";
  }
  return sql;
}

std::vector<Unmodeled> unmodeled_from(const QueryResult& rows) {
  std::vector<Unmodeled> all;
  for (int row = 0; row < rows.rows(); ++row) {
    Unmodeled& found = all.emplace_back();
    found.what = rows.value(row, 0);
    found.of_schema = is_of_schema(found.what);
    const std::string_view count = rows.value(row, 1);
    std::from_chars(count.data(), count.data() + count.size(), found.count);
    const catalog::JsonDocument names{std::string(rows.value(row, 2))};
    for (std::size_t i = 0; i < names.root().size(); ++i) found.examples.emplace_back(names.root().at(i).string());
  }
  return all;
}

}  // namespace pgplumb::engine

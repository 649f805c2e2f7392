#include "engine/introspect/reading.h"

#include <algorithm>
#include <string>

#include "engine/introspect/initdb_objects.h"

namespace pgplumb::engine {

namespace {

using catalog::Kind;

constexpr const char* roles_sql = "SELECT oid, rolname FROM pg_roles";

// Each type with the relation whose row it is, its array, and a range's multirange with its array.
std::string types_sql(int major) {
  return major >= 14
             ? "SELECT t.oid, t.typrelid, t.typarray, r.rngmultitypid, m.typarray FROM pg_type t "
               "LEFT JOIN pg_range r ON r.rngtypid = t.oid LEFT JOIN pg_type m ON m.oid = r.rngmultitypid "
               "WHERE t.oid >= 16384 AND t.typtype <> 'm' AND (t.typarray <> 0 OR t.typelem = 0 OR t.typlen <> -1)"
             : "SELECT t.oid, t.typrelid, t.typarray, NULL, NULL FROM pg_type t "
               "WHERE t.oid >= 16384 AND (t.typarray <> 0 OR t.typelem = 0 OR t.typlen <> -1)";
}

// PostgreSQL itself comments on schema public, and CREATE EXTENSION on the extension: nobody wrote that.
constexpr const char* comments_sql =
    "SELECT d.classoid, d.objoid, d.objsubid, d.description FROM pg_description d WHERE d.objoid >= 16384 AND NOT "
    "(d.classoid = 3079 AND d.description IS NOT DISTINCT FROM (SELECT v.comment FROM pg_extension e "
    "JOIN pg_available_extensions v ON v.name = e.extname WHERE e.oid = d.objoid)) "
    "UNION ALL SELECT 2615, d.objoid, 0, d.description FROM pg_description d JOIN pg_namespace n ON n.oid = d.objoid "
    "WHERE d.classoid = 2615 AND n.oid < 16384 AND n.nspname = 'public' AND d.description <> 'standard public schema' "
    "UNION ALL SELECT classoid, objoid, 0, description FROM pg_shdescription WHERE classoid IN (1260, 1213)";

constexpr const char* members_sql =
    "SELECT classid, objid, refobjid FROM pg_depend WHERE deptype = 'e' AND refclassid = 3079 AND refobjid >= 16384";

// What the expressions of an object refer to. A view's query is its rule's; keys and plain indexes have no expression.
constexpr const char* dependencies_sql =
    "WITH d AS (SELECT classid, objid, refclassid, refobjid, refobjsubid FROM pg_depend "
    "WHERE objid >= 16384 AND refobjid >= 16384 AND deptype IN ('n', 'a') "
    "AND refclassid IN (1259, 1255, 1247, 2617, 3456, 2606, 3602, 3600, 2616)) "
    "SELECT classid, objid, refclassid, refobjid, refobjsubid FROM d "
    "WHERE classid IN (2604, 3256, 2620, 1255, 1247, 3381, 6106) "
    "UNION ALL SELECT CASE WHEN r.rulename = '_RETURN' THEN 1259 ELSE 2618 END, "
    "CASE WHEN r.rulename = '_RETURN' THEN r.ev_class ELSE r.oid END, refclassid, refobjid, refobjsubid "
    "FROM d JOIN pg_rewrite r ON r.oid = objid WHERE classid = 2618 "
    "UNION ALL SELECT classid, objid, refclassid, refobjid, refobjsubid FROM d JOIN pg_constraint k ON k.oid = objid "
    "WHERE classid = 2606 AND k.contype = 'c' "
    "UNION ALL SELECT classid, objid, refclassid, refobjid, refobjsubid FROM d JOIN pg_index x ON x.indexrelid = objid "
    "WHERE classid = 1259 AND (x.indexprs IS NOT NULL OR x.indpred IS NOT NULL) "
    "UNION ALL SELECT classid, objid, refclassid, refobjid, refobjsubid FROM d "
    "JOIN pg_partitioned_table p ON p.partrelid = objid WHERE classid = 1259 AND p.partexprs IS NOT NULL";

/// What takes the server longest is asked first, so that no connection ends with it alone.
int urgency(const KindSelect& select) {
  switch (select.kind->kind) {
    case Kind::column:
      return 0;
    case Kind::index:
      return 1;
    case Kind::constraint:
      return 2;
    case Kind::view:
      return 3;
    case Kind::table:
    case Kind::column_default:
    case Kind::function:
    case Kind::trigger:
      return 4;
    default:
      return 5;
  }
}

/// Queries, and where their outcomes go.
class Plan {
 public:
  void add(int urgency, std::string sql, QueryOutcome& outcome) {
    steps_.push_back({urgency, std::move(sql), &outcome});
  }

  void run(SnapshotGroup& group) {
    std::stable_sort(steps_.begin(), steps_.end(), [](const Step& a, const Step& b) { return a.urgency < b.urgency; });
    std::vector<SnapshotQuery> queries;
    for (const Step& step : steps_) queries.push_back({step.sql, step.sql.find("pg_get_") != std::string::npos});
    std::vector<QueryOutcome> outcomes = group.run(queries);
    for (std::size_t i = 0; i < steps_.size(); ++i) *steps_[i].outcome = std::move(outcomes[i]);
  }

 private:
  struct Step {
    int urgency;
    std::string sql;
    QueryOutcome* outcome;
  };
  std::vector<Step> steps_;
};

/// Where a role may not read all of a catalog's columns (in 13, not those of pg_subscription), it may often count its
/// rows.
void count_denied(SnapshotGroup& group, std::vector<KindRows>& kinds) {
  for (KindRows& rows : kinds) {
    if (rows.outcome.result) continue;
    const std::vector<QueryOutcome> counted =
        group.run({{"SELECT count(*) FROM " + std::string(rows.select.kind->from), false}});
    rows.none = counted[0].result && counted[0].result.value(0, 0) == "0";
  }
}

}  // namespace

Reading read_catalogs(SnapshotGroup& group) {
  Reading reading;
  reading.major = group.version_num() / 10000;
  for (KindSelect& select : kind_selects(reading.major)) reading.kinds.push_back({std::move(select), QueryOutcome{}});
  Plan plan;
  for (KindRows& rows : reading.kinds) plan.add(urgency(rows.select), rows.select.sql, rows.outcome);
  plan.add(3, dependencies_sql, reading.dependencies);
  plan.add(4, initdb_objects_sql(), reading.initdb_objects);
  plan.add(4, types_sql(reading.major), reading.types);
  plan.add(4, unmodeled_sql(reading.major), reading.unmodeled);
  plan.add(5, roles_sql, reading.roles);
  plan.add(5, comments_sql, reading.comments);
  plan.add(5, members_sql, reading.members);
  plan.run(group);
  count_denied(group, reading.kinds);
  return reading;
}

}  // namespace pgplumb::engine

#pragma once
// An index (pg_index), by itself or owned by a key or exclusion constraint.
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

/// A column or expression of an index.
struct IndexColumn {
  Ref<Column> column;  // empty for an expression
  Expr expression;
  AnyRef collation;       // empty for what is not collatable, and for included columns
  AnyRef operator_class;  // empty for included columns
  Options operator_class_options;
  bool descending = false;
  bool nulls_first = false;
  std::int32_t statistics = -1;
  Name name;  // of the index's own attribute, as PostgreSQL chose it
};
inline constexpr auto index_column_fields = fields(
    field<&IndexColumn::column>("column", attribute), field<&IndexColumn::expression>("expression", attribute),
    field<&IndexColumn::collation>("collation", attribute),
    field<&IndexColumn::operator_class>("operator_class", attribute),
    field<&IndexColumn::operator_class_options>("operator_class_options", attribute | set),
    field<&IndexColumn::descending>("descending", attribute), field<&IndexColumn::nulls_first>("nulls_first", attribute),
    field<&IndexColumn::statistics>("statistics", attribute), field<&IndexColumn::name>("name", info));
constexpr std::span<const FieldInfo> nested_fields(const IndexColumn*) { return index_column_fields; }

struct Index : Object {
  AnyRef method;
  std::vector<IndexColumn> columns;  // key columns
  std::vector<IndexColumn> included;
  bool unique = false;
  bool nulls_not_distinct = false;
  Expr predicate;
  Options options;
  Name tablespace;
  bool valid = true;
  bool replica_identity = false;
  bool clustered = false;
  Ref<Constraint> constraint;  // that owns it
  Ref<Index> partition_of;     // the partitioned index that it is attached to
};

// JSON put together as text: five times quicker than json_build_object(), and a big schema has thousands of indexes.
#define PGPLUMB_INDEX_KEY                                                                                             \
  "CASE WHEN x.indkey[a.attnum - 1] <> 0 THEN '{\"column\":\"' || x.indrelid || '/' || x.indkey[a.attnum - 1] || '\"' " \
  "ELSE '{\"expression\":' || to_json(pg_get_indexdef(x.indexrelid, a.attnum, false)) END"
#define PGPLUMB_INDEX_COLUMNS                                                                                          \
  "(SELECT '[' || string_agg(" PGPLUMB_INDEX_KEY " || ',\"operator_class\":\"2616/' || x.indclass[a.attnum - 1] || '\"' " \
  "|| CASE WHEN x.indcollation[a.attnum - 1] <> 0 "                                                                    \
  "THEN ',\"collation\":\"3456/' || x.indcollation[a.attnum - 1] || '\"' ELSE '' END "                                 \
  "|| CASE WHEN a.attoptions IS NOT NULL THEN ',\"operator_class_options\":' || to_json(a.attoptions) ELSE '' END "    \
  "|| CASE WHEN x.indoption[a.attnum - 1] & 1 = 1 THEN ',\"descending\":true' ELSE '' END "                            \
  "|| CASE WHEN x.indoption[a.attnum - 1] & 2 = 2 THEN ',\"nulls_first\":true' ELSE '' END "                           \
  "|| CASE WHEN a.attstattarget >= 0 THEN ',\"statistics\":' || a.attstattarget ELSE '' END "                          \
  "|| '}', ',' ORDER BY a.attnum) || ']' "                                                                             \
  "FROM pg_attribute a WHERE a.attrelid = x.indexrelid AND a.attnum BETWEEN 1 AND x.indnkeyatts)"
#define PGPLUMB_INDEX_INCLUDED                                                                                     \
  "CASE WHEN x.indnatts > x.indnkeyatts THEN (SELECT '[' || string_agg(" PGPLUMB_INDEX_KEY " || '}', ',' ORDER BY a.attnum) " \
  "|| ']' FROM pg_attribute a WHERE a.attrelid = x.indexrelid AND a.attnum > x.indnkeyatts) END"

inline constexpr auto index_fields = fields(
    field<&Object::parent>("table", parent, "'1259/' || x.indrelid"),
    field<&Object::name>("name", identity, "c.relname"),
    field<&Index::method>("method", attribute, "'2601/' || c.relam"),
    field<&Index::columns>("columns", attribute | EdgeType::automatic, PGPLUMB_INDEX_COLUMNS)
        .sees(ExprScope::relation),
    field<&Index::included>("included", attribute | EdgeType::automatic, PGPLUMB_INDEX_INCLUDED),
    field<&Index::unique>("unique", attribute, "x.indisunique"),
    field<&Index::nulls_not_distinct>("nulls_not_distinct", attribute, "x.indnullsnotdistinct").since(15),
    field<&Index::predicate>("predicate", attribute | EdgeType::automatic, "pg_get_expr(x.indpred, x.indrelid)")
        .sees(ExprScope::relation),
    field<&Index::options>("options", attribute | set, "to_json(c.reloptions)"),
    field<&Index::tablespace>("tablespace", attribute,
                              "CASE WHEN c.reltablespace <> 0 THEN "
                              "(SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace) END"),
    field<&Index::valid>("valid", attribute, "x.indisvalid"),
    field<&Index::replica_identity>("replica_identity", attribute, "x.indisreplident"),
    field<&Index::clustered>("clustered", attribute, "x.indisclustered"),
    field<&Index::constraint>("constraint", attribute | EdgeType::internal, "k.oid"),
    field<&Index::partition_of>("partition_of", attribute | EdgeType::automatic,
                                "CASE WHEN c.relispartition THEN (SELECT i.inhparent FROM pg_inherits i "
                                "WHERE i.inhrelid = c.oid) END"));

#undef PGPLUMB_INDEX_KEY
#undef PGPLUMB_INDEX_COLUMNS
#undef PGPLUMB_INDEX_INCLUDED

}  // namespace pgplumb::catalog

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

// json_agg over generate_subscripts rather than a function call per column keeps it at one row an index.
#define PGPLUMB_INDEX_COLUMNS(WHERE_CLAUSE)                                                                            \
  "(SELECT json_agg(json_strip_nulls(json_build_object("                                                               \
  "'column', CASE WHEN x.indkey[p] <> 0 THEN x.indrelid || '/' || x.indkey[p] END, "                                   \
  "'expression', CASE WHEN x.indkey[p] = 0 THEN pg_get_indexdef(x.indexrelid, p + 1, false) END, "                     \
  "'collation', CASE WHEN p < x.indnkeyatts THEN '3456/' || nullif(x.indcollation[p], 0) END, "                        \
  "'operator_class', CASE WHEN p < x.indnkeyatts THEN '2616/' || x.indclass[p] END, "                                  \
  "'operator_class_options', (SELECT to_json(ia.attoptions) FROM pg_attribute ia "                                     \
  "WHERE ia.attrelid = x.indexrelid AND ia.attnum = p + 1 AND ia.attoptions IS NOT NULL), "                            \
  "'descending', p < x.indnkeyatts AND x.indoption[p] & 1 = 1, "                                                       \
  "'nulls_first', p < x.indnkeyatts AND x.indoption[p] & 2 = 2, "                                                      \
  "'statistics', (SELECT coalesce(ia.attstattarget, -1) FROM pg_attribute ia "                                         \
  "WHERE ia.attrelid = x.indexrelid AND ia.attnum = p + 1))) ORDER BY p) "                                             \
  "FROM generate_subscripts(x.indkey, 1) p WHERE " WHERE_CLAUSE ")"

inline constexpr auto index_fields = fields(
    field<&Object::parent>("table", parent, "'1259/' || x.indrelid"),
    field<&Object::name>("name", identity, "c.relname"),
    field<&Index::method>("method", attribute, "'2601/' || c.relam"),
    field<&Index::columns>("columns", attribute | EdgeType::automatic, PGPLUMB_INDEX_COLUMNS("p < x.indnkeyatts"))
        .sees(ExprScope::relation),
    field<&Index::included>("included", attribute | EdgeType::automatic, PGPLUMB_INDEX_COLUMNS("p >= x.indnkeyatts")),
    field<&Index::unique>("unique", attribute, "x.indisunique"),
    field<&Index::nulls_not_distinct>("nulls_not_distinct", attribute, "x.indnullsnotdistinct").since(15),
    field<&Index::predicate>("predicate", attribute | EdgeType::automatic, "pg_get_expr(x.indpred, x.indrelid)")
        .sees(ExprScope::relation),
    field<&Index::options>("options", attribute | set, "to_json(c.reloptions)"),
    field<&Index::tablespace>("tablespace", attribute,
                              "(SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace)"),
    field<&Index::valid>("valid", attribute, "x.indisvalid"),
    field<&Index::replica_identity>("replica_identity", attribute, "x.indisreplident"),
    field<&Index::clustered>("clustered", attribute, "x.indisclustered"),
    field<&Index::constraint>("constraint", attribute | EdgeType::internal, "k.oid"),
    field<&Index::partition_of>("partition_of", attribute | EdgeType::automatic,
                                "(SELECT i.inhparent FROM pg_inherits i WHERE i.inhrelid = c.oid)"));

#undef PGPLUMB_INDEX_COLUMNS

}  // namespace pgplumb::catalog

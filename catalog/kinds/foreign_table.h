#pragma once
// A foreign table (pg_class, relkind f, with pg_foreign_table). It may be a partition.
#include "catalog/kinds/foreign_options.h"

namespace pgplumb::catalog {

struct ForeignTable : Object {
  Ref<ForeignServer> server;
  Options options;
  std::vector<AnyRef> inherits;  // parents, in order; the parent of a partition is partition_of
  Ref<Table> partition_of;
  Expr partition_bound;  // "FOR VALUES …" or "DEFAULT"
};

inline constexpr auto foreign_table_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || c.relnamespace"),
    field<&Object::name>("name", identity, "c.relname"),
    field<&ForeignTable::server>("server", attribute, "f.ftserver"),
    field<&ForeignTable::options>("options", attribute | set, PGPLUMB_VISIBLE_OPTIONS("f.ftoptions")),
    field<&ForeignTable::inherits>("inherits", attribute,
                                   "(SELECT json_agg('1259/' || i.inhparent ORDER BY i.inhseqno) FROM pg_inherits i "
                                   "WHERE i.inhrelid = c.oid AND NOT c.relispartition)"),
    field<&ForeignTable::partition_of>("partition_of", attribute | EdgeType::automatic,
                                       "(SELECT i.inhparent FROM pg_inherits i "
                                       "WHERE i.inhrelid = c.oid AND c.relispartition)"),
    field<&ForeignTable::partition_bound>("partition_bound", attribute, "pg_get_expr(c.relpartbound, c.oid)"));

}  // namespace pgplumb::catalog

#pragma once
// A table in a publication (pg_publication_rel).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct PublicationTable : Object {
  Ref<Table> table;
  std::vector<Ref<Column>> columns;  // empty: all
  Expr row_filter;
};

inline constexpr auto publication_table_fields = fields(
    field<&Object::parent>("publication", parent, "'6104/' || r.prpubid"),
    field<&PublicationTable::table>("table", identity | EdgeType::automatic, "r.prrelid"),
    field<&PublicationTable::columns>("columns", attribute | set,
                                      "(SELECT json_agg(r.prrelid || '/' || u.n) FROM unnest(r.prattrs::int2[]) u(n))")
        .since(15),
    field<&PublicationTable::row_filter>("row_filter", attribute, "pg_get_expr(r.prqual, r.prrelid)")
        .since(15)
        .sees(ExprScope::relation));

}  // namespace pgplumb::catalog

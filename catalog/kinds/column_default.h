#pragma once
// The default of a column, or the expression of a generated one (pg_attrdef). An object of its own, as in PostgreSQL: it
// can be dropped with the function that it calls while its column stays.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct ColumnDefault : Object {
  Expr expression;
};

inline constexpr auto column_default_fields =
    fields(field<&Object::parent>("column", parent, "'1259/' || d.adrelid || '/' || d.adnum"),
           field<&ColumnDefault::expression>("expression", attribute, "pg_get_expr(d.adbin, d.adrelid)")
               .sees(ExprScope::relation));

}  // namespace pgplumb::catalog

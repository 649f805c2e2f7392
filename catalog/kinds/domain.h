#pragma once
// A domain (pg_type, typtype d). Its checks are Constraint objects.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct Domain : Object {
  TypeRef base;
  AnyRef collation;  // empty where the type is not collatable
  bool not_null = false;
  Expr default_expression;
};

inline constexpr auto domain_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || t.typnamespace"),
    field<&Object::name>("name", identity, "t.typname"),
    field<&Domain::base>("base", attribute, "t.typbasetype || ',' || t.typtypmod"),
    field<&Domain::collation>("collation", attribute, "'3456/' || nullif(t.typcollation, 0)"),
    field<&Domain::not_null>("not_null", attribute, "t.typnotnull"),
    field<&Domain::default_expression>("default", attribute,
                                       "coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault))"));

/// The type under all domains; any other type is its own (getBaseType of utils/cache/lsyscache.c).
Oid base_type(const Catalog& catalog, Oid type);

}  // namespace pgplumb::catalog

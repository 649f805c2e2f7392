#pragma once
// A transform between a type and a procedural language (pg_transform).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct Transform : Object {
  TypeRef type;
  AnyRef language;
  AnyRef from_sql, to_sql;
};

inline constexpr auto transform_fields =
    fields(field<&Transform::type>("type", identity, "t.trftype"),
           field<&Transform::language>("language", identity, "'2612/' || t.trflang"),
           field<&Transform::from_sql>("from_sql", attribute, "'1255/' || nullif(t.trffromsql::oid, 0)"),
           field<&Transform::to_sql>("to_sql", attribute, "'1255/' || nullif(t.trftosql::oid, 0)"));

}  // namespace pgplumb::catalog

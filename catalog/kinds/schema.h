#pragma once
// A schema (pg_namespace).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct Schema : Object {};

inline constexpr auto schema_fields = fields(field<&Object::name>("name", identity, "n.nspname"));

}  // namespace pgplumb::catalog

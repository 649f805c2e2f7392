#pragma once
// A free-standing composite type (pg_class, relkind c). Its attributes are Column objects.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct CompositeType : Object {};

inline constexpr auto composite_type_fields =
    fields(field<&Object::parent>("schema", parent, "'2615/' || c.relnamespace"),
           field<&Object::name>("name", identity, "c.relname"));

}  // namespace pgplumb::catalog

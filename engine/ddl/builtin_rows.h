#pragma once
// Built-in objects by name, for the kinds that statements may refer to.
#include <string_view>

#include "catalog/base/ids.h"
#include "catalog/kind.h"

namespace pgplumb::engine::ddl {

/// Of a kind whose names stand alone (schema, language, access method, role …); 0 where there is none.
catalog::Oid builtin_unqualified(int major, catalog::Kind kind, std::string_view name);
/// Of a kind that lives in schemas (collation, conversion, text search objects).
catalog::Oid builtin_in_schema(int major, catalog::Kind kind, catalog::Oid schema, std::string_view name);
/// An operator class or family of a built-in schema.
catalog::Oid builtin_operator_set(int major, catalog::Kind kind, catalog::Oid method, catalog::Oid schema,
                                  std::string_view name);

}  // namespace pgplumb::engine::ddl

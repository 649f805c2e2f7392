#pragma once
// An installed extension (pg_extension). Its members are environment, not schema: they are never compared.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct Extension : Object {
  Ref<Schema> schema;
  std::string version;
};

// Which version is installed depends on the server's files more than on the migrations.
inline constexpr auto extension_fields = fields(
    field<&Object::name>("name", identity, "e.extname"), field<&Extension::schema>("schema", attribute, "e.extnamespace"),
    field<&Extension::version>("version", info, "e.extversion"));

}  // namespace pgplumb::catalog

#pragma once
// A schema whose tables a publication publishes (pg_publication_namespace).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct PublicationSchema : Object {
  Ref<Schema> schema;
};

inline constexpr auto publication_schema_fields =
    fields(field<&Object::parent>("publication", parent, "'6104/' || n.pnpubid"),
           field<&PublicationSchema::schema>("schema", identity | EdgeType::automatic, "n.pnnspid"));

}  // namespace pgplumb::catalog

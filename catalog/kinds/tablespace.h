#pragma once
// A tablespace of the cluster (pg_tablespace).
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

struct Tablespace : Object {
  std::string location;
  Options options;
};

inline constexpr auto tablespace_fields =
    fields(field<&Object::name>("name", identity, "s.spcname"),
           field<&Tablespace::location>("location", attribute, "pg_tablespace_location(s.oid)"),
           field<&Tablespace::options>("options", attribute | set, "to_json(s.spcoptions)"));

}  // namespace pgplumb::catalog

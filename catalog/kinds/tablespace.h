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
           // One within the data directory is named by its oid, which tells nothing.
           field<&Tablespace::location>("location", attribute,
                                        "CASE WHEN pg_tablespace_location(s.oid) NOT LIKE 'pg\\_tblspc/%' "
                                        "THEN pg_tablespace_location(s.oid) ELSE '' END"),
           field<&Tablespace::options>("options", attribute | set, "to_json(s.spcoptions)"));

}  // namespace pgplumb::catalog

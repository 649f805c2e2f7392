#pragma once
// What one grantee may do with one object or column (an aclitem). An object of its own, so that each grant knows the
// statement it came from.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct Grant : Object {
  Name grantee;                          // empty: PUBLIC
  std::vector<Name> privileges;          // SELECT, INSERT …
  std::vector<Name> grantable;           // those with grant option
};

inline constexpr auto grant_fields =
    fields(field<&Object::parent>("target", parent), field<&Grant::grantee>("grantee", identity),
           field<&Grant::privileges>("privileges", attribute | set), field<&Grant::grantable>("grantable", attribute | set));

}  // namespace pgplumb::catalog

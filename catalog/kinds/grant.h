#pragma once
// What one grantee may do with one object or column (the aclitems for it). An object of its own, so that each grant knows
// the statement it came from.
//
// There is one only for a grantee whose privileges differ from those that the object has by itself: acldefault() for its
// kind and owner, or what its extension's script gave it (pg_init_privs). So an object that nobody granted anything on has
// none, whether its ACL is NULL or spelled out, and REVOKE … FROM PUBLIC on a function is a grant of nothing to PUBLIC.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct Grant : Object {
  Name grantee;                  // empty: PUBLIC
  std::vector<Name> privileges;  // SELECT, INSERT …
  std::vector<Name> grantable;   // those with grant option
};

inline constexpr auto grant_fields =
    fields(field<&Object::parent>("target", parent), field<&Grant::grantee>("grantee", identity),
           field<&Grant::privileges>("privileges", attribute | set), field<&Grant::grantable>("grantable", attribute | set));

}  // namespace pgplumb::catalog

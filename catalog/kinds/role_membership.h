#pragma once
// That one role is a member of another (pg_auth_members). From 16 on a membership may be granted by several roles: what
// counts is what they allow together.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct RoleMembership : Object {  // its name is the member's
  Name role;
  bool admin = false;
  bool inherit = true;
  bool set_role = true;
};

inline constexpr auto role_membership_fields =
    fields(field<&RoleMembership::role>("role", identity, "m.role"),
           field<&Object::name>("member", identity, "m.member"),
           field<&RoleMembership::admin>("admin", attribute, "m.admin"),
           field<&RoleMembership::inherit>("inherit", attribute, "m.inherit").since(16),
           field<&RoleMembership::set_role>("set", attribute, "m.set_role").since(16));

}  // namespace pgplumb::catalog

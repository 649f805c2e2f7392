#pragma once
// Who is a member of which role: AddRoleMems and DelRoleMems of commands/user.c.
#include <optional>

#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// What a GRANT of a role allows, or what a REVOKE takes back; nothing where it is not mentioned.
struct Membership {
  bool admin = false;
  std::optional<bool> inherit, set_role;  // 16 and later
  bool only_options = false;              // REVOKE … OPTION FOR: the membership itself stays
};

void add_member(Interpreter& interpreter, Name role, Name member, const Membership& membership);
void remove_member(Interpreter& interpreter, Name role, Name member, const Membership& membership);
/// All memberships that the role takes part in.
void drop_memberships_of(Interpreter& interpreter, Name role);

}  // namespace pgplumb::engine::ddl

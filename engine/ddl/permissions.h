#pragma once
// What the session's user may do: catalog/aclchk.c and utils/adt/acl.c. A user that no statement has made may do
// everything, since nothing is known of it.
#include <string>

#include "engine/ddl/acl.h"
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

/// Whether the user's statements are never refused for want of a right.
bool is_superuser(const Interpreter& interpreter, Name user);
inline bool is_superuser(const Interpreter& interpreter) {
  return is_superuser(interpreter, interpreter.session().current_user());
}
/// has_privs_of_role: through memberships that inherit.
bool has_privileges_of(const Interpreter& interpreter, Name member, Name role);
/// is_member_of_role: through any membership.
bool is_member_of(const Interpreter& interpreter, Name member, Name role);
/// is_member_of_role_nosuper.
bool is_member_by_grant(const Interpreter& interpreter, Name member, Name role);

bool owns(const Interpreter& interpreter, const Object& object);
bool has_privilege(const Interpreter& interpreter, Name user, const Object& object, Privileges wanted);

/// 42501 with the message.
void require_superuser(const Interpreter& interpreter, const std::string& message, const std::string& hint = {});
/// `must be owner of table x`; `name` as the statement has it.
void require_owner(const Interpreter& interpreter, const Object& object, const std::string& name);
inline void require_owner(const Interpreter& interpreter, const Object& object) {
  require_owner(interpreter, object, object.name.str());
}
/// For DROP: the schema's owner may as well.
void require_owner_or_schema_owner(const Interpreter& interpreter, const Object& object, const std::string& name);
/// `permission denied for schema x`.
void require_privilege(const Interpreter& interpreter, const Object& object, Privileges wanted);
/// CREATE in a schema, built-in ones included.
void require_create(const Interpreter& interpreter, Oid schema);
/// 42501 where the user could not act as the role (check_is_member_of_role).
void require_member(const Interpreter& interpreter, Name role);
/// For OWNER TO: the user owns the object, may act as the new owner, and that one may create in the schema.
void require_owner_change(const Interpreter& interpreter, const Object& object, Name owner);

/// `permission denied for type x`: a new object may use the type.
void require_type_usage(const Interpreter& interpreter, Oid type);
/// `must be owner of type x`, and of a cast: of one of its types.
void require_type_owner(const Interpreter& interpreter, Oid type);
void require_cast_owner(const Interpreter& interpreter, const catalog::Cast& cast);
/// Likewise for a function.
void require_execute(const Interpreter& interpreter, Oid function, const std::string& name);

inline constexpr Privileges select_privilege = 1u << 1, trigger_privilege = 1u << 6, execute_privilege = 1u << 7,
                            usage_privilege = 1u << 8, create_privilege = 1u << 9, maintain_privilege = 1u << 14;

}  // namespace pgplumb::engine::ddl

#include "engine/ddl/roles.h"

#include <algorithm>

#include "catalog/builtin/builtin.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::RoleSpecType;

const DatabaseRole* find_role(const Interpreter& interpreter, Name role) {
  return interpreter.catalog().find_named<DatabaseRole>(invalid_oid, role);
}

bool role_is_known(const Interpreter& interpreter, Name role) {
  if (role == interpreter.environment().user || find_role(interpreter, role)) return true;
  return builtin::of(interpreter.major()).role_by_name(role.view()) != nullptr;
}

Name role_of(const Interpreter& interpreter, ast::RoleSpec role) {
  switch (role.roletype()) {
    case RoleSpecType::ROLESPEC_SESSION_USER:
      return interpreter.session().session_user();
    case RoleSpecType::ROLESPEC_PUBLIC:
      throw SqlError("42704", "role \"public\" does not exist");
    case RoleSpecType::ROLESPEC_CSTRING:
      // Somebody else may have made a role, but none of a reserved name.
      if (role.rolename().substr(0, 3) == "pg_" && !role_is_known(interpreter, Name(role.rolename())))
        throw SqlError("42704", "role \"" + std::string(role.rolename()) + "\" does not exist");
      return Name(role.rolename());
    default:
      return interpreter.session().current_user();
  }
}

Name grantee_of(const Interpreter& interpreter, ast::RoleSpec role) {
  return role.roletype() == RoleSpecType::ROLESPEC_PUBLIC ? Name() : role_of(interpreter, role);
}

}  // namespace pgplumb::engine::ddl

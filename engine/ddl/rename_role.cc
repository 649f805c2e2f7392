// ALTER ROLE … RENAME TO: commands/user.c. Objects name roles, so they all learn the new name.
#include <algorithm>

#include "catalog/kinds/default_privilege.h"
#include "catalog/kinds/grant.h"
#include "catalog/kinds/policy.h"
#include "catalog/kinds/role_membership.h"
#include "catalog/kinds/role_setting.h"
#include "catalog/kinds/user_mapping.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/rename.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// The copy that names the role `name` wherever the object named it `old`; null where it does not.
std::shared_ptr<Object> renamed(const Object& object, Name old, Name name) {
  auto copy = kind_info(object.kind).clone(object);
  bool changed = false;
  const auto replace = [&](Name& role) {
    if (role != old) return;
    role = name;
    changed = true;
  };
  replace(copy->owner);
  switch (object.kind) {
    case Kind::grant:
      replace(static_cast<Grant&>(*copy).grantee);
      break;
    case Kind::policy:
      for (Name& role : static_cast<Policy&>(*copy).roles) replace(role);
      break;
    case Kind::role_membership:
      replace(static_cast<RoleMembership&>(*copy).role);
      replace(copy->name);
      break;
    case Kind::role_setting:
      replace(static_cast<RoleSetting&>(*copy).role);
      break;
    case Kind::user_mapping:
      replace(copy->name);
      break;
    case Kind::default_privilege:
      replace(copy->name);
      replace(static_cast<DefaultPrivilege&>(*copy).grantee);
      break;
    default:
      break;
  }
  return changed ? copy : nullptr;
}

void check_may_rename(const Interpreter& interpreter, const DatabaseRole* role) {
  if (is_superuser(interpreter)) return;
  if (!role || role->superuser) require_superuser(interpreter, "must be superuser to rename superusers");
  const DatabaseRole* user = find_role(interpreter, interpreter.session().current_user());
  if (!user || !user->create_role) throw SqlError("42501", "permission denied to rename role");
}

}  // namespace

void rename_role(Interpreter& interpreter, ast::RenameStmt statement) {
  const Name old(statement.subname()), name(statement.newname());
  const DatabaseRole* role = find_role(interpreter, old);
  if (!role && !role_is_known(interpreter, old)) throw SqlError("42704", "role \"" + old.str() + "\" does not exist");
  if (old == interpreter.session().session_user()) throw SqlError("0A000", "session user cannot be renamed");
  if (old == interpreter.session().current_user()) throw SqlError("0A000", "current user cannot be renamed");
  for (Name reserved : {old, name})
    if (reserved.view().substr(0, 3) == "pg_")
      throw SqlError("42939", "role name \"" + reserved.str() + "\" is reserved",
                     "Role names starting with \"pg_\" are reserved.");
  if (role_is_known(interpreter, name)) throw SqlError("42710", "role \"" + name.str() + "\" already exists");
  check_may_rename(interpreter, role);
  if (role) interpreter.catalog().edit_any(role->oid).set<&Object::name>(name);
  std::vector<std::shared_ptr<Object>> changes;
  interpreter.catalog().for_each([&](const Object& object) {
    if (auto copy = renamed(object, old, name)) changes.push_back(std::move(copy));
  });
  for (auto& change : changes) interpreter.catalog().store(std::move(change));
}

}  // namespace pgplumb::engine::ddl

// DROP OWNED and REASSIGN OWNED: commands/user.c, shdepDropOwned and shdepReassignOwned of catalog/pg_shdepend.c.
#include <algorithm>

#include "catalog/kinds/default_privilege.h"
#include "catalog/kinds/grant.h"
#include "catalog/kinds/policy.h"
#include "catalog/kinds/user_mapping.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/owner.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/role_dependents.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

std::vector<Name> role_list(const Interpreter& interpreter, ast::List<ast::Node> list) {
  std::vector<Name> roles;
  for (ast::Node node : list) {
    const Name role = role_of(interpreter, node.as<ast::RoleSpec>());
    if (!role_is_known(interpreter, role)) throw SqlError("42704", "role \"" + role.str() + "\" does not exist");
    roles.push_back(role);
  }
  return roles;
}

/// What is revoked from the role rather than dropped, and what is gone with it.
void release(Interpreter& interpreter, Name role, std::vector<Oid>& dropped) {
  Catalog& catalog = interpreter.catalog();
  std::vector<Oid> erased, shrunk;
  catalog.for_each([&](const Object& object) {
    if (object.kind == Kind::grant && static_cast<const Grant&>(object).grantee == role) erased.push_back(object.oid);
    if (object.kind == Kind::default_privilege) {
      const auto& entry = static_cast<const DefaultPrivilege&>(object);
      if (entry.name == role || entry.grantee == role) erased.push_back(object.oid);
    }
    if (object.kind == Kind::user_mapping && object.name == role) erased.push_back(object.oid);
    if (object.kind == Kind::policy) {
      const auto& roles = static_cast<const Policy&>(object).roles;
      if (std::find(roles.begin(), roles.end(), role) != roles.end()) shrunk.push_back(object.oid);
    }
  });
  for (Oid oid : erased) catalog.erase(oid);
  for (Oid oid : shrunk) {
    // A policy that is for nobody else goes (RemoveRoleFromObjectPolicy).
    if (catalog.get(Ref<Policy>{oid}).roles.size() == 1)
      dropped.push_back(oid);
    else
      catalog.edit(Ref<Policy>{oid}).change<&Policy::roles>([&](std::vector<Name>& roles) { std::erase(roles, role); });
  }
}

void check_roles(const Interpreter& interpreter, const std::vector<Name>& roles, const char* message) {
  for (Name role : roles)
    if (!has_privileges_of(interpreter, interpreter.session().current_user(), role)) throw SqlError("42501", message);
}

}  // namespace

void drop_owned(Interpreter& interpreter, ast::DropOwnedStmt statement) {
  std::vector<Oid> dropped;
  const std::vector<Name> roles = role_list(interpreter, statement.roles());
  check_roles(interpreter, roles, "permission denied to drop objects");
  for (Name role : roles) {
    release(interpreter, role, dropped);
    const std::vector<Oid> owned = owned_by(interpreter, role);
    dropped.insert(dropped.end(), owned.begin(), owned.end());
  }
  perform_deletion(interpreter, dropped, behavior_of(statement.behavior()));
}

void reassign_owned(Interpreter& interpreter, ast::ReassignOwnedStmt statement) {
  const std::vector<Name> roles = role_list(interpreter, statement.roles());
  check_roles(interpreter, roles, "permission denied to reassign objects");
  const Name owner = role_of(interpreter, statement.newrole());
  if (!has_privileges_of(interpreter, interpreter.session().current_user(), owner))
    throw SqlError("42501", "permission denied to reassign objects");
  for (Name role : roles)
    for (Oid oid : owned_by(interpreter, role)) change_owner(interpreter, oid, owner);
}

}  // namespace pgplumb::engine::ddl

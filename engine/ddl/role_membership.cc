// GRANT and REVOKE of roles: commands/user.c.
#include "engine/ddl/role_membership.h"

#include "catalog/kinds/role_membership.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

const RoleMembership* find_membership(const Catalog& catalog, Name role, Name member) {
  const RoleMembership* found = nullptr;
  catalog.for_each<RoleMembership>([&](const RoleMembership& membership) {
    if (membership.role == role && membership.name == member) found = &membership;
  });
  return found;
}

/// is_member_of_role_nosuper
bool is_member(const Catalog& catalog, Name member, Name role) {
  if (member == role) return true;
  bool found = false;
  catalog.for_each<RoleMembership>([&](const RoleMembership& membership) {
    if (!found && membership.name == member && is_member(catalog, membership.role, role)) found = true;
  });
  return found;
}

std::optional<bool> membership_value(ast::DefElem option) { return def_boolean(option); }

/// WITH ADMIN, INHERIT, SET: a word in 15's grammar, options from 16 on.
Membership membership_options(ast::GrantRoleStmt statement) {
  Membership membership;
  membership.admin = statement.admin_opt();
  if (statement.admin_opt()) membership.only_options = !statement.is_grant();
  for (ast::Node node : statement.opt()) {
    const auto option = node.as<ast::DefElem>();
    if (!statement.is_grant()) membership.only_options = true;
    if (option.defname() == "admin") membership.admin = def_boolean(option);
    if (option.defname() == "inherit") membership.inherit = membership_value(option);
    if (option.defname() == "set") membership.set_role = membership_value(option);
  }
  return membership;
}

}  // namespace

namespace {

/// Whoever gives or takes a membership has the role WITH ADMIN OPTION, or may create roles.
void check_admin(const Interpreter& interpreter, Name role) {
  if (is_superuser(interpreter)) return;
  const DatabaseRole* object = find_role(interpreter, role);
  if (object && object->superuser) throw SqlError("42501", "must be superuser to alter superusers");
  const Name user = interpreter.session().current_user();
  const DatabaseRole* self = find_role(interpreter, user);
  if (interpreter.major() < 16 && self && self->create_role) return;
  bool is_admin = false;
  interpreter.catalog().for_each<RoleMembership>([&](const RoleMembership& membership) {
    if (membership.role == role && membership.admin && is_member_of(interpreter, user, membership.name))
      is_admin = true;
  });
  if (!is_admin) throw SqlError("42501", "must have admin option on role \"" + role.str() + "\"");
}

}  // namespace

void add_member(Interpreter& interpreter, Name role, Name member, const Membership& options) {
  Catalog& catalog = interpreter.catalog();
  check_admin(interpreter, role);
  if (role == member || is_member(catalog, role, member))
    throw SqlError("0LP01", "role \"" + role.str() + "\" is a member of role \"" + member.str() + "\"");
  const RoleMembership* known = find_membership(catalog, role, member);
  if (!known) {
    RoleMembership membership;
    membership.role = role;
    membership.name = member;
    membership.admin = options.admin;
    // Before 16, it is the member's alone.
    const DatabaseRole* object = interpreter.major() < 16 ? nullptr : find_role(interpreter, member);
    membership.inherit = options.inherit.value_or(!object || object->inherit);
    membership.set_role = options.set_role.value_or(true);
    catalog.insert(std::move(membership));
    return;
  }
  const bool changes = (options.admin && !known->admin) || options.inherit || options.set_role;
  if (!changes) {
    interpreter.notice("role \"" + member.str() + "\" is already a member of role \"" + role.str() + "\"");
    return;
  }
  auto edit = catalog.edit(Ref<RoleMembership>{known->oid});
  if (options.admin) edit.set<&RoleMembership::admin>(true);
  if (options.inherit) edit.set<&RoleMembership::inherit>(*options.inherit);
  if (options.set_role) edit.set<&RoleMembership::set_role>(*options.set_role);
}

void remove_member(Interpreter& interpreter, Name role, Name member, const Membership& options) {
  Catalog& catalog = interpreter.catalog();
  check_admin(interpreter, role);
  const RoleMembership* known = find_membership(catalog, role, member);
  if (!known) {
    interpreter.warning("role \"" + member.str() + "\" is not a member of role \"" + role.str() + "\"");
    return;
  }
  if (!options.only_options) return catalog.erase(known->oid);
  auto edit = catalog.edit(Ref<RoleMembership>{known->oid});
  if (options.admin) edit.set<&RoleMembership::admin>(false);
  if (options.inherit) edit.set<&RoleMembership::inherit>(false);
  if (options.set_role) edit.set<&RoleMembership::set_role>(false);
}

void drop_memberships_of(Interpreter& interpreter, Name role) {
  std::vector<Oid> gone;
  interpreter.catalog().for_each<RoleMembership>([&](const RoleMembership& membership) {
    if (membership.role == role || membership.name == role) gone.push_back(membership.oid);
  });
  for (Oid membership : gone) interpreter.catalog().erase(membership);
}

void grant_role(Interpreter& interpreter, ast::GrantRoleStmt statement) {
  const Membership options = membership_options(statement);
  for (ast::Node granted : statement.granted_roles()) {
    const auto privilege = granted.as<ast::AccessPriv>();
    if (!privilege.cols().empty()) throw SqlError("42601", "column names cannot be included in GRANT/REVOKE ROLE");
    const Name role(privilege.priv_name());
    for (ast::Node grantee : statement.grantee_roles()) {
      const Name member = role_of(interpreter, grantee.as<ast::RoleSpec>());
      if (statement.is_grant())
        add_member(interpreter, role, member, options);
      else
        remove_member(interpreter, role, member, options);
    }
  }
}

}  // namespace pgplumb::engine::ddl

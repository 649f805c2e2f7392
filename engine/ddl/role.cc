// CREATE, ALTER and DROP ROLE: commands/user.c.
#include "catalog/kinds/role.h"

#include <optional>

#include "engine/ddl/def_elem.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/role_dependents.h"
#include "engine/ddl/role_membership.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// What CREATE and ALTER ROLE say; nothing where they say nothing.
struct RoleOptions {
  OnceOption password, superuser, inherit, create_role, create_database, login, replication, connection_limit, members,
      in_roles, admins, valid_until, bypass_row_security, sysid;
};

struct KnownRoleOption {
  std::string_view name;
  OnceOption RoleOptions::*slot;
};
constexpr KnownRoleOption known_role_options[] = {{"password", &RoleOptions::password},
                                   {"superuser", &RoleOptions::superuser},
                                   {"inherit", &RoleOptions::inherit},
                                   {"createrole", &RoleOptions::create_role},
                                   {"createdb", &RoleOptions::create_database},
                                   {"canlogin", &RoleOptions::login},
                                   {"isreplication", &RoleOptions::replication},
                                   {"connectionlimit", &RoleOptions::connection_limit},
                                   {"addroleto", &RoleOptions::in_roles},
                                   {"rolemembers", &RoleOptions::members},
                                   {"adminmembers", &RoleOptions::admins},
                                   {"validUntil", &RoleOptions::valid_until},
                                   {"bypassrls", &RoleOptions::bypass_row_security},
                                   {"sysid", &RoleOptions::sysid}};

RoleOptions role_options(ast::List<ast::Node> list) {
  RoleOptions options;
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    for (const KnownRoleOption& known : known_role_options)
      if (known.name == option.defname()) (options.*known.slot).set(option);
  }
  return options;
}

void apply_role(const RoleOptions& options, Edit<DatabaseRole>& edit) {
  const auto set_flag = [&](const OnceOption& option, auto setter) {
    if (option) setter(def_boolean(*option));
  };
  set_flag(options.superuser, [&](bool value) { edit.set<&DatabaseRole::superuser>(value); });
  set_flag(options.inherit, [&](bool value) { edit.set<&DatabaseRole::inherit>(value); });
  set_flag(options.create_role, [&](bool value) { edit.set<&DatabaseRole::create_role>(value); });
  set_flag(options.create_database, [&](bool value) { edit.set<&DatabaseRole::create_database>(value); });
  set_flag(options.login, [&](bool value) { edit.set<&DatabaseRole::login>(value); });
  set_flag(options.replication, [&](bool value) { edit.set<&DatabaseRole::replication>(value); });
  set_flag(options.bypass_row_security, [&](bool value) { edit.set<&DatabaseRole::bypass_row_security>(value); });
  if (options.connection_limit) {
    const int limit = def_int32(*options.connection_limit);
    if (limit < -1) throw SqlError("22023", "invalid connection limit: " + std::to_string(limit));
    edit.set<&DatabaseRole::connection_limit>(limit);
  }
  if (options.valid_until) edit.set<&DatabaseRole::valid_until>(def_string(*options.valid_until));
}

void check_new_name(const Interpreter& interpreter, Name name) {
  if (name.view().substr(0, 3) == "pg_")
    throw SqlError("42939", "role name \"" + name.str() + "\" is reserved",
                   "Role names starting with \"pg_\" are reserved.");
  if (role_is_known(interpreter, name)) throw SqlError("42710", "role \"" + name.str() + "\" already exists");
}

std::vector<Name> listed_roles(const Interpreter& interpreter, const OnceOption& option) {
  std::vector<Name> roles;
  if (!option) return roles;
  for (ast::Node node : (*option).arg().items()) roles.push_back(role_of(interpreter, node.as<ast::RoleSpec>()));
  return roles;
}

void add_memberships(Interpreter& interpreter, Name role, const RoleOptions& options) {
  const Membership plain;
  Membership with_admin;
  with_admin.admin = true;
  for (Name group : listed_roles(interpreter, options.in_roles)) add_member(interpreter, group, role, plain);
  for (Name member : listed_roles(interpreter, options.members)) add_member(interpreter, role, member, plain);
  for (Name member : listed_roles(interpreter, options.admins)) add_member(interpreter, role, member, with_admin);
}

/// The role, or nothing where only the cluster knows it.
const DatabaseRole* require_role(const Interpreter& interpreter, Name name) {
  if (name.view().substr(0, 3) == "pg_")
    throw SqlError("42939", "role name \"" + name.str() + "\" is reserved", "Cannot alter reserved roles.");
  const DatabaseRole* role = find_role(interpreter, name);
  if (!role && !role_is_known(interpreter, name)) throw SqlError("42704", "role \"" + name.str() + "\" does not exist");
  return role;
}

bool asks(const OnceOption& option) { return option && def_boolean(*option); }

/// have_createrole_privilege
bool may_create_roles(const Interpreter& interpreter) {
  if (is_superuser(interpreter)) return true;
  const DatabaseRole* user = find_role(interpreter, interpreter.session().current_user());
  return user && user->create_role;
}

void check_may_create(const Interpreter& interpreter, const RoleOptions& options) {
  if (asks(options.superuser)) require_superuser(interpreter, "must be superuser to create superusers");
  if (asks(options.replication)) require_superuser(interpreter, "must be superuser to create replication users");
  if (asks(options.bypass_row_security)) require_superuser(interpreter, "must be superuser to create bypassrls users");
  if (!may_create_roles(interpreter)) throw SqlError("42501", "permission denied to create role");
}

void check_may_alter(const Interpreter& interpreter, Name name, const DatabaseRole* role, const RoleOptions& options) {
  if (is_superuser(interpreter)) return;
  if (!role || role->superuser || options.superuser)
    require_superuser(interpreter, "must be superuser to alter superuser roles or change superuser attribute");
  if (role->replication || options.replication)
    require_superuser(interpreter, "must be superuser to alter replication roles or change replication attribute");
  if (options.bypass_row_security) require_superuser(interpreter, "must be superuser to change bypassrls attribute");
  if (may_create_roles(interpreter)) return;
  // Everybody may change their own password.
  const bool only_password = options.password && !options.inherit && !options.create_role && !options.create_database &&
                             !options.login && !options.connection_limit && !options.members && !options.valid_until;
  if (!only_password || name != interpreter.session().current_user()) throw SqlError("42501", "permission denied");
}

void check_may_drop(const Interpreter& interpreter, const DatabaseRole* role) {
  if (!may_create_roles(interpreter)) throw SqlError("42501", "permission denied to drop role");
  if (role && role->superuser) require_superuser(interpreter, "must be superuser to drop superusers");
}

void drop_one(Interpreter& interpreter, ast::RoleSpec spec, bool missing_ok) {
  if (spec.roletype() != ast::RoleSpecType::ROLESPEC_CSTRING)
    throw SqlError("22023", "cannot use special role specifier in DROP ROLE");
  const Name name(spec.rolename());
  const DatabaseRole* role = find_role(interpreter, name);
  if (!role && !role_is_known(interpreter, name)) {
    if (!missing_ok) throw SqlError("42704", "role \"" + name.str() + "\" does not exist");
    interpreter.notice("role \"" + name.str() + "\" does not exist, skipping");
    return;
  }
  if (name == interpreter.session().current_user()) throw SqlError("55006", "current user cannot be dropped");
  if (name == interpreter.session().session_user()) throw SqlError("55006", "session user cannot be dropped");
  check_may_drop(interpreter, role);
  if (!role)
    throw SqlError("2BP01", "cannot drop role " + name.str() + " because it is required by the database system");
  drop_memberships_of(interpreter, name);
  require_no_dependents(interpreter, name);
  drop_settings_of(interpreter, name);
  interpreter.catalog().erase(role->oid);
}

}  // namespace

void create_role(Interpreter& interpreter, ast::CreateRoleStmt statement) {
  const RoleOptions options = role_options(statement.options());
  DatabaseRole role;
  role.name = Name(statement.role());
  role.login = statement.stmt_type() == ast::RoleStmtType::ROLESTMT_USER;
  check_may_create(interpreter, options);
  check_new_name(interpreter, role.name);
  const Name name = role.name;
  const Ref<DatabaseRole> stored = interpreter.catalog().insert(std::move(role));
  {
    auto edit = interpreter.catalog().edit(stored);
    apply_role(options, edit);
  }
  add_memberships(interpreter, name, options);
}

void alter_role(Interpreter& interpreter, ast::AlterRoleStmt statement) {
  const RoleOptions options = role_options(statement.options());
  const Name name = role_of(interpreter, statement.role());
  const DatabaseRole* role = require_role(interpreter, name);
  check_may_alter(interpreter, name, role, options);
  if (options.members) {
    for (Name member : listed_roles(interpreter, options.members)) {
      if (statement.action() > 0)
        add_member(interpreter, name, member, Membership());
      else
        remove_member(interpreter, name, member, Membership());
    }
  }
  if (!role) return;  // the role that connects, which is no part of the schema
  auto edit = interpreter.catalog().edit(Ref<DatabaseRole>{role->oid});
  apply_role(options, edit);
}

void drop_role(Interpreter& interpreter, ast::DropRoleStmt statement) {
  for (ast::Node role : statement.roles()) drop_one(interpreter, role.as<ast::RoleSpec>(), statement.missing_ok());
}

}  // namespace pgplumb::engine::ddl

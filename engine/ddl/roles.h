#pragma once
// Roles as statements name them: utils/adt/acl.c's get_rolespec_* and what stands behind them.
#include "catalog/kinds/role.h"
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

/// The role object of that name; null for the connecting role, predefined roles, and those that the cluster has from
/// elsewhere.
const catalog::DatabaseRole* find_role(const Interpreter& interpreter, Name role);
/// Whether the role can be known to exist: made by a statement, connected as, or predefined.
bool role_is_known(const Interpreter& interpreter, Name role);

/// The role that is meant, CURRENT_USER and its kin replaced. Roles belong to the cluster, where others made them
/// before: one that is only referred to is taken to exist. Throws 42704 for PUBLIC. get_rolespec_name.
Name role_of(const Interpreter& interpreter, ast::RoleSpec role);
/// Likewise; empty for PUBLIC.
Name grantee_of(const Interpreter& interpreter, ast::RoleSpec role);
/// The owner of what the session makes.
inline Name new_owner(const Interpreter& interpreter) { return interpreter.session().current_user(); }

/// Forgets what ALTER ROLE … SET has set for the role (DropSetting of catalog/pg_db_role_setting.c).
void drop_settings_of(Interpreter& interpreter, Name role);

}  // namespace pgplumb::engine::ddl

// Row-level security policies: commands/policy.c.
#include "catalog/kinds/policy.h"

#include <algorithm>

#include "engine/ddl/dispatch.h"
#include "engine/ddl/object_expressions.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/resolve.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

PolicyCommand command_of(std::string_view name) {
  if (name == "select") return PolicyCommand::select;
  if (name == "insert") return PolicyCommand::insert;
  if (name == "update") return PolicyCommand::update;
  return name == "delete" ? PolicyCommand::delete_ : PolicyCommand::all;
}

bool only_reads(PolicyCommand command) { return command == PolicyCommand::select || command == PolicyCommand::delete_; }

/// policy_role_list_to_array: PUBLIC covers all others.
std::vector<Name> read_roles(Interpreter& interpreter, ast::List<ast::Node> list) {
  std::vector<Name> roles;
  for (ast::Node node : list) {
    const Name role = grantee_of(interpreter, node.as<ast::RoleSpec>());
    if (!role.empty()) {
      roles.push_back(role);
      continue;
    }
    if (list.size() > 1) interpreter.warning("ignoring specified roles other than PUBLIC", "01000");
    return {Name("public")};
  }
  if (roles.empty()) roles.emplace_back("public");
  return roles;
}

const Object& policy_table(const Interpreter& interpreter, ast::RangeVar name) {
  const Object& relation = require_relation(interpreter, name);
  require_owner(interpreter, relation, std::string(name.relname()));
  if (relation.kind != Kind::table) throw SqlError("42809", "\"" + relation.name.str() + "\" is not a table");
  return relation;
}

}  // namespace

void create_policy(Interpreter& interpreter, ast::CreatePolicyStmt statement) {
  Policy policy;
  policy.command = command_of(statement.cmd_name());
  if (only_reads(policy.command) && statement.with_check())
    throw SqlError("42601", "WITH CHECK cannot be applied to SELECT or DELETE");
  if (policy.command == PolicyCommand::insert && statement.qual())
    throw SqlError("42601", "only WITH CHECK expression allowed for INSERT");
  policy.roles = read_roles(interpreter, statement.roles());
  const Object& table = policy_table(interpreter, statement.table());
  policy.parent = {table.kind, table.oid};
  policy.name = Name(statement.policy_name());
  policy.permissive = statement.permissive();
  if (statement.qual()) policy.using_expression = analyze_policy(interpreter, table.oid, statement.qual());
  if (statement.with_check()) policy.check_expression = analyze_policy(interpreter, table.oid, statement.with_check());
  if (interpreter.catalog().find_named<Policy>(table.oid, policy.name))
    throw SqlError("42710",
                   "policy \"" + policy.name.str() + "\" for table \"" + table.name.str() + "\" already exists");
  interpreter.catalog().insert(std::move(policy));
}

void alter_policy(Interpreter& interpreter, ast::AlterPolicyStmt statement) {
  const std::vector<Name> roles =
      statement.roles().empty() ? std::vector<Name>() : read_roles(interpreter, statement.roles());
  const Object& table = policy_table(interpreter, statement.table());
  Expr using_expression, check_expression;
  if (statement.qual()) using_expression = analyze_policy(interpreter, table.oid, statement.qual());
  if (statement.with_check()) check_expression = analyze_policy(interpreter, table.oid, statement.with_check());
  const Name name(statement.policy_name());
  const auto* policy = interpreter.catalog().find_named<Policy>(table.oid, name);
  if (!policy)
    throw SqlError("42704", "policy \"" + name.str() + "\" for table \"" + table.name.str() + "\" does not exist");
  if (only_reads(policy->command) && statement.with_check())
    throw SqlError("42601", "only USING expression allowed for SELECT, DELETE");
  if (policy->command == PolicyCommand::insert && statement.qual())
    throw SqlError("42601", "only WITH CHECK expression allowed for INSERT");
  auto edit = interpreter.catalog().edit(Ref<Policy>{policy->oid});
  if (!roles.empty()) edit.set<&Policy::roles>(roles);
  if (statement.qual()) edit.set<&Policy::using_expression>(std::move(using_expression));
  if (statement.with_check()) edit.set<&Policy::check_expression>(std::move(check_expression));
}

}  // namespace pgplumb::engine::ddl

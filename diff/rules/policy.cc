#include "catalog/kinds/policy.h"

#include <algorithm>

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Policy;
using catalog::PolicyCommand;

namespace {

std::string_view command_word(PolicyCommand command) {
  switch (command) {
    case PolicyCommand::all: return "ALL";
    case PolicyCommand::select: return "SELECT";
    case PolicyCommand::insert: return "INSERT";
    case PolicyCommand::update: return "UPDATE";
    case PolicyCommand::delete_: return "DELETE";
  }
  return "ALL";
}

std::string role_list(const Policy& policy) {
  std::vector<std::string> roles;
  for (Name role : policy.roles) roles.push_back(role_name(role));
  std::sort(roles.begin(), roles.end());
  return join(roles);
}

std::string conditions(const Policy& policy) {
  std::string out;
  if (!policy.using_expression.empty()) out += " USING " + parenthesized(policy.using_expression.text);
  if (!policy.check_expression.empty()) out += " WITH CHECK " + parenthesized(policy.check_expression.text);
  return out;
}

void create_policy(const Policy& policy, Creation& creation) {
  std::string sql = "CREATE " + creation.names.address(policy);
  if (!policy.permissive) sql += " AS RESTRICTIVE";
  if (policy.command != PolicyCommand::all) sql += " FOR " + std::string(command_word(policy.command));
  if (const std::string roles = role_list(policy); roles != "PUBLIC") sql += " TO " + roles;
  creation.out.add(sql + conditions(policy));
}

/// A condition can be changed, and not taken away (AlterPolicy of policy.c).
void alter_policy(const Policy& from, const Policy& to, Alteration& alteration) {
  if ((!from.using_expression.empty() && to.using_expression.empty()) ||
      (!from.check_expression.empty() && to.check_expression.empty()))
    return alteration.replace();
  std::string sql = "ALTER " + alteration.to.address(to);
  if (alteration.changes<&Policy::roles>()) sql += " TO " + role_list(to);
  if (alteration.changes<&Policy::using_expression>()) sql += " USING " + parenthesized(to.using_expression.text);
  if (alteration.changes<&Policy::check_expression>()) sql += " WITH CHECK " + parenthesized(to.check_expression.text);
  alteration.out.add(std::move(sql));
}

constexpr auto policy_fields = field_rules(replace<&Policy::command>(), replace<&Policy::permissive>(),
                                      alter<&Policy::roles, alter_policy>(),
                                      alter<&Policy::using_expression, alter_policy>(),
                                      alter<&Policy::check_expression, alter_policy>());

}  // namespace

constinit const KindRules policy_rules = {
    .stage = stage::policy,
    .create = create_with<create_policy>,
    .drop = drop_by_address,
    .fields = policy_fields,
};

}  // namespace pgplumb::diff

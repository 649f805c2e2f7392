#pragma once
// A row-level security policy (pg_policy).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

/// pg_policy.polcmd
enum class PolicyCommand : std::uint8_t { all, select, insert, update, delete_ };
inline constexpr EnumEntry policy_command_entries[] = {
    {0, "*", "all"}, {1, "r", "select"}, {2, "a", "insert"}, {3, "w", "update"}, {4, "d", "delete"}};
constexpr std::span<const EnumEntry> enum_entries(PolicyCommand) { return policy_command_entries; }

struct Policy : Object {
  PolicyCommand command = PolicyCommand::all;
  bool permissive = true;
  std::vector<Name> roles;  // "public" is PUBLIC
  Expr using_expression;
  Expr check_expression;
};

inline constexpr auto policy_fields = fields(
    field<&Object::parent>("table", parent, "'1259/' || pol.polrelid"),
    field<&Object::name>("name", identity, "pol.polname"), field<&Policy::command>("command", attribute, "pol.polcmd"),
    field<&Policy::permissive>("permissive", attribute, "pol.polpermissive"),
    field<&Policy::roles>("roles", attribute | set,
                          "(SELECT json_agg(coalesce(r.rolname, 'public')) FROM unnest(pol.polroles) u(r) "
                          "LEFT JOIN pg_roles r ON r.oid = u.r)"),
    field<&Policy::using_expression>("using", attribute, "pg_get_expr(pol.polqual, pol.polrelid)")
        .sees(ExprScope::relation),
    field<&Policy::check_expression>("check", attribute, "pg_get_expr(pol.polwithcheck, pol.polrelid)")
        .sees(ExprScope::relation));

}  // namespace pgplumb::catalog

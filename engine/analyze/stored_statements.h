#pragma once
// Statements that objects hold: a rule's actions (transformRuleStmt of PostgreSQL's parse_utilcmd.c) and the body of an
// SQL-standard function (interpret_AS_clause of functioncmds.c with sql_fn_parser_setup of functions.c).
#include <string_view>
#include <vector>

#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// A compound Query: the actions, and the rule's condition. Each action has OLD at index 1 and NEW at index 2.
QueryPtr transform_rule(const Syscache& cache, const Settings& settings, ast::RuleStmt rule, Oid relation);

/// An argument of an SQL function, as its body sees it.
struct FunctionArgument {
  std::string_view name;  // empty where it has none
  Oid type = invalid_oid;
};
/// BEGIN ATOMIC … END as a compound Query, or RETURN as a plain one.
QueryPtr transform_function_body(const Syscache& cache, const Settings& settings, ast::Node body,
                                 std::string_view function_name, const std::vector<FunctionArgument>& arguments);
/// Makes the arguments known to the state, by name and by number.
void add_function_arguments(ParseState& state, std::string_view function_name,
                            std::vector<FunctionArgument> arguments);

}  // namespace pgplumb::engine::analyze

#pragma once
// Expressions of routines, triggers, policies, domains, statistics and publications, analysed as each of them sees
// names.
#include "catalog/expr_nodes.h"
#include "catalog/kinds/routine.h"
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

using catalog::Expr;
using catalog::Name;

/// DEFAULT of a routine's argument, as a value of its type (interpret_function_parameter_list).
Expr analyze_argument_default(Interpreter& interpreter, ast::Node raw, Oid type);
/// USING or WITH CHECK of a policy on the relation (CreatePolicy).
Expr analyze_policy(Interpreter& interpreter, Oid relation, ast::Node raw);
/// WHEN of a trigger: OLD and NEW are rows of the relation (CreateTriggerFiringOn).
struct TriggerShape {
  bool is_row = false;
  bool on_insert = false, on_update = false, on_delete = false;
  bool is_before = false;
};
Expr analyze_trigger_when(Interpreter& interpreter, const catalog::Object& relation, ast::Node raw,
                          const TriggerShape& trigger);
/// CHECK of a domain, where VALUE is of its base type (domainAddConstraint).
Expr analyze_domain_check(Interpreter& interpreter, catalog::TypeRef base, catalog::AnyRef collation, ast::Node raw);
/// DEFAULT of a domain (cookDefault).
Expr analyze_domain_default(Interpreter& interpreter, catalog::TypeRef base, Name domain, ast::Node raw);
/// An expression of CREATE STATISTICS over the relation.
Expr analyze_statistics(Interpreter& interpreter, Oid relation, ast::Node raw);
/// WHERE of a publication's table (TransformPubWhereClauses).
Expr analyze_row_filter(Interpreter& interpreter, const catalog::Object& relation, ast::Node raw);

/// BEGIN ATOMIC … END or RETURN …: the routine's arguments are parameters (interpret_AS_clause).
catalog::Query analyze_atomic_body(Interpreter& interpreter, const catalog::Routine& routine, ast::Node body);
/// What a rule does, and its WHERE (transformRuleStmt).
catalog::Query analyze_rule(Interpreter& interpreter, const catalog::Object& relation, ast::RuleStmt statement);

}  // namespace pgplumb::engine::ddl

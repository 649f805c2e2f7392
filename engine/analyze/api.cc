#include "engine/analyze/api.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/timed.h"
#include "catalog/expr_references.h"
#include "engine/analyze/analyze.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/mutability.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_clause.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/parse_type.h"
#include "engine/analyze/scopes.h"
#include "parser/expression.h"
#include "parser/pg_query.h"

namespace pgplumb::engine::analyze {

using catalog::Phase;
using catalog::Timed;
using expr::type_of;

namespace {

std::vector<Oid> oids_of(const std::vector<expr::Reference>& references) {
  std::vector<Oid> oids;
  for (const expr::Reference& reference : references) oids.push_back(reference.id);
  std::sort(oids.begin(), oids.end());
  oids.erase(std::unique(oids.begin(), oids.end()), oids.end());
  return oids;
}

bool is_certain(const expr::NodePtr& tree) {
  return !contains_node(tree, [](const expr::Node& node) {
    const auto* constant = node.as<expr::Const>();
    return constant && !constant->certain;
  });
}

catalog::Expr finished(const NodePtr& tree) {
  catalog::Expr result;
  result.tree = tree.shared();
  result.refs = reference_oids(tree);
  if (!is_certain(tree)) result.unresolved = "a literal whose canonical form is not known";
  return result;
}

catalog::Query finished(const QueryPtr& query) {
  catalog::Query result;
  result.tree = query.shared();
  result.refs = reference_oids(query);
  if (!query_is_certain(*query)) result.unresolved = "a literal whose canonical form is not known";
  return result;
}

// cookDefault's second half: assignment to the column.
NodePtr assign_to(ParseState& state, const NodePtr& node, const AssignedColumn& column) {
  Oid type = type_of(*node);
  NodePtr result = coerce_to_target_type(state, node, type, column.type.type, column.type.typmod,
                                         {CoercionContext::assignment, CoercionForm::implicit_cast, -1});
  if (result) return result;
  fail(errcode::datatype_mismatch,
       fmt::format("column \"{}\" is of type {} but default expression is of type {}", column.name,
                   format_type(state.cache, column.type.type), format_type(state.cache, type)),
       -1, {}, "You will need to rewrite or cast the expression.");
}

NodePtr transform_over(ParseState& state, ast::Node raw, ExprKind kind) { return transform_expr(state, raw, kind); }

NodePtr boolean_over(ParseState& state, ast::Node raw, ExprKind kind, const char* construct) {
  return assign_expr_collations(state, coerce_to_boolean(state, transform_expr(state, raw, kind), construct));
}

void require_immutable(const Syscache& cache, const NodePtr& node, const char* message) {
  if (contains_mutable_functions(cache, node)) fail(errcode::invalid_object_definition, message);
}

// CheckAttributeNamesTypes
void check_result_columns(const Syscache& cache, const std::vector<QueryColumn>& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (columns[i].name != columns[j].name) continue;
      fail(errcode::duplicate_column, fmt::format("column \"{}\" specified more than once", columns[i].name));
    }
  }
  for (const QueryColumn& column : columns) {
    if (type_kind(cache, column.type.type) == 'p' && column.type.type != types::unknown) {
      fail(errcode::invalid_table_definition,
           fmt::format("column \"{}\" has pseudo-type {}", column.name, format_type(cache, column.type.type)));
    }
    bool collatable = type_collation(cache, column.type.type) != invalid_oid;
    if (!collatable && column.collation != invalid_oid) {
      fail(errcode::datatype_mismatch,
           fmt::format("collations are not supported by type {}", format_type(cache, column.type.type)));
    }
    if (collatable && column.collation == invalid_oid) {
      fail(errcode::indeterminate_collation,
           fmt::format("could not determine which collation to use for view column \"{}\"", column.name), -1, {},
           "Use the COLLATE clause to set the collation explicitly.");
    }
  }
}

}  // namespace

std::vector<Oid> reference_oids(const expr::NodePtr& tree) { return oids_of(expr::references_of(tree)); }
std::vector<Oid> reference_oids(const expr::QueryPtr& query) { return oids_of(expr::references_of(query)); }

TypeRef Analyzer::resolve_type(ast::TypeName type_name) const { return resolve_type_name(cache_, type_name); }

catalog::Expr Analyzer::column_default(ast::Node raw, const AssignedColumn& column) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  NodePtr node = transform_over(state, raw, ExprKind::column_default);
  node = assign_expr_collations(state, assign_to(state, node, column));
  const auto* constant = expr::as<expr::Const>(node);
  if (constant && !constant->value) return {};
  return finished(node);
}

catalog::Expr Analyzer::generated_column(ast::Node raw, Oid relation, const AssignedColumn& column) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  add_relation_scope(state, relation);
  NodePtr node = transform_over(state, raw, ExprKind::generated_column);
  check_no_generated_columns(state, node);
  if (contains_mutable_functions(cache_, node)) {
    fail(errcode::invalid_object_definition, "generation expression is not immutable");
  }
  return finished(assign_expr_collations(state, assign_to(state, node, column)));
}

catalog::Expr Analyzer::table_check(ast::Node raw, Oid relation) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  add_relation_scope(state, relation);
  return finished(boolean_over(state, raw, ExprKind::check_constraint, "CHECK"));
}

catalog::Expr Analyzer::domain_check(ast::Node raw, TypeRef base, Oid collation) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  add_value_scope(state, base, collation);
  return finished(boolean_over(state, raw, ExprKind::domain_check, "CHECK"));
}

catalog::Expr Analyzer::statistics_expression(ast::Node raw, Oid relation) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  add_relation_scope(state, relation);
  return finished(assign_expr_collations(state, transform_over(state, raw, ExprKind::stats_expression)));
}

catalog::Expr Analyzer::partition_key_expression(ast::Node raw, Oid relation) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  add_relation_scope(state, relation);
  NodePtr node = assign_expr_collations(state, transform_over(state, raw, ExprKind::partition_expression));
  require_immutable(cache_, node, "functions in partition key expression must be marked IMMUTABLE");
  return finished(node);
}

catalog::expr::NodePtr Analyzer::partition_bound_value(ast::Node raw, const AssignedColumn& key, Oid collation) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  NodePtr value = transform_over(state, raw, ExprKind::partition_bound);
  Oid type = type_of(*value);
  NodePtr coerced = coerce_to_target_type(state, value, type, key.type.type, key.type.typmod,
                                          {CoercionContext::assignment, CoercionForm::implicit_cast, -1});
  if (!coerced) {
    fail(errcode::datatype_mismatch,
         fmt::format("specified value cannot be cast to type {} for column \"{}\"",
                     format_type(cache_, key.type.type), key.name),
         location_of(value));
  }
  coerced = fold_constant(state, assign_expr_collations(state, coerced));
  const auto* constant = expr::as<expr::Const>(coerced);
  if (!constant) not_simulated("a partition bound that has to be computed", location_of(value));
  expr::Const copy = *constant;
  copy.collation = collation;
  return expr::make(std::move(copy), coerced->location);
}

catalog::Expr Analyzer::policy(ast::Node raw, Oid relation) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  add_relation_scope(state, relation);
  return finished(boolean_over(state, raw, ExprKind::policy, "POLICY"));
}

catalog::Expr Analyzer::trigger_when(ast::Node raw, Oid relation, const TriggerEvents& events) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  add_old_new_scope(state, relation);
  NodePtr node = boolean_over(state, raw, ExprKind::trigger_when, "WHEN");
  check_trigger_rows(state, node, events);
  return finished(node);
}

catalog::Expr Analyzer::publication_filter(ast::Node raw, Oid relation) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  add_relation_scope(state, relation);
  return finished(boolean_over(state, raw, ExprKind::where, "PUBLICATION WHERE"));
}

catalog::Expr Analyzer::argument_default(ast::Node raw, Oid type) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  NodePtr node = transform_over(state, raw, ExprKind::function_default);
  node = coerce_to_specific_type(state, node, type, "DEFAULT");
  return finished(assign_expr_collations(state, node));
}

catalog::Query Analyzer::rule(ast::RuleStmt rule, Oid relation) const {
  const Timed timed(Phase::analysis);
  return finished(transform_rule(cache_, settings_, rule, relation));
}

catalog::Query Analyzer::function_body(ast::Node body, std::string_view function_name,
                                       const std::vector<FunctionArgument>& arguments) const {
  const Timed timed(Phase::analysis);
  return finished(transform_function_body(cache_, settings_, body, function_name, arguments));
}

AnalyzedQuery Analyzer::query(ast::Node select, bool allow_into) const {
  const Timed timed(Phase::analysis);
  ParseState state(cache_, settings_);
  state.allow_into = allow_into;
  QueryPtr query = transform_statement(state, select);
  AnalyzedQuery result;
  result.query = finished(query);
  for (const expr::TargetEntry& target : query->targets) {
    if (target.junk) continue;
    result.columns.push_back({target.name,
                              {type_of(*target.expr), expr::typmod_of(*target.expr)},
                              expr::collation_of(*target.expr)});
  }
  return result;
}

AnalyzedQuery Analyzer::view_query(ast::Node select, const std::vector<std::string>& column_names) const {
  AnalyzedQuery result = query(select);
  if (column_names.size() > result.columns.size()) {
    fail(errcode::syntax_error, "CREATE VIEW specifies more column names than columns");
  }
  for (std::size_t i = 0; i < column_names.size(); ++i) result.columns[i].name = column_names[i];
  check_result_columns(cache_, result.columns);
  return result;
}

catalog::Expr Analyzer::live_expression(std::string_view text, const LiveScope& scope) const {
  const Timed timed(Phase::analysis);
  parser::ParsedExpression parsed = parser::parse_expression(text);
  if (parsed.error) not_simulated("the server's expression does not parse: " + parsed.error->message);
  ParseState state(cache_, settings_);
  switch (scope.scope) {
    case catalog::ExprScope::relation: add_relation_scope(state, scope.relation); break;
    case catalog::ExprScope::old_new: add_old_new_scope(state, scope.relation); break;
    case catalog::ExprScope::domain: add_value_scope(state, scope.value, scope.value_collation); break;
    default: break;
  }
  return finished(assign_expr_collations(state, transform_over(state, parsed.node, ExprKind::other)));
}

AnalyzedQuery Analyzer::live_query(std::string_view text) const {
  parser::ParseResult parsed = parser::parse(text);
  if (parsed.error) not_simulated("the server's query does not parse: " + parsed.error->message);
  return query(parsed.tree.statement());
}

}  // namespace pgplumb::engine::analyze

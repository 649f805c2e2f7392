#include "engine/ddl/expressions.h"

#include <algorithm>

#include "catalog/base/timed.h"
#include "catalog/expr_references.h"
#include "catalog/expr_walk.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/literal/literal.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_relation.h"
#include "engine/ddl/constant_parts.h"
#include "engine/ddl/resolve.h"
#include "engine/ddl/types.h"
#include "engine/evaluate/evaluate.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;
using analyze::ExprKind;
using analyze::ParseState;

[[noreturn]] void fail(const char* sqlstate, const std::string& message, int location, std::string detail = {},
                       std::string hint = {}) {
  SqlError error(sqlstate, message, std::move(detail), std::move(hint));
  error.location = location;
  throw error;
}

/// An expression that sees the columns of one relation.
class RelationExpression {
 public:
  RelationExpression(Interpreter& interpreter, Oid relation)
      : settings_(interpreter.analysis_settings()), state_(interpreter.cache(), settings_) {
    if (relation == catalog::invalid_oid) return;
    const auto item = analyze::add_relation(state_, relation, std::nullopt, false, true);
    analyze::add_item_to_query(state_, item, true, true, true);
  }

  ParseState& state() { return state_; }

  NodePtr transform(ast::Node raw, ExprKind kind) { return analyze::transform_expr(state_, raw, kind); }

  Expr condition(ast::Node raw, ExprKind kind, const char* construct) {
    NodePtr tree = analyze::coerce_to_boolean(state_, transform(raw, kind), construct);
    return make_expression(analyze::assign_expr_collations(state_, tree));
  }

 private:
  const catalog::Timed timed_{catalog::Phase::analysis};
  analyze::Settings settings_;
  ParseState state_;
};

/// The value on its way into the column: coerced as an assignment.
NodePtr coerce_default(Interpreter& interpreter, ParseState& state, NodePtr tree, const Column& column) {
  const Oid type = expr::type_of(*tree);
  NodePtr coerced = analyze::coerce_to_target_type(state, tree, type, column.type.type, column.type.typmod,
                                                   {analyze::CoercionContext::assignment});
  if (!coerced)
    fail("42804",
         "column \"" + column.name.str() + "\" is of type " + type_name(interpreter, column.type.type) +
             " but default expression is of type " + type_name(interpreter, type),
         expr::location_of(*tree), {}, "You will need to rewrite or cast the expression.");
  return analyze::assign_expr_collations(state, coerced);
}

/// A generated column may read neither another generated column nor the row that it is part of.
void check_nested_generated(const catalog::Catalog& catalog, const NodePtr& tree) {
  expr::any_node(tree, [&](const expr::Node& node) {
    const auto* variable = node.as<expr::Var>();
    if (!variable) return false;
    if (variable->attribute == 0)
      fail("42P17", "cannot use whole-row variable in column generation expression", node.location,
           "This would cause the generated column to depend on its own value.");
    const auto* column = catalog.find_as<Column>(variable->column);
    if (column && column->generated != catalog::Generated::none)
      fail("42P17", "cannot use generated column \"" + column->name.str() + "\" in column generation expression",
           node.location, "A generated column cannot reference another generated column.");
    return false;
  });
}

/// A cast between these keeps the value's text, read by the target's input function.
bool folds_through_text(Oid type) {
  namespace types = catalog::types;
  static constexpr Oid known[] = {types::int2, types::int4, types::int8,      types::numeric,     types::float4,
                                  types::text, types::varchar, types::bpchar, types::date,        types::timestamp,
                                  types::float8, types::name,  types::timestamptz, types::oid};
  return std::find(std::begin(known), std::end(known), type) != std::end(known);
}

}  // namespace

Expr make_expression(NodePtr tree) {
  Expr expression;
  for (const expr::Reference& reference : expr::references_of(tree)) expression.refs.push_back(reference.id);
  std::sort(expression.refs.begin(), expression.refs.end());
  expression.refs.erase(std::unique(expression.refs.begin(), expression.refs.end()), expression.refs.end());
  expression.tree = tree.shared();
  return expression;
}

Expr analyze_column_default(Interpreter& interpreter, const Column& column, ast::Node raw) {
  RelationExpression analysis(interpreter, column.parent.oid);
  const NodePtr tree = analysis.transform(raw, ExprKind::column_default);
  return make_expression(coerce_default(interpreter, analysis.state(), tree, column));
}

Expr analyze_generation(Interpreter& interpreter, Oid relation, const Column& column, ast::Node raw) {
  RelationExpression analysis(interpreter, relation);
  const NodePtr tree = analysis.transform(raw, ExprKind::generated_column);
  check_nested_generated(interpreter.catalog(), tree);
  const NodePtr coerced = coerce_default(interpreter, analysis.state(), tree, column);
  Expr expression = make_expression(coerced);
  compute_constant_parts(interpreter, coerced, Collations::missing);
  if (contains_mutable(interpreter, expression)) fail("42P17", "generation expression is not immutable", -1);
  return expression;
}

Expr analyze_check(Interpreter& interpreter, Oid relation, ast::Node raw) {
  return RelationExpression(interpreter, relation).condition(raw, ExprKind::check_constraint, "CHECK");
}

Expr analyze_index_expression(Interpreter& interpreter, Oid relation, ast::Node raw) {
  RelationExpression analysis(interpreter, relation);
  const NodePtr tree = analysis.transform(raw, ExprKind::index_expression);
  return make_expression(analyze::assign_expr_collations(analysis.state(), tree));
}

Expr analyze_index_predicate(Interpreter& interpreter, Oid relation, ast::Node raw) {
  return RelationExpression(interpreter, relation).condition(raw, ExprKind::index_predicate, "WHERE");
}

Expr analyze_partition_key(Interpreter& interpreter, Oid relation, ast::Node raw) {
  RelationExpression analysis(interpreter, relation);
  const NodePtr tree = analysis.transform(raw, ExprKind::partition_expression);
  return make_expression(analyze::assign_expr_collations(analysis.state(), tree));
}

NodePtr column_variable(const Column& column) {
  expr::Var variable;
  variable.rt_index = 1;
  variable.attribute = column.number;
  variable.type = column.type.type;
  variable.typmod = column.type.typmod;
  variable.collation = column.collation.oid;
  variable.column = column.oid;
  return expr::make(std::move(variable));
}

NodePtr combined(expr::BoolOp op, std::vector<NodePtr> conditions) {
  return conditions.size() == 1 ? conditions.front() : expr::make(expr::BoolExpr{op, std::move(conditions)});
}

NodePtr analyze_column_transform(Interpreter& interpreter, Oid relation, ast::Node raw) {
  return RelationExpression(interpreter, relation).transform(raw, ExprKind::alter_column_transform);
}

NodePtr coerce_column_transform(Interpreter& interpreter, const Column& column, NodePtr tree, TypeRef target) {
  RelationExpression analysis(interpreter, column.parent.oid);
  const bool has_using = static_cast<bool>(tree);
  if (!tree) tree = column_variable(column);
  const NodePtr coerced = analyze::coerce_to_target_type(analysis.state(), tree, expr::type_of(*tree), target.type,
                                                         target.typmod, {analyze::CoercionContext::assignment});
  if (!coerced) {
    const std::string name = type_name(interpreter, target.type);
    if (has_using)
      fail("42804",
           "result of USING clause for column \"" + column.name.str() + "\" cannot be cast automatically to type " + name,
           -1, {}, "You might need to add an explicit cast.");
    fail("42804", "column \"" + column.name.str() + "\" cannot be cast automatically to type " + name, -1, {},
         "You might need to specify \"USING " + catalog::quote_identifier(column.name.view()) + "::" +
             type_name(interpreter, target) + "\".");
  }
  return analyze::assign_expr_collations(analysis.state(), coerced);
}

NodePtr fold_constant(Interpreter& interpreter, const NodePtr& tree) {
  if (!tree || tree->is<expr::Const>()) return tree;
  const auto* call = expr::as<expr::FuncExpr>(tree);
  const auto* relabel = expr::as<expr::RelabelType>(tree);
  NodePtr argument;
  if (relabel) argument = fold_constant(interpreter, relabel->arg);
  if (call && call->form == expr::CoercionForm::implicit_cast && !call->args.empty())
    argument = fold_constant(interpreter, call->args.front());
  const auto* value = expr::as<expr::Const>(argument);
  if (!value || !folds_through_text(value->type) || !folds_through_text(expr::type_of(*tree)))
    return {};
  if (expr::typmod_of(*tree) >= 0 && !analyze::takes_modifier(expr::type_of(*tree))) return {};
  expr::Const folded = *value;
  folded.type = expr::type_of(*tree);
  folded.typmod = expr::typmod_of(*tree);
  folded.collation = expr::collation_of(*tree);
  if (value->value && call) {
    const auto text = analyze::literal_in(interpreter.cache(), interpreter.analysis_settings(), folded.type,
                                          folded.typmod, *value->value);
    folded.value = text.text;
    folded.certain = text.certain && value->certain;
  }
  return expr::make(std::move(folded), tree->location);
}

void check_expression(Interpreter& interpreter, ast::Node raw) {
  RelationExpression(interpreter, catalog::invalid_oid).transform(raw, ExprKind::select_target);
}

evaluate::Value evaluated(Interpreter& interpreter, const NodePtr& tree) {
  try {
    return evaluate::evaluate(interpreter, tree);
  } catch (const NotSimulated& limit) {
    return evaluate::Value::unknown(expr::type_of(*tree), limit.what());
  }
}

// evaluate_expr of optimizer/util/clauses.c.
expr::Const computed_constant(Interpreter& interpreter, const NodePtr& tree) {
  if (const auto* constant = expr::as<expr::Const>(tree)) return *constant;
  const evaluate::Value value = evaluated(interpreter, tree);
  if (value.is_unknown()) {
    const NodePtr folded = fold_constant(interpreter, tree);
    if (const auto* constant = expr::as<expr::Const>(folded)) return *constant;
    throw NotSimulated("a partition bound that has to be computed: " + value.text);
  }
  expr::Const constant;
  constant.type = expr::type_of(*tree);
  constant.typmod = expr::typmod_of(*tree);
  constant.collation = expr::collation_of(*tree);
  if (value.is_known()) constant.value = value.text;
  return constant;
}

NodePtr analyze_bound_value(Interpreter& interpreter, ast::Node raw, const BoundKey& key) {
  RelationExpression analysis(interpreter, catalog::invalid_oid);
  NodePtr tree = analysis.transform(raw, ExprKind::partition_bound);
  const int location = expr::location_of(*tree);
  tree = analyze::coerce_to_target_type(analysis.state(), tree, expr::type_of(*tree), key.type.type, key.type.typmod,
                                        {analyze::CoercionContext::assignment});
  if (!tree)
    fail("42804",
         "specified value cannot be cast to type " + type_name(interpreter, key.type.type) + " for column \"" +
             key.name + "\"",
         location);
  expr::Const value = computed_constant(interpreter, analyze::assign_expr_collations(analysis.state(), tree));
  value.collation = key.collation;
  value.typmod = key.type.typmod;
  return expr::make(std::move(value), location);
}

}  // namespace pgplumb::engine::ddl

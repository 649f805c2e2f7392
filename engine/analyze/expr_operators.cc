// Operators, IN, BETWEEN, IS DISTINCT FROM and row comparisons.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "catalog/expr_walk.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/vars.h"

namespace pgplumb::engine::analyze {

using expr::as;
using expr::make;
using expr::type_of;

namespace {

constexpr Oid btree_am = 403;
constexpr int strategy_equal = 3, strategy_not_equal = 6;  // BTEqualStrategyNumber, ROWCOMPARE_NE

bool is_null_const(ast::Node node) {
  auto constant = node.as<ast::A_Const>();
  return constant && constant.isnull();
}

NodePtr transform_op(ParseState& state, OperatorName name, ast::Node left, ast::Node right, int location) {
  NodePtr last_srf = state.last_srf;
  if (left && left.is<ast::RowExpr>() && right.is<ast::RowExpr>()) {
    NodePtr left_row = transform_expr_recurse(state, left);
    NodePtr right_row = transform_expr_recurse(state, right);
    return make_row_comparison(state, name, as<expr::RowExpr>(left_row)->args, as<expr::RowExpr>(right_row)->args,
                               location);
  }
  NodePtr left_node = left ? transform_expr_recurse(state, left) : nullptr;
  NodePtr right_node = transform_expr_recurse(state, right);
  return make_op(state, name, std::move(left_node), std::move(right_node), last_srf, location);
}

NodePtr make_distinct(ParseState& state, OperatorName name, NodePtr left, NodePtr right, int location) {
  NodePtr op = make_op(state, name, std::move(left), std::move(right), state.last_srf, location);
  const auto* call = as<expr::OpExpr>(op);
  if (call->type != types::bool_) {
    fail(errcode::datatype_mismatch, "IS DISTINCT FROM requires = operator to yield boolean", location);
  }
  if (call->returns_set) {
    fail(errcode::datatype_mismatch, "IS DISTINCT FROM must not return a set", location);
  }
  expr::DistinctExpr result;
  result.op = call->op;
  result.function = call->function;
  result.type = call->type;
  result.args = call->args;
  return make(std::move(result), location);
}

NodePtr make_row_distinct(ParseState& state, OperatorName name, const expr::RowExpr& left, const expr::RowExpr& right,
                          int location) {
  if (left.args.size() != right.args.size()) {
    fail(errcode::syntax_error, "unequal number of entries in row expressions", location);
  }
  NodePtr result;
  for (std::size_t i = 0; i < left.args.size(); ++i) {
    NodePtr one = make_distinct(state, name, left.args[i], right.args[i], location);
    result = result ? make_bool_expr(expr::BoolOp::or_op, {result, one}, location) : one;
  }
  return result ? result : make_bool_const(false, location);
}

NodePtr null_test_from_distinct(ParseState& state, ast::A_Expr node, ast::Node arg) {
  expr::NullTest result;
  result.arg = transform_expr_recurse(state, arg);
  result.is_null = node.kind() == ast::A_Expr_Kind::AEXPR_NOT_DISTINCT;
  return make(std::move(result), node.location());
}

NodePtr transform_distinct(ParseState& state, ast::A_Expr node) {
  if (is_null_const(node.rexpr())) return null_test_from_distinct(state, node, node.lexpr());
  if (is_null_const(node.lexpr())) return null_test_from_distinct(state, node, node.rexpr());
  NodePtr left = transform_expr_recurse(state, node.lexpr());
  NodePtr right = transform_expr_recurse(state, node.rexpr());
  OperatorName name = operator_name(node.name());
  const auto* left_row = as<expr::RowExpr>(left);
  const auto* right_row = as<expr::RowExpr>(right);
  NodePtr result = left_row && right_row ? make_row_distinct(state, name, *left_row, *right_row, node.location())
                                         : make_distinct(state, name, left, right, node.location());
  if (node.kind() != ast::A_Expr_Kind::AEXPR_NOT_DISTINCT) return result;
  return make_bool_expr(expr::BoolOp::not_op, {result}, node.location());
}

NodePtr transform_null_if(ParseState& state, ast::A_Expr node) {
  NodePtr last_srf = state.last_srf;
  NodePtr left = transform_expr_recurse(state, node.lexpr());
  NodePtr right = transform_expr_recurse(state, node.rexpr());
  NodePtr op = make_op(state, operator_name(node.name()), left, right, last_srf, node.location());
  const auto* call = as<expr::OpExpr>(op);
  if (call->type != types::bool_) {
    fail(errcode::datatype_mismatch, "NULLIF requires = operator to yield boolean", node.location());
  }
  if (call->returns_set) fail(errcode::datatype_mismatch, "NULLIF must not return a set", node.location());
  expr::NullIfExpr result;
  result.op = call->op;
  result.function = call->function;
  result.args = call->args;
  result.type = type_of(*result.args.front());
  return make(std::move(result), node.location());
}

NodePtr transform_any_all(ParseState& state, ast::A_Expr node, bool use_or) {
  NodePtr left = transform_expr_recurse(state, node.lexpr());
  NodePtr right = transform_expr_recurse(state, node.rexpr());
  return make_scalar_array_op(state, operator_name(node.name()), use_or, left, right, node.location());
}

// The items that name no column of this query become one array, if they and the left side have a common type.
NodePtr in_array(ParseState& state, ast::A_Expr node, bool use_or, const NodePtr& left,
                 const std::vector<NodePtr>& items) {
  if (items.size() < 2) return nullptr;
  std::vector<NodePtr> all{left};
  all.insert(all.end(), items.begin(), items.end());
  Oid scalar = select_common_type(state, all, "");
  if (scalar == invalid_oid || scalar == types::record || !verify_common_type(state.cache, scalar, all)) return nullptr;
  expr::ArrayExpr array;
  array.array_type = array_type(state.cache, scalar);
  if (array.array_type == invalid_oid) return nullptr;
  array.element_type = scalar;
  for (const NodePtr& item : items) array.elements.push_back(coerce_to_common_type(state, item, scalar, "IN"));
  return make_scalar_array_op(state, operator_name(node.name()), use_or, left, make(std::move(array)),
                              node.location());
}

NodePtr in_comparison(ParseState& state, ast::A_Expr node, const NodePtr& left, const NodePtr& item) {
  OperatorName name = operator_name(node.name());
  const auto* left_row = as<expr::RowExpr>(left);
  const auto* item_row = as<expr::RowExpr>(item);
  if (left_row && item_row) {
    return make_row_comparison(state, name, left_row->args, item_row->args, node.location());
  }
  return make_op(state, name, left, item, state.last_srf, node.location());
}

NodePtr transform_in(ParseState& state, ast::A_Expr node) {
  bool use_or = operator_name(node.name()).name != "<>";
  NodePtr left = transform_expr_recurse(state, node.lexpr());
  std::vector<NodePtr> all, with_vars, without_vars;
  for (ast::Node item : node.rexpr().items()) {
    NodePtr transformed = transform_expr_recurse(state, item);
    all.push_back(transformed);
    (contains_vars_of_level(transformed, 0) ? with_vars : without_vars).push_back(transformed);
  }
  NodePtr result = in_array(state, node, use_or, left, without_vars);
  for (const NodePtr& item : result ? with_vars : all) {
    NodePtr comparison = coerce_to_boolean(state, in_comparison(state, node, left, item), "IN");
    expr::BoolOp op = use_or ? expr::BoolOp::or_op : expr::BoolOp::and_op;
    result = result ? make_bool_expr(op, {result, comparison}, node.location()) : comparison;
  }
  return result;
}

class Between {
 public:
  Between(ParseState& state, ast::A_Expr node)
      : state_(state), value_(node.lexpr()), low_(node.rexpr().items()[0]), high_(node.rexpr().items()[1]),
        location_(node.location()) {}

  NodePtr inside() { return both(expr::BoolOp::and_op, {">=", low_}, {"<=", high_}); }
  NodePtr outside() { return both(expr::BoolOp::or_op, {"<", low_}, {">", high_}); }
  NodePtr inside_symmetric() {
    NodePtr one = inside();
    NodePtr other = both(expr::BoolOp::and_op, {">=", high_}, {"<=", low_});
    return make_bool_expr(expr::BoolOp::or_op, {one, other}, location_);
  }
  NodePtr outside_symmetric() {
    NodePtr one = outside();
    NodePtr other = both(expr::BoolOp::or_op, {"<", high_}, {">", low_});
    return make_bool_expr(expr::BoolOp::and_op, {one, other}, location_);
  }

 private:
  struct Bound {
    std::string_view op;
    ast::Node value;
  };
  NodePtr compare(Bound bound, expr::BoolOp within) {
    NodePtr result = transform_op(state_, {{}, bound.op}, value_, bound.value, location_);
    return coerce_to_boolean(state_, result, within == expr::BoolOp::and_op ? "AND" : "OR");
  }
  NodePtr both(expr::BoolOp op, Bound first, Bound second) {
    NodePtr a = compare(first, op);
    NodePtr b = compare(second, op);
    return make_bool_expr(op, {a, b}, location_);
  }

  ParseState& state_;
  ast::Node value_, low_, high_;
  int location_;
};

/// Strategy numbers that an operator has in btree families: get_op_btree_interpretation.
using Interpretations = std::multimap<int, Oid>;  // strategy to family

Interpretations btree_interpretations(const Syscache& cache, Oid op) {
  Interpretations found;
  for (const AmopRow& row : cache.amops_of_operator(op)) {
    if (row.access_method == btree_am) found.emplace(row.strategy, row.family);
  }
  const OperatorRow* row = cache.op(op);
  if (!found.empty() || !row || row->negator == invalid_oid) return found;
  for (const AmopRow& negator : cache.amops_of_operator(row->negator)) {
    if (negator.access_method == btree_am && negator.strategy == strategy_equal) {
      found.emplace(strategy_not_equal, negator.family);
    }
  }
  return found;
}

int common_strategy(const std::vector<Interpretations>& all) {
  for (int strategy = 1; strategy <= strategy_not_equal; ++strategy) {
    bool everywhere = std::all_of(all.begin(), all.end(),
                                  [strategy](const Interpretations& one) { return one.count(strategy) > 0; });
    if (everywhere) return strategy;
  }
  return 0;
}

NodePtr compare_entries(ParseState& state, OperatorName name, const NodePtr& left, const NodePtr& right, int location) {
  NodePtr op = make_op(state, name, left, right, state.last_srf, location);
  const auto* call = as<expr::OpExpr>(op);
  if (call->type != types::bool_) {
    fail(errcode::datatype_mismatch,
         fmt::format("row comparison operator must yield type boolean, not type {}",
                     format_type(state.cache, call->type)),
         location);
  }
  if (expression_returns_set(op)) {
    fail(errcode::datatype_mismatch, "row comparison operator must not return a set", location);
  }
  return op;
}

NodePtr row_compare(const std::vector<NodePtr>& ops, const std::vector<Interpretations>& meanings, int strategy) {
  expr::RowCompareExpr result;
  result.kind = static_cast<expr::RowCompareKind>(strategy - 1);
  for (std::size_t i = 0; i < ops.size(); ++i) {
    const auto* call = as<expr::OpExpr>(ops[i]);
    result.ops.push_back(call->op);
    result.op_families.push_back(meanings[i].find(strategy)->second);
    result.left.push_back(call->args[0]);
    result.right.push_back(call->args[1]);
  }
  return make(std::move(result));
}

}  // namespace

NodePtr make_bool_expr(expr::BoolOp op, std::vector<NodePtr> args, int location) {
  expr::BoolExpr result;
  result.op = op;
  result.args = std::move(args);
  return make(std::move(result), location);
}

NodePtr make_row_comparison(ParseState& state, OperatorName name, const std::vector<NodePtr>& left,
                            const std::vector<NodePtr>& right, int location) {
  if (left.size() != right.size()) {
    fail(errcode::syntax_error, "unequal number of entries in row expressions", location);
  }
  if (left.empty()) fail(errcode::feature_not_supported, "cannot compare rows of zero length", location);
  std::vector<NodePtr> ops;
  std::vector<Interpretations> meanings;
  for (std::size_t i = 0; i < left.size(); ++i) {
    ops.push_back(compare_entries(state, name, left[i], right[i], location));
  }
  if (ops.size() == 1) return ops.front();
  for (const NodePtr& op : ops) meanings.push_back(btree_interpretations(state.cache, as<expr::OpExpr>(op)->op));
  int strategy = common_strategy(meanings);
  if (strategy == 0) {
    fail(errcode::feature_not_supported,
         fmt::format("could not determine interpretation of row comparison operator {}", name.name), location, {},
         "Row comparison operators must be associated with btree operator families.");
  }
  if (strategy == strategy_equal) return make_bool_expr(expr::BoolOp::and_op, std::move(ops), location);
  if (strategy == strategy_not_equal) return make_bool_expr(expr::BoolOp::or_op, std::move(ops), location);
  return row_compare(ops, meanings, strategy);
}

NodePtr transform_bool_expr(ParseState& state, ast::BoolExpr node) {
  expr::BoolOp op = expr::BoolOp::and_op;
  const char* name = "AND";
  if (node.boolop() == ast::BoolExprType::OR_EXPR) op = expr::BoolOp::or_op, name = "OR";
  if (node.boolop() == ast::BoolExprType::NOT_EXPR) op = expr::BoolOp::not_op, name = "NOT";
  std::vector<NodePtr> args;
  for (ast::Node arg : node.args()) {
    args.push_back(coerce_to_boolean(state, transform_expr_recurse(state, arg), name));
  }
  return make_bool_expr(op, std::move(args), node.location());
}

NodePtr transform_a_expr(ParseState& state, ast::A_Expr node) {
  using Kind = ast::A_Expr_Kind;
  switch (node.kind()) {
    case Kind::AEXPR_OP_ANY: return transform_any_all(state, node, true);
    case Kind::AEXPR_OP_ALL: return transform_any_all(state, node, false);
    case Kind::AEXPR_DISTINCT:
    case Kind::AEXPR_NOT_DISTINCT: return transform_distinct(state, node);
    case Kind::AEXPR_NULLIF: return transform_null_if(state, node);
    case Kind::AEXPR_IN: return transform_in(state, node);
    case Kind::AEXPR_BETWEEN: return Between(state, node).inside();
    case Kind::AEXPR_NOT_BETWEEN: return Between(state, node).outside();
    case Kind::AEXPR_BETWEEN_SYM: return Between(state, node).inside_symmetric();
    case Kind::AEXPR_NOT_BETWEEN_SYM: return Between(state, node).outside_symmetric();
    default: break;
  }
  auto sublink = node.rexpr().as<ast::SubLink>();
  if (node.lexpr() && node.lexpr().is<ast::RowExpr>() && sublink &&
      sublink.sub_link_type() == ast::SubLinkType::EXPR_SUBLINK) {
    return transform_row_compare_sub_link(state, sublink, node);
  }
  return transform_op(state, operator_name(node.name()), node.lexpr(), node.rexpr(), node.location());
}

}  // namespace pgplumb::engine::analyze

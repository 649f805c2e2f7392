// Subqueries within expressions.
#include <fmt/format.h>

#include "engine/analyze/analyze.h"
#include "engine/analyze/expr_kinds.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_expr.h"

namespace pgplumb::engine::analyze {

using expr::as;
using expr::make;

namespace {

std::vector<const expr::TargetEntry*> output_columns(const expr::Query& query) {
  std::vector<const expr::TargetEntry*> columns;
  for (const expr::TargetEntry& target : query.targets) {
    if (!target.junk) columns.push_back(&target);
  }
  return columns;
}

QueryPtr analyze_sub_select(ParseState& state, ast::SubLink node) {
  state.has_sublinks = true;
  check_sublink_allowed(state.expr_kind, node.location());
  QueryPtr query = analyze_subquery(state, node.subselect());
  if (query->command != expr::CommandType::select) {
    not_simulated("a subquery that is no SELECT", node.location());
  }
  return query;
}

// Scalar and array subqueries have one column, which gives them their type.
void set_value_type(ParseState& state, expr::SubLink& link, int location) {
  auto columns = output_columns(*link.query);
  if (columns.size() != 1) fail(errcode::syntax_error, "subquery must return only one column", location);
  state.sub_link_columns[location] = columns.front()->name;
  const expr::Node& column = *columns.front()->expr;
  link.type = expr::type_of(column);
  link.typmod = expr::typmod_of(column);
  link.collation = expr::collation_of(column);
  if (link.kind != expr::SubLinkKind::array) return;
  Oid array = promoted_array_type(state.cache, link.type);
  if (array == invalid_oid) {
    fail(errcode::undefined_object,
         fmt::format("could not find array type for data type {}", format_type(state.cache, link.type)), location);
  }
  link.type = array;
}

std::vector<NodePtr> column_params(const expr::Query& query, int location) {
  std::vector<NodePtr> params;
  for (const expr::TargetEntry* column : output_columns(query)) {
    expr::SubLinkParam param;
    param.id = column->resno;
    param.type = expr::type_of(*column->expr);
    param.typmod = expr::typmod_of(*column->expr);
    param.collation = expr::collation_of(*column->expr);
    params.push_back(make(std::move(param), location));
  }
  return params;
}

NodePtr finish_comparison(ParseState& state, expr::SubLink link, OperatorName name, ast::Node test, int location) {
  NodePtr left = transform_expr_recurse(state, test);
  const auto* row = as<expr::RowExpr>(left);
  std::vector<NodePtr> left_list = row ? row->args : std::vector<NodePtr>{left};
  std::vector<NodePtr> right_list = column_params(*link.query, -1);
  if (left_list.size() < right_list.size()) {
    fail(errcode::syntax_error, "subquery has too many columns", location);
  }
  if (left_list.size() > right_list.size()) fail(errcode::syntax_error, "subquery has too few columns", location);
  link.test = make_row_comparison(state, name, left_list, right_list, location);
  link.op = name.to_string();
  link.type = types::bool_;
  return make(std::move(link), location);
}

expr::SubLinkKind sublink_kind(ast::SubLinkType type) {
  switch (type) {
    case ast::SubLinkType::ALL_SUBLINK: return expr::SubLinkKind::all;
    case ast::SubLinkType::ANY_SUBLINK: return expr::SubLinkKind::any;
    case ast::SubLinkType::EXPR_SUBLINK: return expr::SubLinkKind::expr;
    case ast::SubLinkType::ARRAY_SUBLINK: return expr::SubLinkKind::array;
    default: return expr::SubLinkKind::exists;
  }
}

}  // namespace

NodePtr transform_sub_link(ParseState& state, ast::SubLink node) {
  expr::SubLink link;
  link.kind = sublink_kind(node.sub_link_type());
  link.query = analyze_sub_select(state, node);
  switch (link.kind) {
    case expr::SubLinkKind::exists: link.type = types::bool_; break;
    case expr::SubLinkKind::expr:
    case expr::SubLinkKind::array: set_value_type(state, link, node.location()); break;
    default: {
      OperatorName name = node.oper_name().empty() ? OperatorName{{}, "="} : operator_name(node.oper_name());
      return finish_comparison(state, std::move(link), name, node.testexpr(), node.location());
    }
  }
  return make(std::move(link), node.location());
}

NodePtr transform_row_compare_sub_link(ParseState& state, ast::SubLink node, ast::A_Expr comparison) {
  expr::SubLink link;
  link.kind = expr::SubLinkKind::row_compare;
  link.query = analyze_sub_select(state, node);
  return finish_comparison(state, std::move(link), operator_name(comparison.name()), comparison.lexpr(),
                           comparison.location());
}

}  // namespace pgplumb::engine::analyze

// CASE, ARRAY, ROW, COALESCE, GREATEST and the functions without parentheses.
#include <fmt/format.h>

#include <algorithm>

#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_expr.h"

namespace pgplumb::engine::analyze {

using expr::make;
using expr::type_of;

namespace {

constexpr std::size_t max_row_entries = 1664;  // MaxTupleAttributeNumber
constexpr std::int32_t max_time_digits = 6;

NodePtr case_argument(ParseState& state, ast::Node node) {
  if (!node) return nullptr;
  NodePtr arg = transform_expr_recurse(state, node);
  if (type_of(*arg) == types::unknown) arg = coerce_to_common_type(state, arg, types::text, "CASE");
  return assign_expr_collations(state, arg);
}

NodePtr placeholder_for(const NodePtr& arg) {
  expr::CaseTestExpr test;
  test.type = type_of(*arg);
  test.typmod = expr::typmod_of(*arg);
  test.collation = expr::collation_of(*arg);
  return make(std::move(test));
}

NodePtr when_condition(ParseState& state, const NodePtr& arg, ast::CaseWhen when) {
  NodePtr condition;
  if (arg) {
    NodePtr last_srf = state.last_srf;
    NodePtr value = transform_expr_recurse(state, when.expr());
    condition = make_op(state, {{}, "="}, placeholder_for(arg), value, last_srf, when.location());
  } else {
    condition = transform_expr_recurse(state, when.expr());
  }
  return coerce_to_boolean(state, condition, "CASE/WHEN");
}

std::vector<NodePtr> array_elements(ParseState& state, ast::A_ArrayExpr node, Oid array_type, Oid element_type,
                                    std::int32_t typmod, bool& multi_dimensional) {
  std::vector<NodePtr> elements;
  for (ast::Node item : node.elements()) {
    if (auto inner = item.as<ast::A_ArrayExpr>()) {
      elements.push_back(transform_array(state, inner, array_type, element_type, typmod));
      multi_dimensional = true;
      continue;
    }
    elements.push_back(transform_expr_recurse(state, item));
    Oid type = type_of(*elements.back());
    bool is_vector = type == types::int2vector || type == types::oidvector;
    if (!is_vector && analyze::element_type(state.cache, type) != invalid_oid) multi_dimensional = true;
  }
  return elements;
}

void choose_array_type(ParseState& state, expr::ArrayExpr& array, int location) {
  if (array.elements.empty()) {
    fail(errcode::indeterminate_datatype, "cannot determine type of empty array", location, {},
         "Explicitly cast to the desired type, for example ARRAY[]::integer[].");
  }
  Oid common = select_common_type(state, array.elements, "ARRAY");
  array.array_type = array.multi_dimensional ? common : array_type(state.cache, common);
  array.element_type = array.multi_dimensional ? element_type(state.cache, common) : common;
  if (array.element_type == invalid_oid) {
    fail(errcode::undefined_object,
         fmt::format("could not find element type for data type {}", format_type(state.cache, common)), location);
  }
  if (array.array_type == invalid_oid) {
    fail(errcode::undefined_object,
         fmt::format("could not find array type for data type {}", format_type(state.cache, common)), location);
  }
}

NodePtr cast_element(ParseState& state, const NodePtr& element, Oid target, std::int32_t typmod) {
  Oid input = type_of(*element);
  NodePtr result = coerce_to_target_type(state, element, input, target, typmod,
                                         {CoercionContext::explicit_, CoercionForm::explicit_cast, -1});
  if (result) return result;
  fail(errcode::cannot_coerce,
       fmt::format("cannot cast type {} to {}", format_type(state.cache, input), format_type(state.cache, target)),
       location_of(element));
}

struct ValueFunctionForm {
  expr::SqlValueOp op;
  Oid type;
  bool has_typmod;
};

ValueFunctionForm value_function_form(ast::SQLValueFunctionOp op) {
  using Op = ast::SQLValueFunctionOp;
  using expr::SqlValueOp;
  switch (op) {
    case Op::SVFOP_CURRENT_TIME: return {SqlValueOp::current_time, types::timetz, false};
    case Op::SVFOP_CURRENT_TIME_N: return {SqlValueOp::current_time_n, types::timetz, true};
    case Op::SVFOP_CURRENT_TIMESTAMP: return {SqlValueOp::current_timestamp, types::timestamptz, false};
    case Op::SVFOP_CURRENT_TIMESTAMP_N: return {SqlValueOp::current_timestamp_n, types::timestamptz, true};
    case Op::SVFOP_LOCALTIME: return {SqlValueOp::localtime, types::time, false};
    case Op::SVFOP_LOCALTIME_N: return {SqlValueOp::localtime_n, types::time, true};
    case Op::SVFOP_LOCALTIMESTAMP: return {SqlValueOp::localtimestamp, types::timestamp, false};
    case Op::SVFOP_LOCALTIMESTAMP_N: return {SqlValueOp::localtimestamp_n, types::timestamp, true};
    case Op::SVFOP_CURRENT_ROLE: return {SqlValueOp::current_role, types::name, false};
    case Op::SVFOP_CURRENT_USER: return {SqlValueOp::current_user, types::name, false};
    case Op::SVFOP_USER: return {SqlValueOp::user, types::name, false};
    case Op::SVFOP_SESSION_USER: return {SqlValueOp::session_user, types::name, false};
    case Op::SVFOP_CURRENT_CATALOG: return {SqlValueOp::current_catalog, types::name, false};
    case Op::SVFOP_CURRENT_SCHEMA: return {SqlValueOp::current_schema, types::name, false};
    default: return {SqlValueOp::current_date, types::date, false};
  }
}

void check_fraction(const ValueFunctionForm& form, std::int32_t typmod, int location) {
  if (!form.has_typmod || typmod >= 0) return;
  bool is_time = form.type == types::time || form.type == types::timetz;
  bool zoned = form.type == types::timetz || form.type == types::timestamptz;
  fail(errcode::invalid_parameter_value,
       fmt::format("{}({}){} precision must not be negative", is_time ? "TIME" : "TIMESTAMP", typmod,
                   zoned ? " WITH TIME ZONE" : ""),
       location);
}

}  // namespace

NodePtr transform_case(ParseState& state, ast::CaseExpr node) {
  NodePtr last_srf = state.last_srf;
  expr::CaseExpr result;
  result.arg = case_argument(state, node.arg());
  std::vector<NodePtr> results{nullptr};
  for (ast::Node item : node.args()) {
    auto when = item.as<ast::CaseWhen>();
    expr::CaseWhen out;
    out.condition = when_condition(state, result.arg, when);
    out.result = transform_expr_recurse(state, when.result());
    results.push_back(out.result);
    result.whens.push_back(std::move(out));
  }
  result.otherwise = node.defresult() ? transform_expr_recurse(state, node.defresult())
                                      : make_null_const(types::unknown);
  results.front() = result.otherwise;
  result.type = select_common_type(state, results, "CASE");
  result.otherwise = coerce_to_common_type(state, result.otherwise, result.type, "CASE/ELSE");
  for (expr::CaseWhen& when : result.whens) {
    when.result = coerce_to_common_type(state, when.result, result.type, "CASE/WHEN");
  }
  check_no_new_srf(state, last_srf, "CASE");
  return make(std::move(result), node.location());
}

NodePtr transform_array(ParseState& state, ast::A_ArrayExpr node, Oid array_type, Oid element_type,
                        std::int32_t typmod) {
  expr::ArrayExpr array;
  array.elements = array_elements(state, node, array_type, element_type, typmod, array.multi_dimensional);
  bool declared = array_type != invalid_oid;
  array.array_type = array_type;
  array.element_type = element_type;
  if (!declared) choose_array_type(state, array, node.location());
  Oid target = array.multi_dimensional ? array.array_type : array.element_type;
  for (NodePtr& element : array.elements) {
    element = declared ? cast_element(state, element, target, typmod)
                       : coerce_to_common_type(state, element, target, "ARRAY");
  }
  return make(std::move(array), node.location());
}

NodePtr transform_row(ParseState& state, ast::RowExpr node, bool allow_default) {
  expr::RowExpr row;
  row.args = transform_expression_list(state, node.args(), state.expr_kind, allow_default);
  if (row.args.size() > max_row_entries) {
    fail(errcode::too_many_columns, fmt::format("ROW expressions can have at most {} entries", max_row_entries),
         node.location());
  }
  row.type = types::record;
  row.form = node.row_format() == ast::CoercionForm::COERCE_IMPLICIT_CAST ? CoercionForm::implicit_cast
                                                                         : CoercionForm::explicit_call;
  for (std::size_t i = 0; i < row.args.size(); ++i) row.column_names.push_back(fmt::format("f{}", i + 1));
  return make(std::move(row), node.location());
}

NodePtr transform_coalesce(ParseState& state, ast::CoalesceExpr node) {
  NodePtr last_srf = state.last_srf;
  expr::CoalesceExpr result;
  for (ast::Node arg : node.args()) result.args.push_back(transform_expr_recurse(state, arg));
  result.type = select_common_type(state, result.args, "COALESCE");
  for (NodePtr& arg : result.args) arg = coerce_to_common_type(state, arg, result.type, "COALESCE");
  check_no_new_srf(state, last_srf, "COALESCE");
  return make(std::move(result), node.location());
}

NodePtr transform_min_max(ParseState& state, ast::MinMaxExpr node) {
  expr::MinMaxExpr result;
  bool greatest = node.op() == ast::MinMaxOp::IS_GREATEST;
  const char* name = greatest ? "GREATEST" : "LEAST";
  result.op = greatest ? expr::MinMaxOp::greatest : expr::MinMaxOp::least;
  for (ast::Node arg : node.args()) result.args.push_back(transform_expr_recurse(state, arg));
  result.type = select_common_type(state, result.args, name);
  for (NodePtr& arg : result.args) arg = coerce_to_common_type(state, arg, result.type, name);
  return make(std::move(result), node.location());
}

NodePtr transform_sql_value_function(ParseState& state, ast::SQLValueFunction node) {
  ValueFunctionForm form = value_function_form(node.op());
  check_fraction(form, node.typmod(), node.location());
  expr::SQLValueFunction result;
  result.op = form.op;
  result.type = form.type;
  result.typmod = form.has_typmod ? std::min(node.typmod(), max_time_digits) : -1;
  result.collation = type_collation(state.cache, form.type);
  return make(std::move(result), node.location());
}

}  // namespace pgplumb::engine::analyze

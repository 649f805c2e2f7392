#include "engine/analyze/json_behavior.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "catalog/expr_walk.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/vars.h"

namespace pgplumb::engine::analyze {

using expr::JsonBehaviorKind;
using expr::JsonExprOp;
using expr::make;
using expr::type_of;

namespace {

JsonBehaviorKind behavior_kind(ast::JsonBehaviorType type) {
  switch (type) {
    case ast::JsonBehaviorType::JSON_BEHAVIOR_ERROR: return JsonBehaviorKind::error;
    case ast::JsonBehaviorType::JSON_BEHAVIOR_EMPTY: return JsonBehaviorKind::empty;
    case ast::JsonBehaviorType::JSON_BEHAVIOR_TRUE: return JsonBehaviorKind::true_value;
    case ast::JsonBehaviorType::JSON_BEHAVIOR_FALSE: return JsonBehaviorKind::false_value;
    case ast::JsonBehaviorType::JSON_BEHAVIOR_UNKNOWN: return JsonBehaviorKind::unknown;
    case ast::JsonBehaviorType::JSON_BEHAVIOR_EMPTY_ARRAY: return JsonBehaviorKind::empty_array;
    case ast::JsonBehaviorType::JSON_BEHAVIOR_EMPTY_OBJECT: return JsonBehaviorKind::empty_object;
    case ast::JsonBehaviorType::JSON_BEHAVIOR_DEFAULT: return JsonBehaviorKind::default_value;
    default: return JsonBehaviorKind::null;
  }
}

/// What one function allows, as the detail of its refusal puts it.
struct Allowed {
  std::span<const JsonBehaviorKind> kinds;
  std::string_view words;
  std::string_view column_words;  // where it is a column of JSON_TABLE
};

Allowed allowed_for(JsonExprOp op) {
  static constexpr JsonBehaviorKind exists[] = {JsonBehaviorKind::error, JsonBehaviorKind::true_value,
                                                JsonBehaviorKind::false_value, JsonBehaviorKind::unknown};
  static constexpr JsonBehaviorKind query[] = {JsonBehaviorKind::error,       JsonBehaviorKind::null,
                                               JsonBehaviorKind::empty,       JsonBehaviorKind::empty_array,
                                               JsonBehaviorKind::empty_object, JsonBehaviorKind::default_value};
  static constexpr JsonBehaviorKind value[] = {JsonBehaviorKind::error, JsonBehaviorKind::null,
                                               JsonBehaviorKind::default_value};
  switch (op) {
    case JsonExprOp::exists: return {exists, "ERROR, TRUE, FALSE, or UNKNOWN", "EXISTS"};
    case JsonExprOp::query:
      return {query, "ERROR, NULL, EMPTY ARRAY, EMPTY OBJECT, or DEFAULT expression", "formatted"};
    case JsonExprOp::value: return {value, "ERROR, NULL, or DEFAULT expression", "scalar"};
    case JsonExprOp::table: break;
  }
  return {};
}

std::string_view function_of(JsonExprOp op) {
  return op == JsonExprOp::exists ? "JSON_EXISTS()" : op == JsonExprOp::query ? "JSON_QUERY()" : "JSON_VALUE()";
}

// GetJsonBehaviorConst
NodePtr constant_of(JsonBehaviorKind kind, int location) {
  expr::Const constant;
  constant.type = types::jsonb;
  switch (kind) {
    case JsonBehaviorKind::empty_array: constant.value = "[]"; break;
    case JsonBehaviorKind::empty_object: constant.value = "{}"; break;
    case JsonBehaviorKind::true_value: return make_bool_const(true, location);
    case JsonBehaviorKind::false_value: return make_bool_const(false, location);
    default: constant.type = types::int4; break;
  }
  return make(std::move(constant), location);
}

// ValidJsonBehaviorDefaultExpr
bool is_valid_default(const NodePtr& node) {
  if (!node) return false;
  if (node->is<expr::Const>() || node->is<expr::FuncExpr>() || node->is<expr::OpExpr>()) return true;
  const bool passes_on = node->is<expr::CoerceViaIO>() || node->is<expr::CoerceToDomain>() ||
                         node->is<expr::ArrayCoerceExpr>() || node->is<expr::ConvertRowtypeExpr>() ||
                         node->is<expr::RelabelType>() || node->is<expr::CollateExpr>();
  if (!passes_on) return false;
  bool valid = false;
  expr::walk(*node, {[&](const NodePtr& part) { valid = valid || is_valid_default(part); }, {}});
  return valid;
}

NodePtr default_value(ParseState& state, ast::JsonBehavior behavior) {
  NodePtr value = transform_expr_recurse(state, behavior.expr());
  if (!is_valid_default(value))
    fail(errcode::datatype_mismatch,
         "can only specify a constant, non-aggregate function, or operator expression for DEFAULT", location_of(value));
  if (contains_vars_of_level(value, 0))
    fail(errcode::datatype_mismatch, "DEFAULT expression must not contain column references", location_of(value));
  if (expression_returns_set(value))
    fail(errcode::datatype_mismatch, "DEFAULT expression must not return a set", location_of(value));
  return value;
}

NodePtr json_boolean(bool value) {
  expr::Const constant;
  constant.type = types::jsonb;
  constant.value = value ? "true" : "false";
  return make(std::move(constant));
}

void coerce(ParseState& state, expr::JsonBehavior& behavior, const expr::JsonReturning& returning) {
  const Oid type = type_of(*behavior.expr);
  const auto* constant = expr::as<expr::Const>(behavior.expr);
  const bool is_null = constant && !constant->value;
  const bool is_boolean = type == types::bool_ && base_type(state.cache, returning.type) != types::int4;
  behavior.coerce = is_null || type == types::jsonb || is_boolean;
  if (behavior.coerce) {
    if (type == types::bool_) behavior.expr = json_boolean(behavior.kind == JsonBehaviorKind::true_value);
    return;
  }
  const char category = type_category(state.cache, returning.type);
  const auto context = category == 'S' || category == 'V' ? CoercionContext::assignment : CoercionContext::explicit_;
  const int location = location_of(behavior.expr);
  NodePtr coerced = coerce_to_target_type(state, behavior.expr, type, returning.type, returning.typmod,
                                          {context, CoercionForm::explicit_cast, location});
  if (!coerced) {
    const std::string target = format_type(state.cache, returning.type);
    fail(errcode::cannot_coerce,
         fmt::format("cannot cast behavior expression of type {} to {}", format_type(state.cache, type), target), location,
         {}, fmt::format("You will need to explicitly cast the expression to type {}.", target));
  }
  behavior.expr = std::move(coerced);
}

}  // namespace

void check_json_behavior(JsonExprOp op, std::string_view column, ast::JsonBehavior behavior, std::string_view clause) {
  if (!behavior || op == JsonExprOp::table || (op == JsonExprOp::exists && clause == "ON EMPTY")) return;
  const Allowed allowed = allowed_for(op);
  if (std::find(allowed.kinds.begin(), allowed.kinds.end(), behavior_kind(behavior.btype())) != allowed.kinds.end()) return;
  if (column.empty())
    fail(errcode::syntax_error, fmt::format("invalid {} behavior", clause), behavior.location(),
         fmt::format("Only {} is allowed in {} for {}.", allowed.words, clause, function_of(op)));
  fail(errcode::syntax_error, fmt::format("invalid {} behavior for column \"{}\"", clause, column), behavior.location(),
       fmt::format("Only {} is allowed in {} for {} columns.", allowed.words, clause, allowed.column_words));
}

expr::JsonBehavior transform_json_behavior(ParseState& state, ast::JsonBehavior behavior, JsonBehaviorKind usual,
                                           const expr::JsonReturning& returning) {
  expr::JsonBehavior result;
  result.kind = behavior ? behavior_kind(behavior.btype()) : usual;
  if (result.kind == JsonBehaviorKind::error) return result;
  result.expr = result.kind == JsonBehaviorKind::default_value ? default_value(state, behavior)
                                                               : constant_of(result.kind, behavior ? behavior.location() : -1);
  if (type_of(*result.expr) != returning.type) coerce(state, result, returning);
  return result;
}

}  // namespace pgplumb::engine::analyze

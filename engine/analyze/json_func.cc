#include "engine/analyze/json_func.h"

#include <fmt/format.h>

#include "engine/analyze/format_type.h"
#include "engine/analyze/json_behavior.h"
#include "engine/analyze/json_value.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_expr.h"

namespace pgplumb::engine::analyze {

using expr::JsonBehaviorKind;
using expr::JsonExprOp;
using expr::JsonFormatKind;
using expr::make;
using expr::type_of;

namespace {

std::string_view function_name_of(JsonExprOp op) {
  switch (op) {
    case JsonExprOp::exists: return "JSON_EXISTS";
    case JsonExprOp::query: return "JSON_QUERY";
    case JsonExprOp::value: return "JSON_VALUE";
    case JsonExprOp::table: return "JSON_TABLE";
  }
  return "";
}

class JsonCall {
 public:
  JsonCall(ParseState& state, const JsonFunction& function) : state_(state), function_(function) {}

  NodePtr run() {
    check_clauses();
    result_.op = function_.op;
    result_.column_name = function_.column;
    const bool binary = function_.op == JsonExprOp::query || function_.op == JsonExprOp::table;
    const JsonUse use{binary ? JsonFormatKind::jsonb : JsonFormatKind::unspecified, types::jsonb, false};
    result_.formatted = json_value_of(state_, function_.item, function_.item_format, use);
    result_.format = json_format_of(function_.item_format);
    result_.path = path();
    for (ast::Node node : function_.passing) add_passing(node.as<ast::JsonArgument>());
    if (function_.type) result_.returning = json_returning_of(state_, function_.type, function_.format, false);
    finish();
    return make(std::move(result_), function_.location);
  }

 private:
  void check_clauses() const {
    const expr::JsonFormat format = json_format_of(function_.format);
    const bool has_format = format.kind != JsonFormatKind::unspecified || format.encoding != expr::JsonEncoding::unspecified;
    if (function_.type && has_format && function_.op != JsonExprOp::query)
      fail(errcode::syntax_error,
           fmt::format("cannot specify FORMAT JSON in RETURNING clause of {}()", function_name_of(function_.op)),
           function_.format.location());
    const bool wraps = function_.wrapper == ast::JsonWrapper::JSW_CONDITIONAL ||
                       function_.wrapper == ast::JsonWrapper::JSW_UNCONDITIONAL;
    if (function_.op == JsonExprOp::query && wraps && function_.quotes == ast::JsonQuotes::JS_QUOTES_OMIT)
      fail(errcode::syntax_error, "SQL/JSON QUOTES behavior must not be specified when WITH WRAPPER is used",
           function_.location);
    check_json_behavior(function_.op, function_.column, function_.on_empty, "ON EMPTY");
    check_json_behavior(function_.op, function_.column, function_.on_error, "ON ERROR");
  }

  NodePtr path() const {
    const Oid type = type_of(*function_.path);
    NodePtr path = coerce_to_target_type(state_, function_.path, type, types::jsonpath, -1,
                                         {CoercionContext::explicit_, CoercionForm::implicit_cast, location_of(function_.path)});
    if (path) return path;
    fail(errcode::datatype_mismatch,
         fmt::format("JSON path expression must be of type jsonpath, not of type {}", format_type(state_.cache, type)),
         location_of(function_.path));
  }

  void add_passing(ast::JsonArgument argument) {
    result_.passing_values.push_back(transform_json_value(state_, argument.val(), {JsonFormatKind::jsonb, invalid_oid, true}));
    result_.passing_names.emplace_back(argument.name());
  }

  void returns_by_default(Oid type) {
    if (result_.returning.type != invalid_oid) return;
    result_.returning.type = type;
    result_.returning.typmod = -1;
  }

  void behave(JsonBehaviorKind usual, bool on_empty) {
    if (on_empty) result_.on_empty = transform_json_behavior(state_, function_.on_empty, usual, result_.returning);
    result_.on_error = transform_json_behavior(state_, function_.on_error, usual, result_.returning);
  }

  void finish() {
    switch (function_.op) {
      case JsonExprOp::exists:
        returns_by_default(types::bool_);
        result_.use_json_coercion = result_.returning.type != types::bool_;
        return behave(JsonBehaviorKind::false_value, false);
      case JsonExprOp::query: return finish_query();
      case JsonExprOp::value: return finish_value();
      case JsonExprOp::table:
        returns_by_default(type_of(*result_.formatted));
        return behave(JsonBehaviorKind::empty_array, false);
    }
  }

  void finish_query() {
    returns_by_default(types::jsonb);
    result_.omit_quotes = function_.quotes == ast::JsonQuotes::JS_QUOTES_OMIT;
    switch (function_.wrapper) {
      case ast::JsonWrapper::JSW_NONE: result_.wrapper = expr::JsonWrapper::none; break;
      case ast::JsonWrapper::JSW_CONDITIONAL: result_.wrapper = expr::JsonWrapper::conditional; break;
      case ast::JsonWrapper::JSW_UNCONDITIONAL: result_.wrapper = expr::JsonWrapper::unconditional; break;
      default: break;
    }
    result_.use_json_coercion = result_.returning.type != types::jsonb || result_.omit_quotes;
    behave(JsonBehaviorKind::null, true);
  }

  void finish_value() {
    returns_by_default(types::text);
    result_.returning.format = {};
    result_.omit_quotes = true;
    const Oid type = result_.returning.type;
    const bool is_domain = type_kind(state_.cache, type) == 'd';
    result_.use_json_coercion = type != types::text && is_domain;
    result_.use_io_coercion = type != types::text && !is_domain;
    behave(JsonBehaviorKind::null, true);
  }

  ParseState& state_;
  const JsonFunction& function_;
  expr::JsonExpr result_;
};

JsonExprOp json_op(ast::JsonExprOp op) {
  switch (op) {
    case ast::JsonExprOp::JSON_QUERY_OP: return JsonExprOp::query;
    case ast::JsonExprOp::JSON_VALUE_OP: return JsonExprOp::value;
    case ast::JsonExprOp::JSON_TABLE_OP: return JsonExprOp::table;
    default: return JsonExprOp::exists;
  }
}

}  // namespace

NodePtr transform_json_func(ParseState& state, const JsonFunction& function) { return JsonCall(state, function).run(); }

NodePtr transform_json_func(ParseState& state, ast::JsonFuncExpr node) {
  JsonFunction function;
  function.op = json_op(node.op());
  function.column = node.column_name();
  function.item = transform_expr_recurse(state, node.context_item().raw_expr());
  function.item_format = node.context_item().format();
  function.path = transform_expr_recurse(state, node.pathspec());
  function.passing = node.passing();
  if (node.output()) {
    function.type = node.output().type_name();
    function.format = node.output().returning().format();
  }
  function.on_empty = node.on_empty();
  function.on_error = node.on_error();
  function.wrapper = node.wrapper();
  function.quotes = node.quotes();
  function.location = node.location();
  return transform_json_func(state, function);
}

}  // namespace pgplumb::engine::analyze

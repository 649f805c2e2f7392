// SQL/JSON constructors and IS JSON, which grammars from 16 on know: parse_expr.c.
#include <fmt/format.h>

#include "engine/analyze/analyze.h"
#include "engine/analyze/expr_kinds.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/json_func.h"
#include "engine/analyze/json_value.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_agg.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_relation.h"

namespace pgplumb::engine::analyze {

using expr::JsonConstructorKind;
using expr::JsonFormatKind;
using expr::make;
using expr::type_of;

namespace {

NodePtr placeholder(Oid type, std::int32_t typmod, Oid collation) { return make(expr::CaseTestExpr{type, typmod, collation}); }

// makeJsonConstructorExpr
NodePtr constructor(ParseState& state, expr::JsonConstructorExpr made, int location) {
  const Oid json = made.returning.format.kind == JsonFormatKind::jsonb ? types::jsonb : types::json;
  const NodePtr value = made.function ? placeholder(type_of(*made.function), expr::typmod_of(*made.function),
                                                    expr::collation_of(*made.function))
                                      : placeholder(json, -1, invalid_oid);
  NodePtr coerced = coerce_json_result(state, value, made.returning);
  if (coerced.get() != value.get()) made.coercion = std::move(coerced);
  return make(std::move(made), location);
}

// Without RETURNING, jsonb where an argument is: transformJsonConstructorOutput.
expr::JsonReturning constructor_output(ParseState& state, ast::JsonOutput output, const std::vector<NodePtr>& args) {
  expr::JsonReturning returning = transform_json_output(state, output, true);
  if (returning.type != invalid_oid) return returning;
  bool has_jsonb = false;
  for (const NodePtr& arg : args) has_jsonb |= type_of(*arg) == types::jsonb;
  returning.type = has_jsonb ? types::jsonb : types::json;
  returning.format.kind = has_jsonb ? JsonFormatKind::jsonb : JsonFormatKind::json;
  return returning;
}

NodePtr object_constructor(ParseState& state, ast::JsonObjectConstructor node) {
  expr::JsonConstructorExpr made;
  for (ast::Node pair : node.exprs()) {
    const auto key_value = pair.as<ast::JsonKeyValue>();
    made.args.push_back(transform_expr_recurse(state, key_value.key()));
    made.args.push_back(transform_json_value(state, key_value.value(), {}));
  }
  made.returning = constructor_output(state, node.output(), made.args);
  made.unique = node.unique();
  made.absent_on_null = node.absent_on_null();
  return constructor(state, std::move(made), node.location());
}

NodePtr array_constructor(ParseState& state, ast::JsonArrayConstructor node) {
  expr::JsonConstructorExpr made;
  made.kind = JsonConstructorKind::array;
  for (ast::Node value : node.exprs()) made.args.push_back(transform_json_value(state, value.as<ast::JsonValueExpr>(), {}));
  made.returning = constructor_output(state, node.output(), made.args);
  made.absent_on_null = node.absent_on_null();
  return constructor(state, std::move(made), node.location());
}

// --- Aggregates ----------------------------------------------------------------------------------------------------------

/// An aggregate that makes JSON: what it is called for, and how.
struct JsonAggregate {
  expr::JsonConstructorExpr made;
  std::string function;
  std::vector<NodePtr> args;
  CallClauses clauses;
  int location = -1;
};

// transformJsonAggConstructor
NodePtr aggregate(ParseState& state, JsonAggregate call) {
  const bool binary = call.made.returning.format.kind == JsonFormatKind::jsonb;
  const Oid function = builtin_function(state.cache, (binary ? "jsonb_" : "json_") + call.function);
  const Oid type = binary ? types::jsonb : types::json;
  if (call.clauses.over) {
    if (!call.clauses.order.empty())
      fail(errcode::feature_not_supported, "aggregate ORDER BY is not implemented for window functions", call.location);
    expr::WindowFunc over;
    over.function = function;
    over.type = type;
    over.args = std::move(call.args);
    over.aggregate = true;
    call.made.function = transform_window_func_call(state, std::move(over), call.clauses, call.location);
  } else {
    expr::Aggref aggref;
    aggref.function = function;
    aggref.type = type;
    call.made.function = transform_aggregate_call(state, std::move(aggref), std::move(call.args), call.clauses, call.location);
  }
  return constructor(state, std::move(call.made), call.location);
}

CallClauses json_clauses(ast::JsonAggConstructor node) { return {node.agg_order(), false, node.agg_filter(), node.over()}; }

NodePtr object_aggregate(ParseState& state, ast::JsonObjectAgg node) {
  JsonAggregate call;
  call.args = {transform_expr_recurse(state, node.arg().key()), transform_json_value(state, node.arg().value(), {})};
  call.made.kind = JsonConstructorKind::object_agg;
  call.made.returning = constructor_output(state, node.constructor().output(), call.args);
  call.made.unique = node.unique();
  call.made.absent_on_null = node.absent_on_null();
  call.function = std::string("object_agg") + (node.unique() ? "_unique" : "") + (node.absent_on_null() ? "_strict" : "");
  call.clauses = json_clauses(node.constructor());
  call.location = node.constructor().location();
  return aggregate(state, std::move(call));
}

JsonAggregate array_aggregate_of(ParseState& state, NodePtr value, ast::JsonOutput output, bool absent_on_null) {
  JsonAggregate call;
  call.args = {std::move(value)};
  call.made.kind = JsonConstructorKind::array_agg;
  call.made.returning = constructor_output(state, output, call.args);
  call.made.absent_on_null = absent_on_null;
  call.function = absent_on_null ? "agg_strict" : "agg";
  return call;
}

NodePtr array_aggregate(ParseState& state, ast::JsonArrayAgg node) {
  JsonAggregate call = array_aggregate_of(state, transform_json_value(state, node.arg(), {}), node.constructor().output(),
                                          node.absent_on_null());
  call.clauses = json_clauses(node.constructor());
  call.location = node.constructor().location();
  return aggregate(state, std::move(call));
}

// JSON_ARRAY(query) is (SELECT JSON_ARRAYAGG(q.a) FROM (query) q(a)).
class ArrayOfQuery {
 public:
  ArrayOfQuery(ParseState& state, ast::JsonArrayQueryConstructor node)
      : outer_(state), state_(state.cache, state.settings, &state), node_(node) {}

  NodePtr run() {
    outer_.has_sublinks = true;
    check_sublink_allowed(outer_.expr_kind, node_.location());
    expr::SubLink link;
    link.kind = expr::SubLinkKind::expr;
    link.query = QueryPtr(std::make_shared<const expr::Query>(query()));
    const expr::Node& value = *link.query->targets.front().expr;
    link.type = type_of(value);
    link.typmod = expr::typmod_of(value);
    link.collation = expr::collation_of(value);
    return make(std::move(link), node_.location());
  }

 private:
  expr::Query query() {
    add_from();
    expr::Query query;
    expr::TargetEntry target;
    state_.expr_kind = ExprKind::select_target;
    target.expr = value();
    target.resno = state_.next_resno++;
    target.name = "json_arrayagg";
    target.has_name = true;
    query.targets.push_back(std::move(target));
    assign_query_collations(state_, query);
    check_aggregates(state_, query);
    finish_query(state_, query);
    return query;
  }

  void add_from() {
    state_.expr_kind = ExprKind::from_subselect;
    QueryPtr inner = analyze_subquery(state_, node_.query());
    std::size_t columns = 0;
    for (const expr::TargetEntry& target : inner->targets) columns += target.junk ? 0 : 1;
    if (columns != 1) fail(errcode::syntax_error, "subquery must return only one column", node_.location());
    item_ = add_subquery(state_, std::move(inner), expr::Alias{"q", {"a"}}, false, true);
    add_item_to_query(state_, item_, true, true, true);
  }

  NodePtr value() {
    const NodePtr column = find_column_in(state_, *item_, 0, "a", node_.location());
    JsonAggregate call = array_aggregate_of(state_, json_value_of(state_, column, node_.format(), {}), node_.output(),
                                            node_.absent_on_null());
    call.location = node_.location();
    return aggregate(state_, std::move(call));
  }

  ParseState& outer_;
  ParseState state_;
  ast::JsonArrayQueryConstructor node_;
  NamespaceItemPtr item_;
};

// --- JSON(), JSON_SCALAR(), JSON_SERIALIZE() and IS JSON -----------------------------------------------------------------

// transformJsonParseArg
NodePtr parse_argument(ParseState& state, ast::Node node, ast::JsonFormat format) {
  const NodePtr raw = transform_expr_recurse(state, node);
  const Oid type = type_of(*raw);
  if (type == types::bytea)
    return make(expr::JsonValueExpr{raw, json_text_of_bytea(state, raw, format), json_format_of(format)}, raw->location);
  NodePtr value = raw;
  if (type == types::unknown || type_category(state.cache, type) == 'S')
    value = coerce_to_target_type(state, raw, type, types::text, -1, {});
  if (json_format_of(format).encoding != expr::JsonEncoding::unspecified)
    fail(errcode::feature_not_supported, "cannot use JSON FORMAT ENCODING clause for non-bytea input types",
         format.location());
  return value;
}

expr::JsonItemType item_type_of(ast::JsonValueType type) {
  switch (type) {
    case ast::JsonValueType::JS_TYPE_OBJECT: return expr::JsonItemType::object;
    case ast::JsonValueType::JS_TYPE_ARRAY: return expr::JsonItemType::array;
    case ast::JsonValueType::JS_TYPE_SCALAR: return expr::JsonItemType::scalar;
    default: return expr::JsonItemType::any;
  }
}

NodePtr is_json(ParseState& state, ast::JsonIsPredicate node) {
  expr::JsonIsPredicate test;
  test.expr = parse_argument(state, node.expr(), node.format());
  const Oid type = type_of(*test.expr);
  if (type != types::text && type != types::json && type != types::jsonb)
    fail(errcode::datatype_mismatch,
         fmt::format("cannot use type {} in IS JSON predicate", format_type(state.cache, type)));
  test.item_type = item_type_of(node.item_type());
  test.unique_keys = node.unique_keys();
  return make(std::move(test), node.location());
}

// transformJsonReturning
expr::JsonReturning json_only_output(ParseState& state, ast::JsonOutput output, const char* function) {
  if (!output) return {{JsonFormatKind::json, expr::JsonEncoding::unspecified}, types::json, -1};
  expr::JsonReturning returning = transform_json_output(state, output, false);
  if (returning.type != types::json && returning.type != types::jsonb)
    fail(errcode::datatype_mismatch,
         fmt::format("cannot use RETURNING type {} in {}", format_type(state.cache, returning.type), function),
         output.type_name().location());
  return returning;
}

NodePtr json_parse(ParseState& state, ast::JsonParseExpr node) {
  expr::JsonConstructorExpr made;
  made.kind = JsonConstructorKind::parse;
  made.returning = json_only_output(state, node.output(), "JSON()");
  made.unique = node.unique_keys();
  if (made.unique) {
    made.args = {parse_argument(state, node.expr().raw_expr(), node.expr().format())};
    if (type_of(*made.args[0]) != types::text)
      fail(errcode::datatype_mismatch, "cannot use non-string types with WITH UNIQUE KEYS clause", node.location());
  } else {
    made.args = {transform_json_value(state, node.expr(), {JsonFormatKind::json, made.returning.type, false})};
  }
  return constructor(state, std::move(made), node.location());
}

NodePtr json_scalar(ParseState& state, ast::JsonScalarExpr node) {
  expr::JsonConstructorExpr made;
  made.kind = JsonConstructorKind::scalar;
  NodePtr arg = transform_expr_recurse(state, node.expr());
  made.returning = json_only_output(state, node.output(), "JSON_SCALAR()");
  if (type_of(*arg) == types::unknown) arg = coerce_to_specific_type(state, arg, types::text, "JSON_SCALAR");
  made.args = {std::move(arg)};
  return constructor(state, std::move(made), node.location());
}

NodePtr json_serialize(ParseState& state, ast::JsonSerializeExpr node) {
  expr::JsonConstructorExpr made;
  made.kind = JsonConstructorKind::serialize;
  made.args = {transform_json_value(state, node.expr(), {JsonFormatKind::json, invalid_oid, false})};
  made.returning = {{JsonFormatKind::json, expr::JsonEncoding::unspecified}, types::text, -1};
  if (node.output()) made.returning = transform_json_output(state, node.output(), true);
  if (made.returning.type != types::bytea && type_category(state.cache, made.returning.type) != 'S')
    fail(errcode::datatype_mismatch,
         fmt::format("cannot use RETURNING type {} in JSON_SERIALIZE()", format_type(state.cache, made.returning.type)), -1,
         {}, "Try returning a string type or bytea.");
  return constructor(state, std::move(made), node.location());
}

}  // namespace

NodePtr transform_json(ParseState& state, ast::Node node) {
  switch (node.tag()) {
    case ast::NodeTag::JsonObjectConstructor: return object_constructor(state, node.as<ast::JsonObjectConstructor>());
    case ast::NodeTag::JsonArrayConstructor: return array_constructor(state, node.as<ast::JsonArrayConstructor>());
    case ast::NodeTag::JsonArrayQueryConstructor:
      return ArrayOfQuery(state, node.as<ast::JsonArrayQueryConstructor>()).run();
    case ast::NodeTag::JsonObjectAgg: return object_aggregate(state, node.as<ast::JsonObjectAgg>());
    case ast::NodeTag::JsonArrayAgg: return array_aggregate(state, node.as<ast::JsonArrayAgg>());
    case ast::NodeTag::JsonIsPredicate: return is_json(state, node.as<ast::JsonIsPredicate>());
    case ast::NodeTag::JsonParseExpr: return json_parse(state, node.as<ast::JsonParseExpr>());
    case ast::NodeTag::JsonScalarExpr: return json_scalar(state, node.as<ast::JsonScalarExpr>());
    case ast::NodeTag::JsonSerializeExpr: return json_serialize(state, node.as<ast::JsonSerializeExpr>());
    case ast::NodeTag::JsonFuncExpr: return transform_json_func(state, node.as<ast::JsonFuncExpr>());
    default: return nullptr;
  }
}

}  // namespace pgplumb::engine::analyze

#include "engine/analyze/parse_expr.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "engine/analyze/format_type.h"
#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/literal.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/namespace.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_agg.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_func.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/parse_target.h"
#include "engine/analyze/parse_type.h"
#include "parser/pg_query.h"

namespace pgplumb::engine::analyze {

using expr::make;
using expr::type_of;

namespace {

NodePtr typed_const(ParseState& state, Oid type, std::string_view text, int location) {
  LiteralValue value = literal_in(state.cache, state.settings, type, -1, text);
  expr::Const constant;
  constant.type = type;
  constant.value = std::move(value.text);
  return make(std::move(constant), location);
}

// An integer too long for int4 is int8, and beyond that, or with a point or exponent, numeric.
NodePtr number_const(ParseState& state, std::string_view text, int location) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) {
    bool fits_int4 = number >= INT32_MIN && number <= INT32_MAX;
    return typed_const(state, fits_int4 ? types::int4 : types::int8, std::to_string(number), location);
  }
  return typed_const(state, types::numeric, text, location);
}

NodePtr column_as_function(ParseState& state, const NodePtr& row, std::string_view column, int location) {
  CallRequest request;
  request.name = {column};
  request.args = {row};
  request.last_srf = state.last_srf;
  request.location = location;
  return parse_func_or_column(state, std::move(request));
}

NodePtr bare_column(ParseState& state, std::string_view name, int location) {
  if (NodePtr column = find_column(state, name, false, location)) return column;
  FoundItem found = find_item(state, {}, name, location);
  return found.item ? whole_row_ref(state, found, location) : nullptr;
}

enum class Missing { none, relation, column };

NodePtr qualified_column(ParseState& state, std::string_view schema, std::string_view relation, ast::Node field,
                         int location, Missing& missing) {
  FoundItem found = find_item(state, schema, relation, location);
  if (!found.item) {
    missing = Missing::relation;
    return nullptr;
  }
  if (field.is<ast::A_Star>()) return whole_row_ref(state, found, location);
  if (NodePtr column = find_column_in(state, *found.item, found.levels_up, field.str(), location)) return column;
  missing = Missing::column;
  return column_as_function(state, whole_row_ref(state, found, location), field.str(), location);
}

NodePtr transform_column_ref(ParseState& state, ast::ColumnRef ref) {
  int location = ref.location();
  check_column_ref_allowed(state.expr_kind, location);
  if (state.hooks.pre_column_ref) {
    if (NodePtr found = state.hooks.pre_column_ref(state, ref)) return found;
  }
  ast::List<ast::Node> fields = ref.fields();
  std::string_view schema, relation;
  std::string_view column = fields.back().str();
  Missing missing = Missing::none;
  NodePtr found;
  switch (fields.size()) {
    case 1: found = bare_column(state, column, location); break;
    case 2: relation = fields[0].str(); break;
    case 3: schema = fields[0].str(), relation = fields[1].str(); break;
    case 4: not_simulated("a column qualified with its database", location);
    default:
      fail(errcode::syntax_error,
           "improper qualified name (too many dotted names): " + name_list_to_string(fields), location);
  }
  if (fields.size() > 1) found = qualified_column(state, schema, relation, fields.back(), location, missing);
  if (state.hooks.post_column_ref) {
    NodePtr hooked = state.hooks.post_column_ref(state, ref, found);
    if (hooked && found) {
      fail(errcode::ambiguous_column,
           fmt::format("column reference \"{}\" is ambiguous", name_list_to_string(fields)), location);
    }
    if (hooked) return hooked;
  }
  if (found) return found;
  if (missing == Missing::relation) missing_relation(state, schema, relation, location);
  if (relation.empty() && column == "system_user" && state.cache.major() >= 16 && parser::grammar_version() < 16)
    not_simulated("SYSTEM_USER is newer than the grammar", location);
  missing_column(state, relation, column, location);
}

NodePtr transform_param_ref(ParseState& state, ast::ParamRef ref) {
  NodePtr result = state.hooks.param_ref ? state.hooks.param_ref(state, ref) : nullptr;
  if (result) return result;
  fail(errcode::undefined_parameter, fmt::format("there is no parameter ${}", ref.number()), ref.location());
}

/// The key words of functions that are the grammar's own from some major on; an older one takes them for other functions.
bool is_newer_syntax(ast::FuncCall call, int major) {
  struct KeyWord {
    std::string_view name;
    int since;
  };
  constexpr KeyWord key_words[] = {{"json", 17},           {"json_array", 16},     {"json_arrayagg", 16}, {"json_exists", 17},
                                   {"json_object", 16},    {"json_objectagg", 16}, {"json_query", 17},    {"json_scalar", 17},
                                   {"json_serialize", 17}, {"json_value", 17},     {"merge_action", 17}};
  if (call.funcname().size() != 1) return false;
  const std::string_view name = (*call.funcname().begin()).str();
  // json_object() with arguments that are not named pairs is the function that always was.
  if (name == "json_object" && !call.args().empty()) return false;
  return std::any_of(std::begin(key_words), std::end(key_words), [&](const KeyWord& word) {
    return word.name == name && word.since <= major && word.since > parser::grammar_version();
  });
}

// 13's grammar wrote the forms of normalize() and IS NORMALIZED in small letters.
void write_as_13(std::vector<NodePtr>& args, ast::FuncCall call) {
  const bool sql_syntax = call.funcformat() == ast::CoercionForm::COERCE_SQL_SYNTAX;
  const auto* form = sql_syntax && args.size() == 2 ? expr::as<expr::Const>(args.back()) : nullptr;
  const std::string_view name = name_list(call.funcname()).back();
  if (!form || !form->value || (name != "normalize" && name != "is_normalized")) return;
  expr::Const copy = *form;
  copy.value = literal::lower(*form->value);
  args.back() = expr::make(std::move(copy), args.back()->location);
}

NodePtr transform_func_call(ParseState& state, ast::FuncCall call) {
  if (is_newer_syntax(call, state.cache.major())) not_simulated("a form of SQL/JSON that is newer than the grammar", call.location());
  CallRequest request;
  request.last_srf = state.last_srf;
  for (ast::Node arg : call.args()) request.args.push_back(transform_expr_recurse(state, arg));
  if (call.agg_within_group()) {
    for (ast::Node order : call.agg_order()) {
      request.args.push_back(transform_expr(state, order.as<ast::SortBy>().node(), ExprKind::order_by));
    }
  }
  if (state.cache.major() < 14) write_as_13(request.args, call);
  request.name = called_name(call, state.cache.major());
  request.call = call;
  request.location = call.location();
  return parse_func_or_column(state, std::move(request));
}

NodePtr transform_type_cast(ParseState& state, ast::TypeCast cast) {
  TypeRef target = resolve_type_name(state.cache, cast.type_name());
  NodePtr arg;
  if (auto array = cast.arg().as<ast::A_ArrayExpr>()) {
    TypeRef base = base_type_and_typmod(state.cache, target.type, target.typmod);
    Oid element = element_type(state.cache, base.type);
    bool known = element != invalid_oid;
    arg = transform_array(state, array, known ? base.type : invalid_oid, element, known ? base.typmod : -1);
  } else {
    arg = transform_expr_recurse(state, cast.arg());
  }
  int location = cast.location() >= 0 ? cast.location() : cast.type_name().location();
  Oid input = type_of(*arg);
  NodePtr result = coerce_to_target_type(state, arg, input, target.type, target.typmod,
                                         {CoercionContext::explicit_, CoercionForm::explicit_cast, location});
  if (result) return result;
  fail(errcode::cannot_coerce,
       fmt::format("cannot cast type {} to {}", format_type(state.cache, input), format_type(state.cache, target.type)),
       location >= 0 ? location : location_of(arg));
}

NodePtr transform_collate(ParseState& state, ast::CollateClause clause) {
  expr::CollateExpr result;
  result.arg = transform_expr_recurse(state, clause.arg());
  Oid type = type_of(*result.arg);
  if (type_collation(state.cache, type) == invalid_oid && type != types::unknown) {
    fail(errcode::datatype_mismatch,
         fmt::format("collations are not supported by type {}", format_type(state.cache, type)), clause.location());
  }
  result.collation = lookup_collation(state.cache, clause.collname(), clause.location());
  return make(std::move(result), clause.location());
}

NodePtr transform_null_test(ParseState& state, ast::NullTest test) {
  expr::NullTest result;
  result.arg = transform_expr_recurse(state, test.arg());
  result.is_null = test.nulltesttype() == ast::NullTestType::IS_NULL;
  Oid type = type_of(*result.arg);
  result.arg_is_row = type == types::record || type_or_domain_relation(state.cache, type) != invalid_oid;
  return make(std::move(result), test.location());
}

struct BooleanTestForm {
  expr::BoolTestKind kind;
  const char* clause;
};

BooleanTestForm boolean_test_form(ast::BoolTestType type) {
  using expr::BoolTestKind;
  switch (type) {
    case ast::BoolTestType::IS_NOT_TRUE: return {BoolTestKind::is_not_true, "IS NOT TRUE"};
    case ast::BoolTestType::IS_FALSE: return {BoolTestKind::is_false, "IS FALSE"};
    case ast::BoolTestType::IS_NOT_FALSE: return {BoolTestKind::is_not_false, "IS NOT FALSE"};
    case ast::BoolTestType::IS_UNKNOWN: return {BoolTestKind::is_unknown, "IS UNKNOWN"};
    case ast::BoolTestType::IS_NOT_UNKNOWN: return {BoolTestKind::is_not_unknown, "IS NOT UNKNOWN"};
    default: return {BoolTestKind::is_true, "IS TRUE"};
  }
}

NodePtr transform_boolean_test(ParseState& state, ast::BooleanTest test) {
  BooleanTestForm form = boolean_test_form(test.booltesttype());
  expr::BooleanTest result;
  result.kind = form.kind;
  result.arg = coerce_to_boolean(state, transform_expr_recurse(state, test.arg()), form.clause);
  return make(std::move(result), test.location());
}

NodePtr transform_named_arg(ParseState& state, ast::NamedArgExpr arg) {
  expr::NamedArgExpr result;
  result.arg = transform_expr_recurse(state, arg.arg());
  result.name = arg.name();
  return make(std::move(result), arg.location());
}

NodePtr transform_less_common(ParseState& state, ast::Node node) {
  if (NodePtr json = transform_json(state, node)) return json;
  switch (node.tag()) {
    case ast::NodeTag::GroupingFunc: return transform_grouping_func(state, node.as<ast::GroupingFunc>());
    case ast::NodeTag::XmlExpr: return transform_xml(state, node.as<ast::XmlExpr>());
    case ast::NodeTag::XmlSerialize: return transform_xml_serialize(state, node.as<ast::XmlSerialize>());
    case ast::NodeTag::SetToDefault:
      fail(errcode::syntax_error, "DEFAULT is not allowed in this context", node.location());
    default: not_simulated(fmt::format("expression of kind {}", to_string(node.tag())), node.location());
  }
}

}  // namespace

OperatorName operator_name(ast::List<ast::Node> names) {
  QualifiedName name = deconstruct_qualified_name(names);
  return {name.schema, name.name};
}

NodePtr unknown_literal(std::string_view text, int location) {
  expr::Const constant;
  constant.type = types::unknown;
  constant.value = std::string(text);
  return make(std::move(constant), location);
}

NodePtr make_const(ParseState& state, ast::A_Const constant) {
  int location = constant.location();
  if (constant.isnull()) return make_null_const(types::unknown, -1, invalid_oid, location);
  if (constant.fval()) return number_const(state, constant.fval().fval(), location);
  if (constant.boolval()) return make_bool_const(constant.boolval().boolval(), location);
  if (constant.sval()) return unknown_literal(constant.sval().sval(), location);
  if (constant.bsval()) return typed_const(state, types::bit, constant.bsval().bsval(), location);
  return make_int4_const(constant.ival().ival(), location);
}

void check_no_new_srf(ParseState& state, const NodePtr& last_srf, const char* construct) {
  if (state.last_srf.get() == last_srf.get()) return;
  fail(errcode::feature_not_supported, fmt::format("set-returning functions are not allowed in {}", construct),
       location_of(state.last_srf), {},
       "You might be able to move the set-returning function into a LATERAL FROM item.");
}

std::vector<NodePtr> transform_expression_list(ParseState& state, ast::List<ast::Node> list, ExprKind kind,
                                               bool allow_default) {
  std::vector<NodePtr> result;
  for (ast::Node node : list) {
    if (expand_star(state, node, kind, result)) continue;
    if (allow_default && node.is<ast::SetToDefault>()) {
      result.push_back(make(expr::SetToDefault{types::unknown, -1, invalid_oid}, node.location()));
    } else {
      result.push_back(transform_expr(state, node, kind));
    }
  }
  return result;
}

NodePtr transform_expr(ParseState& state, ast::Node node, ExprKind kind) {
  ExprKind saved = state.expr_kind;
  state.expr_kind = kind;
  NodePtr result = node ? transform_expr_recurse(state, node) : nullptr;
  state.expr_kind = saved;
  return result;
}

NodePtr transform_expr_recurse(ParseState& state, ast::Node node) {
  switch (node.tag()) {
    case ast::NodeTag::ColumnRef: return transform_column_ref(state, node.as<ast::ColumnRef>());
    case ast::NodeTag::A_Const: return make_const(state, node.as<ast::A_Const>());
    case ast::NodeTag::A_Expr: return transform_a_expr(state, node.as<ast::A_Expr>());
    case ast::NodeTag::BoolExpr: return transform_bool_expr(state, node.as<ast::BoolExpr>());
    case ast::NodeTag::FuncCall: return transform_func_call(state, node.as<ast::FuncCall>());
    case ast::NodeTag::TypeCast: return transform_type_cast(state, node.as<ast::TypeCast>());
    case ast::NodeTag::ParamRef: return transform_param_ref(state, node.as<ast::ParamRef>());
    case ast::NodeTag::A_Indirection: return transform_indirection(state, node.as<ast::A_Indirection>());
    case ast::NodeTag::A_ArrayExpr:
      return transform_array(state, node.as<ast::A_ArrayExpr>(), invalid_oid, invalid_oid, -1);
    case ast::NodeTag::CollateClause: return transform_collate(state, node.as<ast::CollateClause>());
    case ast::NodeTag::SubLink: return transform_sub_link(state, node.as<ast::SubLink>());
    case ast::NodeTag::CaseExpr: return transform_case(state, node.as<ast::CaseExpr>());
    case ast::NodeTag::RowExpr: return transform_row(state, node.as<ast::RowExpr>(), false);
    case ast::NodeTag::CoalesceExpr: return transform_coalesce(state, node.as<ast::CoalesceExpr>());
    case ast::NodeTag::MinMaxExpr: return transform_min_max(state, node.as<ast::MinMaxExpr>());
    case ast::NodeTag::SQLValueFunction: return transform_sql_value_function(state, node.as<ast::SQLValueFunction>());
    case ast::NodeTag::NullTest: return transform_null_test(state, node.as<ast::NullTest>());
    case ast::NodeTag::BooleanTest: return transform_boolean_test(state, node.as<ast::BooleanTest>());
    case ast::NodeTag::NamedArgExpr: return transform_named_arg(state, node.as<ast::NamedArgExpr>());
    default: return transform_less_common(state, node);
  }
}

}  // namespace pgplumb::engine::analyze

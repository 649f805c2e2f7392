#include "engine/analyze/json_value.h"

#include <fmt/format.h>

#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_type.h"

namespace pgplumb::engine::analyze {

using expr::JsonEncoding;
using expr::JsonFormatKind;
using expr::make;
using expr::type_of;

namespace {

bool is_string(const Syscache& cache, Oid type) { return type_category(cache, type) == 'S'; }

/// Types that jsonpath takes as variables without conversion.
bool is_path_value(const Syscache& cache, Oid type) {
  switch (type) {
    case types::bool_:
    case types::numeric:
    case types::int2:
    case types::int4:
    case types::int8:
    case types::float4:
    case types::float8:
    case types::date:
    case types::time:
    case types::timetz:
    case types::timestamp:
    case types::timestamptz: return true;
    default: return is_string(cache, type);
  }
}

JsonFormatKind chosen_format(Oid type, ast::JsonFormat format, const JsonUse& use) {
  if (type == types::json || type == types::jsonb) return use.passing ? use.format : JsonFormatKind::unspecified;
  const JsonFormatKind written = json_format_of(format).kind;
  return written == JsonFormatKind::unspecified ? use.format : written;
}

void require_string(ParseState& state, const NodePtr& value, ast::JsonFormat format) {
  const Oid type = type_of(*value);
  if (type == types::bytea || is_string(state.cache, type)) return;
  const bool is_explicit = json_format_of(format).kind != JsonFormatKind::unspecified;
  fail(errcode::datatype_mismatch,
       fmt::format("cannot use non-string types with {} FORMAT JSON clause", is_explicit ? "explicit" : "implicit"),
       is_explicit ? format.location() : location_of(value));
}

NodePtr to_json_call(ParseState& state, const NodePtr& value, Oid target) {
  expr::FuncExpr call;
  call.function = builtin_function(state.cache, target == types::json ? "to_json" : "to_jsonb");
  call.type = target;
  call.args = {value};
  return make(std::move(call), location_of(value));
}

NodePtr formatted(ParseState& state, const NodePtr& value, JsonFormatKind format, const JsonUse& use) {
  const int location = location_of(value);
  const Oid target = use.target != invalid_oid      ? use.target
                     : format == JsonFormatKind::jsonb ? types::jsonb
                                                       : types::json;
  NodePtr coerced = coerce_to_target_type(state, value, type_of(*value), target, -1,
                                          {CoercionContext::explicit_, CoercionForm::explicit_cast, location});
  if (coerced) return coerced;
  if (use.target == invalid_oid) return to_json_call(state, value, target);
  fail(errcode::cannot_coerce,
       fmt::format("cannot cast type {} to {}", format_type(state.cache, type_of(*value)), format_type(state.cache, target)),
       location);
}

void check_output_format(ParseState& state, ast::JsonFormat format, Oid type, bool allow_for_non_strings) {
  const expr::JsonFormat wanted = json_format_of(format);
  const bool is_json = type == types::bytea || type == types::json || type == types::jsonb;
  if (!allow_for_non_strings && !is_json && !is_string(state.cache, type))
    fail(errcode::feature_not_supported, "cannot use JSON format with non-string output types", format.location());
  if (wanted.kind != JsonFormatKind::json) return;
  if (type != types::bytea && wanted.encoding != JsonEncoding::unspecified)
    fail(errcode::feature_not_supported, "cannot set JSON encoding for non-bytea output types", format.location());
  if (wanted.encoding != JsonEncoding::unspecified && wanted.encoding != JsonEncoding::utf8)
    fail(errcode::feature_not_supported, "unsupported JSON encoding", format.location(), {},
         "Only UTF8 JSON encoding is supported.");
}

NodePtr encoding_name(ParseState& state, JsonEncoding encoding) {
  expr::Const name;
  name.type = types::name;
  name.collation = type_collation(state.cache, types::name);
  name.value = encoding == JsonEncoding::utf16 ? "UTF16" : encoding == JsonEncoding::utf32 ? "UTF32" : "UTF8";
  return make(std::move(name));
}

NodePtr conversion(ParseState& state, std::string_view function, Oid type, const NodePtr& value, JsonEncoding encoding) {
  expr::FuncExpr call;
  call.function = builtin_function(state.cache, function);
  call.type = type;
  call.args = {value, encoding_name(state, encoding)};
  return make(std::move(call), location_of(value));
}

}  // namespace

Oid builtin_function(const Syscache& cache, std::string_view name) {
  const std::vector<Oid> found = cache.procs_named(catalog::builtin::pg_catalog_namespace, name);
  if (found.empty()) not_simulated(fmt::format("{}() of another version", name));
  return found.front();
}

expr::JsonFormat json_format_of(ast::JsonFormat format) {
  expr::JsonFormat result;
  if (!format) return result;
  if (format.format_type() == ast::JsonFormatType::JS_FORMAT_JSON) result.kind = JsonFormatKind::json;
  if (format.format_type() == ast::JsonFormatType::JS_FORMAT_JSONB) result.kind = JsonFormatKind::jsonb;
  if (format.encoding() == ast::JsonEncoding::JS_ENC_UTF8) result.encoding = JsonEncoding::utf8;
  if (format.encoding() == ast::JsonEncoding::JS_ENC_UTF16) result.encoding = JsonEncoding::utf16;
  if (format.encoding() == ast::JsonEncoding::JS_ENC_UTF32) result.encoding = JsonEncoding::utf32;
  return result;
}

NodePtr json_text_of_bytea(ParseState& state, const NodePtr& value, ast::JsonFormat format) {
  return conversion(state, "convert_from", types::text, value, json_format_of(format).encoding);
}

NodePtr json_value_of(ParseState& state, const NodePtr& given, ast::JsonFormat written, const JsonUse& use) {
  const bool is_unknown = type_of(*given) == types::unknown;
  const NodePtr raw = is_unknown ? coerce_to_specific_type(state, given, types::text, "JSON") : given;
  const Oid type = type_of(*raw);
  const expr::JsonFormat format = json_format_of(written);
  if (format.kind != JsonFormatKind::unspecified && format.encoding != JsonEncoding::unspecified && type != types::bytea)
    fail(errcode::datatype_mismatch, "JSON ENCODING clause is only allowed for bytea input type", written.location());
  const bool plain = format.kind == JsonFormatKind::unspecified;
  if (plain && use.passing && is_path_value(state.cache, type)) return raw;
  const JsonFormatKind chosen = chosen_format(type, written, use);
  if (chosen == JsonFormatKind::unspecified && (use.target == invalid_oid || type == use.target)) return raw;
  if (!use.passing && use.target == invalid_oid) require_string(state, raw, written);
  const bool encoded = chosen == JsonFormatKind::json && type == types::bytea;
  const NodePtr value = encoded ? json_text_of_bytea(state, raw, written) : raw;
  NodePtr result = formatted(state, value, chosen, use);
  if (result.get() == value.get()) return raw;
  return make(expr::JsonValueExpr{raw, std::move(result), format}, raw->location);
}

NodePtr transform_json_value(ParseState& state, ast::JsonValueExpr value, const JsonUse& use) {
  return json_value_of(state, transform_expr_recurse(state, value.raw_expr()), value.format(), use);
}

expr::JsonReturning json_returning_of(ParseState& state, ast::TypeName type, ast::JsonFormat format, bool allow_format) {
  expr::JsonReturning returning;
  const TypeRef target = resolve_type_name(state.cache, type);
  returning.type = target.type;
  returning.typmod = target.typmod;
  if (type.setof())
    fail(errcode::feature_not_supported, "returning SETOF types is not supported in SQL/JSON functions");
  if (type_kind(state.cache, target.type) == 'p')
    fail(errcode::feature_not_supported, "returning pseudo-types is not supported in SQL/JSON functions");
  returning.format = json_format_of(format);
  if (returning.format.kind == JsonFormatKind::unspecified)
    returning.format.kind = target.type == types::jsonb ? JsonFormatKind::jsonb : JsonFormatKind::json;
  else
    check_output_format(state, format, target.type, allow_format);
  return returning;
}

expr::JsonReturning transform_json_output(ParseState& state, ast::JsonOutput output, bool allow_format) {
  if (!output) return {};
  return json_returning_of(state, output.type_name(), output.returning().format(), allow_format);
}

NodePtr coerce_json_result(ParseState& state, const NodePtr& made, const expr::JsonReturning& returning) {
  const Oid type = type_of(*made);
  if (returning.type == invalid_oid || returning.type == type) return made;
  if (returning.format.kind == JsonFormatKind::json && returning.type == types::bytea) {
    const NodePtr text = coerce_to_specific_type(state, made, types::text, "JSON_FUNCTION");
    return conversion(state, "convert_to", types::bytea, text, returning.format.encoding);
  }
  NodePtr result = coerce_to_target_type(state, made, type, returning.type, returning.typmod,
                                         {CoercionContext::assignment, CoercionForm::implicit_cast, location_of(made)});
  if (result) return result;
  fail(errcode::cannot_coerce,
       fmt::format("cannot cast type {} to {}", format_type(state.cache, type), format_type(state.cache, returning.type)),
       location_of(made));
}

}  // namespace pgplumb::engine::analyze

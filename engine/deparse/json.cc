// SQL/JSON constructors, predicates and query functions (16 and 17).
#include "catalog/type_oids.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace types = catalog::types;
using expr::JsonBehaviorKind;
using expr::JsonConstructorKind;
using expr::JsonExprOp;

void Printer::json_format(const expr::JsonFormat& format) {
  if (format.kind == expr::JsonFormatKind::unspecified) return;
  text(format.kind == expr::JsonFormatKind::jsonb ? " FORMAT JSONB" : " FORMAT JSON");
  switch (format.encoding) {
    case expr::JsonEncoding::unspecified: return;
    case expr::JsonEncoding::utf8: return text(" ENCODING UTF8");
    case expr::JsonEncoding::utf16: return text(" ENCODING UTF16");
    case expr::JsonEncoding::utf32: return text(" ENCODING UTF32");
  }
}

void Printer::json_returning(const expr::JsonReturning& returning, bool json_by_default) {
  if (returning.type == invalid_oid) return;
  text(" RETURNING ");
  type(returning.type, returning.typmod);
  auto usual = returning.type == types::jsonb ? expr::JsonFormatKind::jsonb : expr::JsonFormatKind::json;
  if (!json_by_default || returning.format.kind != usual) json_format(returning.format);
}

void Printer::json_constructor_options(const expr::JsonConstructorExpr& n) {
  const bool object = n.kind == JsonConstructorKind::object || n.kind == JsonConstructorKind::object_agg;
  const bool array = n.kind == JsonConstructorKind::array || n.kind == JsonConstructorKind::array_agg;
  if (n.absent_on_null && object) text(" ABSENT ON NULL");
  if (!n.absent_on_null && array) text(" NULL ON NULL");
  if (n.unique) text(" WITH UNIQUE KEYS");
  if (n.kind != JsonConstructorKind::parse && n.kind != JsonConstructorKind::scalar) json_returning(n.returning, true);
}

namespace {

std::string_view function_of(JsonConstructorKind kind) {
  switch (kind) {
    case JsonConstructorKind::object: return "JSON_OBJECT";
    case JsonConstructorKind::array: return "JSON_ARRAY";
    case JsonConstructorKind::object_agg: return "JSON_OBJECTAGG";
    case JsonConstructorKind::array_agg: return "JSON_ARRAYAGG";
    case JsonConstructorKind::parse: return "JSON";
    case JsonConstructorKind::scalar: return "JSON_SCALAR";
    case JsonConstructorKind::serialize: return "JSON_SERIALIZE";
  }
  return "";
}

}  // namespace

void Printer::print(const expr::JsonConstructorExpr& n, bool) {
  const JsonCall call{function_of(n.kind), captured([&] { json_constructor_options(n); }),
                      n.kind == JsonConstructorKind::object_agg};
  if (const auto* aggref = expr::as<expr::Aggref>(n.function)) return aggregate(*aggref, &call);
  if (const auto* over = expr::as<expr::WindowFunc>(n.function)) return window_call(*over, &call);
  text(call.function);
  text("(");
  const bool object = n.kind == JsonConstructorKind::object;
  for (std::size_t i = 0; i < n.args.size(); ++i) {
    if (i > 0) text(object && i % 2 != 0 ? " : " : ", ");
    node(n.args[i], true);
  }
  text(call.options);
  text(")");
}

void Printer::print(const expr::JsonValueExpr& n, bool) {
  node(n.raw, false);
  json_format(n.format);
}

void Printer::print(const expr::JsonIsPredicate& n, bool) {
  text("(");
  node(n.expr, true);
  text(" IS JSON");
  switch (n.item_type) {
    case expr::JsonItemType::any: break;
    case expr::JsonItemType::object: text(" OBJECT"); break;
    case expr::JsonItemType::array: text(" ARRAY"); break;
    case expr::JsonItemType::scalar: text(" SCALAR"); break;
  }
  if (n.unique_keys) text(" WITH UNIQUE KEYS");
  text(")");
}

void Printer::json_behavior(const expr::JsonBehavior& behavior, std::string_view on) {
  switch (behavior.kind) {
    case JsonBehaviorKind::null: text(" NULL"); break;
    case JsonBehaviorKind::error: text(" ERROR"); break;
    case JsonBehaviorKind::empty: text(" EMPTY"); break;
    case JsonBehaviorKind::true_value: text(" TRUE"); break;
    case JsonBehaviorKind::false_value: text(" FALSE"); break;
    case JsonBehaviorKind::unknown: text(" UNKNOWN"); break;
    case JsonBehaviorKind::empty_array: text(" EMPTY ARRAY"); break;
    case JsonBehaviorKind::empty_object: text(" EMPTY OBJECT"); break;
    case JsonBehaviorKind::default_value:
      text(" DEFAULT ");
      node(behavior.expr, false);
      break;
  }
  text(" ON ");
  text(on);
}

void Printer::json_options(const expr::JsonExpr& n, JsonBehaviorKind default_behavior) {
  if (n.op == JsonExprOp::query) {
    switch (n.wrapper) {
      case expr::JsonWrapper::conditional: text(" WITH CONDITIONAL WRAPPER"); break;
      case expr::JsonWrapper::unconditional: text(" WITH UNCONDITIONAL WRAPPER"); break;
      case expr::JsonWrapper::none:
      case expr::JsonWrapper::unspecified: text(" WITHOUT WRAPPER"); break;
    }
    text(n.omit_quotes ? " OMIT QUOTES" : " KEEP QUOTES");
  }
  if (n.on_empty && n.on_empty->kind != default_behavior) json_behavior(*n.on_empty, "EMPTY");
  if (n.on_error && n.on_error->kind != default_behavior) json_behavior(*n.on_error, "ERROR");
}

void Printer::json_path(const NodePtr& path, bool show_implicit) {
  if (const auto* literal = expr::as<expr::Const>(path))
    constant(*literal, TypeLabel::never);
  else
    node(path, show_implicit);
}

void Printer::json_passing(const std::vector<std::string>& names, const Nodes& values, bool show_implicit) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    text(i == 0 ? " PASSING " : ", ");
    node(values[i], show_implicit);
    text(" AS ");
    identifier(names[i]);
  }
}

void Printer::print(const expr::JsonExpr& n, bool show_implicit) {
  const bool exists = n.op == JsonExprOp::exists;
  text(exists ? "JSON_EXISTS(" : n.op == JsonExprOp::query ? "JSON_QUERY(" : "JSON_VALUE(");
  node(n.formatted, show_implicit);
  text(", ");
  json_path(n.path, show_implicit);
  json_passing(n.passing_names, n.passing_values, show_implicit);
  if (!exists || n.returning.type != types::bool_) json_returning(n.returning, n.op == JsonExprOp::query);
  json_options(n, exists ? JsonBehaviorKind::false_value : JsonBehaviorKind::null);
  text(")");
}

}  // namespace pgplumb::engine::deparse

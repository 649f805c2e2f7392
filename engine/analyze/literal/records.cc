// Composite values: utils/adt/rowtypes.c.
#include <fmt/format.h>

#include <optional>
#include <vector>

#include "engine/analyze/literal/input.h"
#include "engine/analyze/lsyscache.h"

namespace pgplumb::engine::analyze::literal {

namespace {

std::vector<std::optional<std::string>> read_record(std::string_view text) {
  auto malformed = [text](const char* detail) {
    fail(errcode::invalid_text_representation, fmt::format("malformed record literal: \"{}\"", text), -1, detail);
  };
  std::string_view body = trimmed(text);
  if (body.empty() || body.front() != '(') malformed("Missing left parenthesis.");
  body.remove_prefix(1);
  std::vector<std::optional<std::string>> fields;
  for (;;) {
    std::optional<std::string> field;
    bool in_quotes = false;
    while (in_quotes || body.empty() || (body.front() != ',' && body.front() != ')')) {
      if (body.empty()) malformed("Unexpected end of input.");
      char c = body.front();
      body.remove_prefix(1);
      if (!field) field.emplace();
      if (c == '\\' && !body.empty()) {
        *field += body.front();
        body.remove_prefix(1);
      } else if (c == '"' && in_quotes && !body.empty() && body.front() == '"') {
        *field += '"';
        body.remove_prefix(1);
      } else if (c == '"') {
        in_quotes = !in_quotes;
      } else {
        *field += c;
      }
    }
    fields.push_back(std::move(field));
    bool last = body.front() == ')';
    body.remove_prefix(1);
    if (last) break;
  }
  if (!body.empty()) malformed("Junk after right parenthesis.");
  return fields;
}

std::string record_field_text(const std::string& text) {
  bool quote = text.empty();
  for (char c : text) quote = quote || c == '"' || c == '\\' || c == '(' || c == ')' || c == ',' || is_space(c);
  if (!quote) return text;
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += c;
    out += c;
  }
  return out + "\"";
}

}  // namespace

LiteralValue record_in(const Context& context, const TypeRow& type, std::string_view text) {
  std::vector<std::optional<std::string>> fields = read_record(text);
  LiteralValue result;
  result.text = "(";
  std::size_t used = 0;
  bool first = true;
  auto malformed = [text](const char* detail) {
    fail(errcode::invalid_text_representation, fmt::format("malformed record literal: \"{}\"", text), -1, detail);
  };
  for (const ColumnRow& column : context.cache.columns(type.relation)) {
    if (column.dropped) continue;
    if (used == fields.size()) malformed("Too few columns.");
    if (!first) result.text += ',';
    first = false;
    const auto& field = fields[used++];
    if (!field) continue;
    TypeRef base = base_type_and_typmod(context.cache, column.type.type, column.type.typmod);
    LiteralValue value = literal_in(context.cache, context.settings, base.type, base.typmod, *field);
    value.certain = value.certain && (base.typmod < 0 || takes_modifier(base.type));
    result.certain = result.certain && value.certain && value.object == invalid_oid;
    result.text += record_field_text(value.text);
  }
  if (used < fields.size()) malformed("Too many columns.");
  result.text += ")";
  return result;
}

}  // namespace pgplumb::engine::analyze::literal

#include "engine/psql/interpolate.h"

#include "parser/lexer.h"

namespace pgplumb::engine::psql {

namespace {

// :{?name} says whether the variable is set.
Reference test(std::string_view text, std::size_t colon, const Variables& variables) {
  const std::size_t close = text.find('}', colon);
  if (text.substr(colon, 3) != ":{?" || close == std::string_view::npos) return {};
  const std::string_view name = text.substr(colon + 3, close - colon - 3);
  if (!is_variable_name(name)) return {};
  return {close + 1, variables.find(name) ? "TRUE" : "FALSE"};
}

Reference quoted(std::string_view text, std::size_t colon, const Variables& variables) {
  const char quote = text[colon + 1];
  const std::size_t close = text.find(quote, colon + 2);
  if (close == std::string_view::npos) return {};
  const std::string_view name = text.substr(colon + 2, close - colon - 2);
  if (!is_variable_name(name)) return {};
  const std::string* value = variables.text(name);
  return value ? Reference{close + 1, quoted_value(*value, quote)} : Reference{};
}

Reference plain(std::string_view text, std::size_t colon, const Variables& variables) {
  std::size_t end = colon + 1;
  while (end < text.size() && is_variable_name(text.substr(end, 1))) ++end;
  if (end == colon + 1) return {};
  const std::string* value = variables.text(text.substr(colon + 1, end - colon - 1));
  return value ? Reference{end, *value} : Reference{};
}

}  // namespace

Reference reference_at(std::string_view text, std::size_t colon, const Variables& variables) {
  if (colon + 1 >= text.size()) return {};
  const char next = text[colon + 1];
  if (next == '{') return test(text, colon, variables);
  if (next == '\'' || next == '"') return quoted(text, colon, variables);
  return plain(text, colon, variables);
}

std::string interpolate(std::string_view text, const Variables& variables) {
  std::string result;
  std::size_t copied = 0;
  parser::Lexer lexer(text);
  for (parser::Token token = lexer.next(); token.kind != parser::TokenKind::end; token = lexer.next()) {
    if (!token.is(':')) continue;
    if (text.substr(token.offset, 2) == "::" || text.substr(token.offset, 2) == ":=") {
      lexer.seek(token.offset + 2);
      continue;
    }
    const Reference reference = reference_at(text, token.offset, variables);
    if (reference.end == 0) continue;
    result.append(text.substr(copied, token.offset - copied)).append(reference.value);
    copied = reference.end;
    lexer.seek(reference.end);
  }
  return result.append(text.substr(copied));
}

}  // namespace pgplumb::engine::psql

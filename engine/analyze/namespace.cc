#include "engine/analyze/namespace.h"

#include <fmt/format.h>

#include "catalog/base/name.h"
#include "engine/analyze/errors.h"

namespace pgplumb::engine::analyze {

namespace ast = parser::ast;

namespace {

std::string joined(const std::vector<std::string_view>& names) { return fmt::format("{}", fmt::join(names, ".")); }

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string fold(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

// One identifier from the front of the text; nothing where it is malformed.
std::optional<std::string> take_identifier(std::string_view& text) {
  std::string identifier;
  if (!text.empty() && text.front() == '"') {
    std::size_t at = 1;
    for (;; ++at) {
      if (at >= text.size()) return std::nullopt;
      if (text[at] == '"' && (at + 1 >= text.size() || text[at + 1] != '"')) break;
      if (text[at] == '"') ++at;
      identifier += text[at];
    }
    text.remove_prefix(at + 1);
  } else {
    std::size_t end = 0;
    while (end < text.size() && text[end] != '.' && !is_space(text[end])) ++end;
    identifier = fold(text.substr(0, end));
    text.remove_prefix(end);
  }
  if (identifier.empty()) return std::nullopt;
  return std::string(catalog::clip_utf8(identifier, catalog::max_identifier_length));
}

void skip_space(std::string_view& text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
}

}  // namespace

std::vector<std::string_view> name_list(ast::List<ast::Node> names) {
  std::vector<std::string_view> parts;
  for (ast::Node name : names) parts.push_back(name.str());
  return parts;
}

std::string name_list_to_string(ast::List<ast::Node> names) { return joined(name_list(names)); }

QualifiedName deconstruct_qualified_name(ast::List<ast::Node> names, int location) {
  return deconstruct_qualified_name(name_list(names), location);
}

QualifiedName deconstruct_qualified_name(const std::vector<std::string_view>& names, int location) {
  switch (names.size()) {
    case 1: return {{}, names[0]};
    case 2: return {names[0], names[1]};
    case 3: not_simulated("a name qualified with its database: " + joined(names), location);
    default:
      fail(errcode::syntax_error, "improper qualified name (too many dotted names): " + joined(names), location);
  }
}

Oid lookup_explicit_namespace(const Syscache& cache, std::string_view schema, int location) {
  Oid oid = cache.schema_by_name(schema);
  if (oid == invalid_oid) {
    fail(errcode::undefined_schema, fmt::format("schema \"{}\" does not exist", schema), location);
  }
  return oid;
}

Oid lookup_collation(const Syscache& cache, ast::List<ast::Node> names, int location) {
  QualifiedName name = deconstruct_qualified_name(names, location);
  Oid found = name.schema.empty()
                  ? cache.find_collation(name.name)
                  : cache.collation_named(lookup_explicit_namespace(cache, name.schema, location), name.name);
  if (found != invalid_oid) return found;
  fail(errcode::undefined_object,
       fmt::format("collation \"{}\" for encoding \"UTF8\" does not exist", name_list_to_string(names)), location);
}

std::optional<std::vector<std::string>> split_qualified_name(std::string_view text) {
  std::vector<std::string> parts;
  skip_space(text);
  for (;;) {
    auto part = take_identifier(text);
    if (!part) return std::nullopt;
    parts.push_back(std::move(*part));
    skip_space(text);
    if (text.empty()) return parts;
    if (text.front() != '.') return std::nullopt;
    text.remove_prefix(1);
    skip_space(text);
  }
}

}  // namespace pgplumb::engine::analyze

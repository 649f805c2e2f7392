// Names of catalog rows as constants: utils/adt/regproc.c.
#include <fmt/format.h>

#include <algorithm>

#include "engine/analyze/candidates.h"
#include "engine/analyze/literal/input.h"
#include "engine/analyze/namespace.h"
#include "engine/analyze/parse_func.h"
#include "engine/analyze/parse_type.h"
#include "parser/expression.h"

namespace pgplumb::engine::analyze::literal {

namespace {

using Names = std::vector<std::string>;

Names names_of(std::string_view text) {
  auto names = split_qualified_name(text);
  if (!names) fail("42602", "invalid name syntax");
  return std::move(*names);
}

QualifiedName qualified(const Names& names) {
  std::vector<std::string_view> views(names.begin(), names.end());
  return deconstruct_qualified_name(views);
}

std::string joined(const Names& names) { return fmt::format("{}", fmt::join(names, ".")); }

Oid relation_of(const Syscache& cache, std::string_view text) {
  Names names = names_of(text);
  QualifiedName name = qualified(names);
  Oid schema = name.schema.empty() ? invalid_oid : cache.schema_by_name(name.schema);
  Oid found = name.schema.empty() ? cache.find_relation(name.name)
              : schema == invalid_oid ? invalid_oid
                                      : cache.relation_named(schema, name.name);
  if (found != invalid_oid) return found;
  fail(errcode::undefined_table, fmt::format("relation \"{}\" does not exist", joined(names)));
}

Oid function_of(const Syscache& cache, std::string_view text) {
  Names names = names_of(text);
  QualifiedName name = qualified(names);
  std::vector<Oid> found;
  if (!name.schema.empty()) {
    found = cache.procs_named(lookup_explicit_namespace(cache, name.schema), name.name);
  } else {
    for (Oid schema : cache.search_path()) {
      for (Oid oid : cache.procs_named(schema, name.name)) found.push_back(oid);
    }
  }
  if (found.empty()) fail(errcode::undefined_function, fmt::format("function \"{}\" does not exist", text));
  if (found.size() > 1) fail(errcode::ambiguous_function, fmt::format("more than one function named \"{}\"", text));
  return found.front();
}

Oid type_of_text(const Syscache& cache, std::string_view text) {
  parser::ParsedTypeName parsed = parser::parse_type_name(text);
  if (parsed.error) fail(errcode::syntax_error, fmt::format("invalid type name \"{}\"", text));
  return resolve_type_name(cache, parsed.type).type;
}

/// The types between the parentheses of "name(type, type)".
std::vector<Oid> argument_types(const Syscache& cache, std::string_view inside) {
  std::vector<Oid> found;
  int depth = 0;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= inside.size(); ++i) {
    char c = i < inside.size() ? inside[i] : ',';
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '(' || c == '[')) ++depth;
    if (!quoted && (c == ')' || c == ']')) --depth;
    if (c != ',' || quoted || (depth > 0 && i < inside.size())) continue;
    std::string_view one = trimmed(inside.substr(start, i - start));
    if (!one.empty()) found.push_back(type_of_text(cache, one));
    start = i + 1;
  }
  return found;
}

Oid function_with_types(const Syscache& cache, std::string_view text) {
  std::size_t open = text.find('(');
  std::size_t close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    fail("22P02", "expected a left parenthesis");
  }
  Names names = names_of(text.substr(0, open));
  std::vector<std::string_view> views(names.begin(), names.end());
  Oid found = find_function_exact(cache, views, argument_types(cache, text.substr(open + 1, close - open - 1)));
  if (found != invalid_oid) return found;
  fail(errcode::undefined_function, fmt::format("function \"{}\" does not exist", text));
}

Oid schema_of(const Syscache& cache, std::string_view text) {
  Names names = names_of(text);
  if (names.size() != 1) fail("42602", "invalid name syntax");
  return lookup_explicit_namespace(cache, names[0]);
}

Oid collation_of_text(const Syscache& cache, std::string_view text) {
  Names names = names_of(text);
  QualifiedName name = qualified(names);
  Oid found = name.schema.empty() ? cache.find_collation(name.name)
                                  : cache.collation_named(lookup_explicit_namespace(cache, name.schema), name.name);
  if (found != invalid_oid) return found;
  fail(errcode::undefined_object,
       fmt::format("collation \"{}\" for encoding \"UTF8\" does not exist", joined(names)));
}

// Text search objects of the built-in catalogs; a user's own are not looked for.
LiteralValue text_search_object(const Context& context, Oid type, std::string_view text) {
  Names names = names_of(text);
  std::string name = names.back();
  const auto& builtin = context.cache.builtin();
  constexpr Oid pg_catalog = catalog::builtin::pg_catalog_namespace;
  bool in_catalog = names.size() == 1 || names.front() == "pg_catalog";
  Oid found = invalid_oid;
  if (type == types::regconfig) {
    const auto* row = builtin.ts_config_by_name(name);
    if (row && row->cfgnamespace == pg_catalog) found = row->oid;
  } else {
    const auto* row = builtin.ts_dict_by_name(name);
    if (row && row->dictnamespace == pg_catalog) found = row->oid;
  }
  if (!in_catalog) found = invalid_oid;
  return {in_catalog && found != invalid_oid ? name : std::string(text), found, found != invalid_oid};
}

Oid look_up(const Context& context, Oid type, std::string_view text) {
  switch (type) {
    case types::regclass: return relation_of(context.cache, text);
    case types::regproc: return function_of(context.cache, text);
    case types::regprocedure: return function_with_types(context.cache, text);
    case types::regtype: return type_of_text(context.cache, text);
    case types::regnamespace: return schema_of(context.cache, text);
    case types::regcollation: return collation_of_text(context.cache, text);
    default: return invalid_oid;
  }
}

}  // namespace

LiteralValue reg_in(const Context& context, Oid type, std::string_view text) {
  if (text == "-") return {"-", invalid_oid, true};
  bool number = !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
  if (number) return {std::string(text), invalid_oid, text == "0"};
  if (type == types::regconfig || type == types::regdictionary) return text_search_object(context, type, text);
  Oid found = look_up(context, type, text);
  return {std::string(text), found, found != invalid_oid};
}

}  // namespace pgplumb::engine::analyze::literal

// Names of catalog rows as constants: utils/adt/regproc.c.
#include <fmt/format.h>

#include <algorithm>

#include "catalog/catalog.h"
#include "engine/analyze/candidates.h"
#include "engine/analyze/literal/input.h"
#include "engine/analyze/namespace.h"
#include "engine/analyze/parse_func.h"
#include "engine/analyze/parse_oper.h"
#include "engine/analyze/parse_type.h"
#include "parser/expression.h"

namespace pgplumb::engine::analyze::literal {

namespace {

using catalog::Kind;
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
  // Since 16 a schema that is not there is no error of its own.
  if (!name.schema.empty() && schema == invalid_oid && cache.major() < 16)
    fail(errcode::undefined_schema, fmt::format("schema \"{}\" does not exist", name.schema));
  Oid found = name.schema.empty()     ? cache.find_relation(name.name)
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

/// The types between the parentheses of "name(type, type)"; an operator's missing operand is NONE.
std::vector<Oid> argument_types(const Syscache& cache, std::string_view inside, bool allow_none = false) {
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
    if (!one.empty()) found.push_back(allow_none && lower(one) == "none" ? invalid_oid : type_of_text(cache, one));
    start = i + 1;
  }
  return found;
}

/// Cuts "name(types)" in two.
std::pair<std::string_view, std::string_view> name_and_types(std::string_view text) {
  std::size_t open = text.find('(');
  if (open == std::string_view::npos) fail(errcode::invalid_text_representation, "expected a left parenthesis");
  std::string_view rest = trimmed(text.substr(open + 1));
  if (rest.empty() || rest.back() != ')') fail(errcode::invalid_text_representation, "expected a right parenthesis");
  return {text.substr(0, open), rest.substr(0, rest.size() - 1)};
}

Oid function_with_types(const Syscache& cache, std::string_view text) {
  auto [written, types] = name_and_types(text);
  Names names = names_of(written);
  std::vector<std::string_view> views(names.begin(), names.end());
  Oid found = find_function_exact(cache, views, argument_types(cache, types));
  if (found != invalid_oid) return found;
  fail(errcode::undefined_function, fmt::format("function \"{}\" does not exist", text));
}

Oid operator_with_types(const Syscache& cache, std::string_view text) {
  auto [written, types] = name_and_types(text);
  Names names = names_of(written);
  QualifiedName name = qualified(names);
  std::vector<Oid> operands = argument_types(cache, types, true);
  if (operands.size() == 1) fail(errcode::undefined_parameter, "missing argument");
  if (operands.size() != 2) fail(errcode::too_many_arguments, "too many arguments");
  Oid found = operator_exact(cache, {name.schema, name.name}, operands[0], operands[1]);
  if (found != invalid_oid) return found;
  fail(errcode::undefined_function, fmt::format("operator does not exist: {}", text));
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
  fail(errcode::undefined_object, fmt::format("collation \"{}\" for encoding \"UTF8\" does not exist", joined(names)));
}

Oid text_search_object_in(const Syscache& cache, Oid type, Oid schema, std::string_view name) {
  bool config = type == types::regconfig;
  if (schema != catalog::builtin::pg_catalog_namespace) {
    Kind kind = config ? Kind::text_search_configuration : Kind::text_search_dictionary;
    const auto* found = cache.objects() ? cache.objects()->find_named(kind, schema, name) : nullptr;
    return found ? found->oid : invalid_oid;
  }
  if (config) {
    const auto* row = cache.builtin().ts_config_by_name(name);
    return row && row->cfgnamespace == schema ? row->oid : invalid_oid;
  }
  const auto* row = cache.builtin().ts_dict_by_name(name);
  return row && row->dictnamespace == schema ? row->oid : invalid_oid;
}

Oid text_search_object(const Syscache& cache, Oid type, std::string_view text) {
  Names names = names_of(text);
  QualifiedName name = qualified(names);
  std::vector<Oid> schemas = cache.search_path();
  if (!name.schema.empty()) schemas = {lookup_explicit_namespace(cache, name.schema)};
  for (Oid schema : schemas) {
    if (Oid found = text_search_object_in(cache, type, schema, name.name); found != invalid_oid) return found;
  }
  const char* what = type == types::regconfig ? "configuration" : "dictionary";
  fail(errcode::undefined_object, fmt::format("text search {} \"{}\" does not exist", what, joined(names)));
}

Oid operator_of(const Syscache& cache, std::string_view text) {
  Names names = names_of(text);
  QualifiedName name = qualified(names);
  std::vector<Oid> schemas = cache.search_path(), found;
  if (!name.schema.empty()) schemas = {lookup_explicit_namespace(cache, name.schema)};
  for (Oid schema : schemas) {
    for (Oid oid : cache.operators_named(schema, name.name)) found.push_back(oid);
  }
  if (found.empty()) fail(errcode::undefined_function, fmt::format("operator does not exist: {}", text));
  if (found.size() > 1) fail(errcode::ambiguous_function, fmt::format("more than one operator named {}", text));
  return found.front();
}

Oid look_up(const Context& context, Oid type, std::string_view text) {
  switch (type) {
    case types::regclass: return relation_of(context.cache, text);
    case types::regproc: return function_of(context.cache, text);
    case types::regprocedure: return function_with_types(context.cache, text);
    case types::regtype: return type_of_text(context.cache, text);
    case types::regnamespace: return schema_of(context.cache, text);
    case types::regcollation: return collation_of_text(context.cache, text);
    case types::regoper: return operator_of(context.cache, text);
    case types::regoperator: return operator_with_types(context.cache, text);
    case types::regconfig:
    case types::regdictionary: return text_search_object(context.cache, type, text);
    default: return invalid_oid;
  }
}

// Objects of initdb have the same numbers everywhere.
constexpr Oid first_unpinned = 12000;

LiteralValue number_in(std::string_view text, int major) {
  std::string number = unsigned_in(text, UINT32_MAX, "oid", major, false);
  const auto oid = static_cast<Oid>(std::stoull(number));
  return oid == invalid_oid ? LiteralValue{"-", oid, true} : LiteralValue{std::move(number), oid, oid < first_unpinned};
}

}  // namespace

LiteralValue reg_in(const Context& context, Oid type, std::string_view text) {
  if (text == "-") return {"-", invalid_oid, true};
  bool number = !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
  if (number) return number_in(text, context.cache.major());
  Oid found = look_up(context, type, text);
  return {std::string(text), found, found != invalid_oid};
}

}  // namespace pgplumb::engine::analyze::literal

#include "engine/analyze/parse_type.h"

#include <fmt/format.h>

#include "engine/analyze/errors.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/namespace.h"

namespace pgplumb::engine::analyze {

namespace ast = parser::ast;
namespace types = catalog::types;

namespace {

std::string modifier_text(ast::Node node, int location) {
  if (auto constant = node.as<ast::A_Const>()) {
    if (constant.fval()) return std::string(constant.fval().fval());
    if (constant.sval()) return std::string(constant.sval().sval());
    if (!constant.isnull() && !constant.boolval() && !constant.bsval()) return std::to_string(constant.ival().ival());
  }
  if (auto column = node.as<ast::ColumnRef>(); column && column.fields().size() == 1) {
    if (std::string_view name = column.fields()[0].str(); !name.empty()) return std::string(name);
  }
  fail(errcode::syntax_error, "type modifiers must be simple constants or identifiers", location);
}

std::int32_t modifier_of(const Syscache& cache, const TypeRow& type, ast::TypeName type_name) {
  if (type_name.typmods().empty()) return -1;
  int location = type_name.location();
  if (!type.defined) {
    fail(errcode::syntax_error,
         fmt::format("type modifier cannot be specified for shell type \"{}\"", type_name_to_string(type_name)),
         location);
  }
  if (type.modifier_input == invalid_oid) {
    fail(errcode::syntax_error,
         fmt::format("type modifier is not allowed for type \"{}\"", type_name_to_string(type_name)), location);
  }
  std::vector<std::string> modifiers;
  for (ast::Node node : type_name.typmods()) modifiers.push_back(modifier_text(node, location));
  return typmod_in(cache, type, modifiers, location);
}

const ColumnRow& referenced_column(const Syscache& cache, Oid relation, std::string_view relation_name,
                                   std::string_view column, int location) {
  for (const ColumnRow& row : cache.columns(relation)) {
    if (!row.dropped && row.name == column) return row;
  }
  fail(errcode::undefined_column,
       fmt::format("column \"{}\" of relation \"{}\" does not exist", column, relation_name), location);
}

// table.column%TYPE
TypeRef percent_type(const Syscache& cache, ast::TypeName type_name) {
  std::vector<std::string_view> names = name_list(type_name.names());
  int location = type_name.location();
  if (names.size() < 2) {
    fail(errcode::syntax_error,
         fmt::format("improper %TYPE reference (too few dotted names): {}", name_list_to_string(type_name.names())),
         location);
  }
  std::string_view column = names.back();
  names.pop_back();
  QualifiedName relation_name = deconstruct_qualified_name(names, location);
  Oid relation = relation_name.schema.empty()
                     ? cache.find_relation(relation_name.name)
                     : cache.relation_named(lookup_explicit_namespace(cache, relation_name.schema, location),
                                            relation_name.name);
  if (relation == invalid_oid) {
    fail(errcode::undefined_table,
         fmt::format("relation \"{}\" does not exist", fmt::join(names, ".")), location);
  }
  return referenced_column(cache, relation, relation_name.name, column, location).type;
}

Oid named_type(const Syscache& cache, ast::TypeName type_name) {
  QualifiedName name = deconstruct_qualified_name(type_name.names(), type_name.location());
  if (name.schema.empty()) return cache.find_type(name.name);
  return cache.type_named(lookup_explicit_namespace(cache, name.schema, type_name.location()), name.name);
}

}  // namespace

std::string type_name_to_string(ast::TypeName type_name) {
  std::string text = name_list_to_string(type_name.names());
  if (type_name.pct_type()) text += "%TYPE";
  if (!type_name.array_bounds().empty()) text += "[]";
  return text;
}

TypeRef find_type_name(const Syscache& cache, ast::TypeName type_name) {
  TypeRef result;
  if (type_name.pct_type()) {
    result.type = percent_type(cache, type_name).type;
  } else {
    result.type = named_type(cache, type_name);
  }
  const TypeRow* row = cache.type(result.type);
  if (!row) return {};
  bool is_array = !type_name.array_bounds().empty();
  if (is_array) result.type = row->array;
  const TypeRow* whole = cache.type(result.type);
  if (!whole) return {};
  result.typmod = modifier_of(cache, *whole, type_name);
  return result;
}

TypeRef resolve_type_name(const Syscache& cache, ast::TypeName type_name) {
  TypeRef found = find_type_name(cache, type_name);
  const TypeRow* row = cache.type(found.type);
  if (!row) {
    fail(errcode::undefined_object, fmt::format("type \"{}\" does not exist", type_name_to_string(type_name)),
         type_name.location());
  }
  if (!row->defined) {
    fail(errcode::undefined_object, fmt::format("type \"{}\" is only a shell", type_name_to_string(type_name)),
         type_name.location());
  }
  return found;
}

}  // namespace pgplumb::engine::analyze

#include "engine/ddl/resolve.h"

#include <algorithm>
#include <array>

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/table.h"

namespace pgplumb::engine::ddl {

namespace {

constexpr std::array<std::string_view, 6> system_columns = {"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"};

const Object& require_found(const Interpreter& interpreter, Oid oid, std::string_view schema, std::string_view name) {
  if (oid == invalid_oid) {
    if (!schema.empty()) require_schema(interpreter, schema);
    no_such_relation(schema, name);
  }
  const Object* relation = interpreter.catalog().find(oid);
  if (!relation)
    throw SqlError("42501", "permission denied: \"" + std::string(name) + "\" is a system catalog");
  return *relation;
}

}  // namespace

Oid find_relation_in_schema(const Interpreter& interpreter, Oid schema, Name name) {
  const auto found = interpreter.catalog().lookup(catalog::NameSpace::relation, Kind::none, schema, name);
  if (!found.empty()) return found.front();
  if (!is_system_schema(schema)) return invalid_oid;
  const auto* builtin = catalog::builtin::of(interpreter.major()).relation_by_name(schema, name.view());
  return builtin ? builtin->oid : invalid_oid;
}

Oid find_relation(const Interpreter& interpreter, QualifiedName name) {
  if (!name.schema.empty()) {
    const Oid schema = find_schema(interpreter, name.schema);
    return schema == invalid_oid ? invalid_oid : find_relation_in_schema(interpreter, schema, Name(name.name));
  }
  for (Oid schema : interpreter.search_path()) {
    const Oid found = find_relation_in_schema(interpreter, schema, Name(name.name));
    if (found != invalid_oid) return found;
  }
  return invalid_oid;
}

Oid find_relation(const Interpreter& interpreter, ast::RangeVar name) {
  if (!name.catalogname().empty() && name.catalogname() != interpreter.environment().database)
    throw SqlError("0A000", "cross-database references are not implemented: \"" + std::string(name.catalogname()) + "." +
                                std::string(name.schemaname()) + "." + std::string(name.relname()) + "\"");
  return find_relation(interpreter, QualifiedName{name.schemaname(), name.relname()});
}

Oid find_relation(const Interpreter& interpreter, ast::List<ast::Node> names) {
  return find_relation(interpreter, deconstruct(interpreter, names));
}

const Object& require_relation(const Interpreter& interpreter, ast::RangeVar name) {
  return require_found(interpreter, find_relation(interpreter, name), name.schemaname(), name.relname());
}

const Object& require_relation(const Interpreter& interpreter, ast::List<ast::Node> names) {
  const QualifiedName name = deconstruct(interpreter, names);
  return require_found(interpreter, find_relation(interpreter, name), name.schema, name.name);
}

void no_such_relation(std::string_view schema, std::string_view name) {
  const std::string prefix = schema.empty() ? std::string() : std::string(schema) + ".";
  throw SqlError("42P01", "relation \"" + prefix + std::string(name) + "\" does not exist");
}

bool is_relation(Kind kind) { return catalog::kind_info(kind).name_space == catalog::NameSpace::relation; }

std::string_view relation_word(const Object& relation) {
  if (const auto* table = dynamic_cast<const catalog::Table*>(&relation))
    return table->partition_strategy == catalog::PartitionStrategy::none ? "table" : "partitioned table";
  return catalog::kind_info(relation.kind).label;
}

std::string not_supported_for(const Object& relation) {
  std::string word(relation_word(relation));
  word += word.back() == 'x' ? "es" : "s";
  return "This operation is not supported for " + word + ".";
}

void require_free_relation_name(const Interpreter& interpreter, Oid schema, Name name, bool as_type) {
  const auto exists = [&](catalog::NameSpace space) {
    return !interpreter.catalog().lookup(space, Kind::none, schema, name).empty();
  };
  if (exists(catalog::NameSpace::relation) || find_relation_in_schema(interpreter, schema, name) != invalid_oid)
    throw SqlError("42P07", "relation \"" + name.str() + "\" already exists");
  if (as_type && exists(catalog::NameSpace::type))
    throw SqlError("42710", "type \"" + name.str() + "\" already exists", {},
                   "A relation has an associated type of the same name, so you must use a name that doesn't conflict "
                   "with any existing type.");
}

std::vector<const Column*> columns_of(const catalog::Catalog& catalog, Oid relation) {
  std::vector<const Column*> columns = catalog.children_of<Column>(relation);
  std::sort(columns.begin(), columns.end(), [](const Column* a, const Column* b) { return a->number < b->number; });
  return columns;
}

const Column* find_column(const catalog::Catalog& catalog, Oid relation, Name name) {
  return catalog.find_named<Column>(relation, name);
}

const Column& require_column(const catalog::Catalog& catalog, const Object& relation, Name name) {
  const Column* column = find_column(catalog, relation.oid, name);
  if (!column)
    throw SqlError("42703",
                   "column \"" + name.str() + "\" of relation \"" + relation.name.str() + "\" does not exist");
  return *column;
}

bool is_system_column(std::string_view name) {
  return std::find(system_columns.begin(), system_columns.end(), name) != system_columns.end();
}

bool is_system_column(const Object& relation, std::string_view name) {
  const bool has_any = relation.kind == catalog::Kind::table || relation.kind == catalog::Kind::foreign_table ||
                       relation.kind == catalog::Kind::materialized_view;
  return has_any && is_system_column(name);
}

}  // namespace pgplumb::engine::ddl

#include "engine/ddl/namespace.h"
#include "engine/ddl/permissions.h"

#include <algorithm>
#include <unordered_set>

#include "catalog/builtin/builtin.h"

namespace pgplumb::engine::ddl {

namespace {

constexpr std::string_view temporary_name = "pg_temp";

void add_schema_once(std::vector<Oid>& path, Oid schema) {
  if (schema != invalid_oid && std::find(path.begin(), path.end(), schema) == path.end()) path.push_back(schema);
}

/// A schema that the user may not look into is passed over.
bool may_use(const Interpreter& interpreter, Oid schema) {
  const catalog::Object* object = interpreter.catalog().find(schema);
  return !object || is_superuser(interpreter) || is_temporary_schema(interpreter, schema) ||
         has_privilege(interpreter, interpreter.session().current_user(), *object, usage_privilege);
}

Oid schema_named(const Interpreter& interpreter, Name name) {
  if (name.view() == temporary_name) return interpreter.session().temporary_schema();
  if (const auto* schema = interpreter.catalog().find_named<catalog::Schema>(invalid_oid, name)) return schema->oid;
  const auto* builtin = catalog::builtin::of(interpreter.major()).namespace_by_name(name.view());
  return builtin && builtin->oid != catalog::builtin::public_namespace ? builtin->oid : invalid_oid;
}

/// The schemas that search_path names and that exist.
std::vector<Oid> explicit_search_path(const Interpreter& interpreter) {
  std::vector<Oid> path;
  for (Name name : interpreter.session().search_path())
    if (const Oid schema = schema_named(interpreter, name); may_use(interpreter, schema)) add_schema_once(path, schema);
  return path;
}

/// Removes objects with their children and dependents, whatever those are.
void erase_closure(Catalog& catalog, std::vector<Oid> pending) {
  std::unordered_set<Oid> seen(pending.begin(), pending.end());
  std::vector<Oid> order;
  const auto add = [&](Oid oid) {
    if (seen.insert(oid).second) pending.push_back(oid);
  };
  while (!pending.empty()) {
    const Oid oid = pending.back();
    pending.pop_back();
    if (!catalog.find(oid)) continue;
    order.push_back(oid);
    for (Oid child : catalog.children(oid)) add(child);
    for (const catalog::Dependent& dependent : catalog.dependents(oid)) add(dependent.oid);
  }
  for (auto oid = order.rbegin(); oid != order.rend(); ++oid) catalog.erase(*oid);
}

}  // namespace

Oid find_schema(const Interpreter& interpreter, std::string_view name) {
  return schema_named(interpreter, Name(name));
}

Oid require_schema(const Interpreter& interpreter, std::string_view name) {
  const Oid schema = find_schema(interpreter, name);
  if (schema == invalid_oid) throw SqlError("3F000", "schema \"" + std::string(name) + "\" does not exist");
  return schema;
}

std::string schema_name(const Interpreter& interpreter, Oid schema) {
  if (const catalog::Object* object = interpreter.catalog().find(schema)) return object->name.str();
  const auto* builtin = catalog::builtin::of(interpreter.major()).namespace_by_oid(schema);
  return builtin ? std::string(builtin->nspname.view()) : std::string();
}

bool is_temporary_schema(const Interpreter& interpreter, Oid schema) {
  return schema != invalid_oid && schema == interpreter.session().temporary_schema();
}

std::vector<Oid> active_search_path(const Interpreter& interpreter) {
  const std::vector<Oid> named = explicit_search_path(interpreter);
  std::vector<Oid> path;
  const auto is_named = [&](Oid schema) { return std::find(named.begin(), named.end(), schema) != named.end(); };
  const Oid temporary = interpreter.session().temporary_schema();
  if (temporary != invalid_oid && !is_named(temporary)) path.push_back(temporary);
  if (!is_named(catalog::builtin::pg_catalog_namespace)) path.push_back(catalog::builtin::pg_catalog_namespace);
  path.insert(path.end(), named.begin(), named.end());
  return path;
}

Oid creation_schema(Interpreter& interpreter) {
  for (Name name : interpreter.session().search_path()) {
    if (name.view() == temporary_name) return temporary_schema(interpreter);
    const Oid schema = find_schema(interpreter, name.view());
    if (schema != invalid_oid && may_use(interpreter, schema)) return schema;
  }
  throw SqlError("3F000", "no schema has been selected to create in");
}

Oid temporary_schema(Interpreter& interpreter) {
  Session& session = interpreter.session();
  if (session.temporary_schema() == invalid_oid) {
    catalog::Schema schema;
    schema.name = "pg_temp_3";
    schema.owner = interpreter.environment().user;
    session.set_temporary_schema(interpreter.catalog().insert(std::move(schema)).oid);
  }
  return session.temporary_schema();
}

std::string name_list_text(ast::List<ast::Node> names) {
  std::string text;
  for (ast::Node name : names) {
    if (!text.empty()) text += '.';
    text += name.is<ast::A_Star>() ? "*" : std::string(name.str());
  }
  return text;
}

QualifiedName deconstruct(const Interpreter& interpreter, ast::List<ast::Node> names) {
  switch (names.size()) {
    case 1:
      return {{}, names[0].str()};
    case 2:
      return {names[0].str(), names[1].str()};
    case 3:
      if (names[0].str() != interpreter.environment().database)
        throw SqlError("0A000", "cross-database references are not implemented: " + name_list_text(names));
      return {names[1].str(), names[2].str()};
    default:
      throw SqlError("42601", "improper qualified name (too many dotted names): " + name_list_text(names));
  }
}

CreationName creation_name(Interpreter& interpreter, ast::List<ast::Node> names) {
  return creation_name(interpreter, deconstruct(interpreter, names));
}

CreationName creation_name(Interpreter& interpreter, QualifiedName parts) {
  if (parts.schema == temporary_name) return {temporary_schema(interpreter), Name(parts.name)};
  const Oid schema = parts.schema.empty() ? creation_schema(interpreter) : require_schema(interpreter, parts.schema);
  require_create(interpreter, schema);
  return {schema, Name(parts.name)};
}

RelationCreation relation_creation(Interpreter& interpreter, ast::RangeVar relation) {
  if (!relation.catalogname().empty() && relation.catalogname() != interpreter.environment().database)
    throw SqlError("0A000", "cross-database references are not implemented: \"" + std::string(relation.catalogname()) +
                                "." + std::string(relation.schemaname()) + "." + std::string(relation.relname()) + "\"");
  RelationCreation result;
  result.name = Name(relation.relname());
  const std::string_view persistence = relation.relpersistence();
  if (persistence == "u") result.persistence = Persistence::unlogged;
  if (persistence == "t") result.persistence = Persistence::temporary;
  const bool temporary = result.persistence == Persistence::temporary;
  if (!relation.schemaname().empty())
    result.schema = relation.schemaname() == temporary_name ? temporary_schema(interpreter)
                                                            : require_schema(interpreter, relation.schemaname());
  else
    result.schema = temporary ? temporary_schema(interpreter) : creation_schema(interpreter);
  if (is_temporary_schema(interpreter, result.schema)) {
    if (result.persistence == Persistence::unlogged)
      throw SqlError("42P16", "only temporary relations may be created in temporary schemas");
    result.persistence = Persistence::temporary;
  } else if (temporary) {
    throw SqlError("42P16", "cannot create temporary relation in non-temporary schema");
  }
  require_create(interpreter, result.schema);
  return result;
}

void drop_temporary(Interpreter& interpreter, const std::vector<Oid>& relations) {
  erase_closure(interpreter.catalog(), relations);
}

void end_temporary_schema(Interpreter& interpreter) {
  const Oid schema = interpreter.session().temporary_schema();
  if (schema != invalid_oid) erase_closure(interpreter.catalog(), {schema});
}

}  // namespace pgplumb::engine::ddl

// CREATE TYPE … AS (…): DefineCompositeType of commands/typecmds.c. ALTER TYPE … ATTRIBUTE is ALTER TABLE's.
#include <set>

#include "catalog/kinds/composite_type.h"
#include "engine/ddl/default_privileges.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/table_columns.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

ColumnSpec read_attribute(Interpreter& interpreter, ast::ColumnDef definition) {
  ColumnSpec spec;
  spec.name = Name(definition.colname());
  if (definition.type_name().setof())
    throw SqlError("42P16", "column \"" + spec.name.str() + "\" cannot be declared SETOF");
  spec.type = require_type(interpreter, definition.type_name());
  spec.collation = collation_of(interpreter, spec.type.type, definition.coll_clause());
  spec.location = definition.location();
  return spec;
}

/// Before anything is known of their types: MergeAttributes.
void check_column_names(ast::List<ast::Node> definitions) {
  std::set<std::string_view> names;
  for (ast::Node node : definitions) {
    const std::string_view name = node.as<ast::ColumnDef>().colname();
    if (!names.insert(name).second)
      throw SqlError("42701", "column \"" + std::string(name) + "\" specified more than once");
  }
}

}  // namespace

void create_composite_type(Interpreter& interpreter, ast::CompositeTypeStmt statement) {
  const RelationCreation place = relation_creation(interpreter, statement.typevar());
  require_free_type_name(interpreter, place.schema, place.name);
  check_column_names(statement.coldeflist());
  std::vector<ColumnSpec> specs;
  for (ast::Node node : statement.coldeflist()) specs.push_back(read_attribute(interpreter, node.as<ast::ColumnDef>()));
  require_free_relation_name(interpreter, place.schema, place.name);
  CompositeType type;
  type.parent = Ref<Schema>{place.schema};
  type.name = place.name;
  type.owner = new_owner(interpreter);
  const Oid oid = interpreter.catalog().insert(std::move(type)).oid;
  grant_defaults(interpreter, oid);
  int number = 0;
  for (const ColumnSpec& spec : specs) insert_column(interpreter, oid, spec, ++number);
}

}  // namespace pgplumb::engine::ddl

// ALTER … SET SCHEMA: ExecAlterObjectSchemaStmt of commands/alter.c, AlterTableNamespace of tablecmds.c,
// AlterTypeNamespace of typecmds.c.
#include "engine/ddl/permissions.h"
#include "engine/ddl/set_schema.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/schema.h"
#include "catalog/kinds/sequence.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/extension.h"
#include "engine/ddl/relation_parts.h"
#include "engine/ddl/rename.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

void set_parent(Interpreter& interpreter, Oid object, Oid schema) {
  interpreter.catalog().edit_any(object).set<&Object::parent>(AnyRef{Kind::schema, schema});
}

bool relation_exists(const Interpreter& interpreter, Oid schema, Name name) {
  return !interpreter.catalog().lookup(NameSpace::relation, Kind::none, schema, name).empty();
}

void check_relation_free(const Interpreter& interpreter, const Object& relation, Oid schema) {
  if (relation_exists(interpreter, schema, relation.name))
    throw SqlError("42P07", "relation \"" + relation.name.str() + "\" already exists in schema \"" +
                                schema_name(interpreter, schema) + "\"");
}

void check_type_free(const Interpreter& interpreter, Name type, Oid schema) {
  const analyze::Syscache& cache = cache_of(interpreter);
  if (cache.type(cache.type_named(schema, type.view())))
    throw SqlError("42710", "type \"" + type.str() + "\" already exists in schema \"" +
                                schema_name(interpreter, schema) + "\"");
}

/// A range type and its multirange type move apart from one another.
void move_multirange(Interpreter& interpreter, Ref<RangeType> range, Oid schema) {
  check_type_free(interpreter, interpreter.catalog().get(range).multirange_name, schema);
  interpreter.catalog().edit(range).set<&RangeType::multirange_schema>(AnyRef{Kind::schema, schema});
}

/// AlterTableNamespaceInternal
void move_relation(Interpreter& interpreter, const Object& relation, Oid schema) {
  const Catalog& catalog = interpreter.catalog();
  const Oid oid = relation.oid;
  check_relation_free(interpreter, relation, schema);
  if (kind_info(relation.kind).has_row_type(interpreter.major())) check_type_free(interpreter, relation.name, schema);
  for (Oid child : catalog.children(oid))
    if (catalog.find(child)->kind == Kind::index) check_relation_free(interpreter, *catalog.find(child), schema);
  const std::vector<Oid> sequences = owned_sequences(catalog, oid);
  for (Oid sequence : sequences) check_relation_free(interpreter, *catalog.find(sequence), schema);
  set_parent(interpreter, oid, schema);
  for (Oid sequence : sequences) set_parent(interpreter, sequence, schema);
}

/// RangeVarCallbackForAlterRelation, for SET SCHEMA.
void check_movable(const Object& relation, ObjectType type) {
  const std::string name = "\"" + relation.name.str() + "\"";
  const auto require = [&](ObjectType wanted, Kind kind, const char* word) {
    if (type == wanted && relation.kind != kind) throw SqlError("42809", name + " is not " + word);
  };
  require(ObjectType::OBJECT_SEQUENCE, Kind::sequence, "a sequence");
  require(ObjectType::OBJECT_VIEW, Kind::view, "a view");
  require(ObjectType::OBJECT_MATVIEW, Kind::materialized_view, "a materialized view");
  require(ObjectType::OBJECT_FOREIGN_TABLE, Kind::foreign_table, "a foreign table");
  if (relation.kind == Kind::composite_type)
    throw SqlError("42809", name + " is a composite type", {}, "Use ALTER TYPE instead.");
  if (relation.kind == Kind::index)
    throw SqlError("42809", "cannot change schema of index " + name, {}, "Change the schema of the table instead.");
}

void check_not_owned(const Interpreter& interpreter, const Object& relation) {
  if (relation.kind != Kind::sequence) return;
  const Ref<Column> column = static_cast<const Sequence&>(relation).owned_by;
  if (!column) return;
  const Object& table = *interpreter.catalog().find(interpreter.catalog().get(column).parent.oid);
  throw SqlError("0A000", "cannot move an owned sequence into another schema",
                 "Sequence \"" + relation.name.str() + "\" is linked to table \"" + table.name.str() + "\".");
}

void set_relation_schema(Interpreter& interpreter, ast::AlterObjectSchemaStmt statement) {
  if (statement.missing_ok() && find_relation(interpreter, statement.relation()) == invalid_oid)
    return skip_missing_relation(interpreter, statement.relation());
  const Object& relation = require_relation(interpreter, statement.relation());
  check_movable(relation, statement.object_type());
  require_owner(interpreter, relation);
  check_not_owned(interpreter, relation);
  const Oid schema = require_schema(interpreter, statement.newschema());
  require_create(interpreter, schema);
  check_schema_change(interpreter, relation.parent.oid, schema);
  if (schema != relation.parent.oid) move_relation(interpreter, relation, schema);
}

void set_type_schema(Interpreter& interpreter, ast::AlterObjectSchemaStmt statement) {
  const Oid oid = require_type(interpreter, statement.object().items());
  const Object* type = interpreter.catalog().find(oid);
  const std::string text = type_text(interpreter, oid);
  if (!type) throw NotSimulated("moving a built-in type");
  if (statement.object_type() == ObjectType::OBJECT_DOMAIN && type->kind != Kind::domain)
    throw SqlError("42809", text + " is not a domain");
  const Oid schema = require_schema(interpreter, statement.newschema());
  if (form_of_type(oid) == TypeForm::array || form_of_type(oid) == TypeForm::multirange_array)
    throw SqlError(
        "42809", "cannot alter array type " + text, {},
        "You can alter type " + type_text(interpreter, oid - 1) + ", which will alter the array type as well.");
  require_owner(interpreter, *type);
  require_create(interpreter, schema);
  const Oid old_schema = cache_of(interpreter).type(oid)->schema;
  check_schema_change(interpreter, old_schema, schema);
  if (schema == old_schema) return;
  if (form_of_type(oid) == TypeForm::multirange) return move_multirange(interpreter, Ref<RangeType>{type->oid}, schema);
  if (!kind_info(type->kind).traits.is_type)
    throw SqlError("42809", text + " is a table's row type", {}, "Use ALTER TABLE instead.");
  move_to_schema(interpreter, type->oid, schema);
}

std::string name_to_move(ast::Node object, const Object& found) {
  if (object.is<ast::ObjectWithArgs>()) return name_list_text(object.as<ast::ObjectWithArgs>().objname());
  return found.name.str();
}

}  // namespace

void check_schema_change(const Interpreter& interpreter, Oid old_schema, Oid schema) {
  if (schema == old_schema) return;
  for (Oid each : {schema, old_schema}) {
    if (is_temporary_schema(interpreter, each))
      throw SqlError("0A000", "cannot move objects into or out of temporary schemas");
    if (each == builtin::pg_toast_namespace) throw SqlError("0A000", "cannot move objects into or out of TOAST schema");
  }
}

void move_to_schema(Interpreter& interpreter, Oid oid, Oid schema) {
  const Object& object = *interpreter.catalog().find(oid);
  if (object.parent.oid == schema) return;
  const KindInfo& kind = kind_info(object.kind);
  if (kind.name_space == NameSpace::relation) return move_relation(interpreter, object, schema);
  if (kind.traits.is_type)
    check_type_free(interpreter, object.name, schema);
  else if (object.kind != Kind::operator_)
    require_free_name(interpreter, object, schema, object.name);
  set_parent(interpreter, oid, schema);
}

void alter_object_schema(Interpreter& interpreter, ast::AlterObjectSchemaStmt statement) {
  switch (statement.object_type()) {
    case ObjectType::OBJECT_EXTENSION:
      return set_extension_schema(interpreter, statement);
    case ObjectType::OBJECT_TABLE:
    case ObjectType::OBJECT_SEQUENCE:
    case ObjectType::OBJECT_VIEW:
    case ObjectType::OBJECT_MATVIEW:
    case ObjectType::OBJECT_FOREIGN_TABLE:
      return set_relation_schema(interpreter, statement);
    case ObjectType::OBJECT_TYPE:
    case ObjectType::OBJECT_DOMAIN:
      return set_type_schema(interpreter, statement);
    default:
      break;
  }
  const Address address = find_address(interpreter, statement.object_type(), statement.object());
  const Oid schema = require_schema(interpreter, statement.newschema());
  if (!address.object) throw NotSimulated("moving a built-in object");
  require_owner(interpreter, *address.object, name_to_move(statement.object(), *address.object));
  require_create(interpreter, schema);
  check_schema_change(interpreter, address.object->parent.oid, schema);
  move_to_schema(interpreter, address.object->oid, schema);
}

}  // namespace pgplumb::engine::ddl

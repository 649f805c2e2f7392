// ALTER … RENAME TO: ExecRenameStmt and AlterObjectRename_internal of commands/alter.c.
#include "engine/ddl/permissions.h"
#include "engine/ddl/rename.h"

#include "catalog/kinds/range_type.h"
#include "catalog/kinds/routine.h"
#include "catalog/kinds/rule.h"
#include "catalog/kinds/trigger.h"
#include "engine/analyze/parse_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

void set_name(Interpreter& interpreter, Oid oid, Name name) {
  interpreter.catalog().edit_any(oid).set<&Object::name>(name);
}

void rename_schema(Interpreter& interpreter, ast::RenameStmt statement) {
  const Oid schema = require_schema(interpreter, statement.subname());
  const Name name(statement.newname());
  if (find_schema(interpreter, name.view()) != invalid_oid)
    throw SqlError("42P06", "schema \"" + name.str() + "\" already exists");
  if (name.view().substr(0, 3) == "pg_")
    throw SqlError("42939", "unacceptable schema name \"" + name.str() + "\"",
                   "The prefix \"pg_\" is reserved for system schemas.");
  if (is_builtin(schema)) throw NotSimulated("renaming a built-in schema");
  require_owner(interpreter, *interpreter.catalog().find(schema));
  set_name(interpreter, schema, name);
}

void rename_type(Interpreter& interpreter, ast::RenameStmt statement) {
  const Oid oid = require_type(interpreter, statement.object().items());
  const std::string text = type_text(interpreter, oid);
  const Object* type = interpreter.catalog().find(oid);
  if (!type) throw NotSimulated("renaming a built-in type");
  if (statement.rename_type() == ObjectType::OBJECT_DOMAIN && type->kind != Kind::domain)
    throw SqlError("42809", text + " is not a domain");
  const KindInfo& kind = kind_info(type->kind);
  if (kind.has_row_type(interpreter.major()) && !kind.traits.is_type)
    throw SqlError("42809", text + " is a table's row type", {}, "Use ALTER TABLE instead.");
  if (form_of_type(oid) == TypeForm::array || form_of_type(oid) == TypeForm::multirange_array)
    throw SqlError(
        "42809", "cannot alter array type " + text, {},
        "You can alter type " + type_text(interpreter, oid - 1) + ", which will alter the array type as well.");
  require_owner(interpreter, *type);
  const Name name(statement.newname());
  if (type->kind == Kind::composite_type) return rename_relation_to(interpreter, oid, name);
  require_free_type_name(interpreter, cache_of(interpreter).type(oid)->schema, name);
  if (form_of_type(oid) == TypeForm::multirange)
    interpreter.catalog().edit(Ref<catalog::RangeType>{type->oid}).set<&catalog::RangeType::multirange_name>(name);
  else
    set_name(interpreter, oid, name);
}

void rename_domain_constraint(Interpreter& interpreter, ast::RenameStmt statement) {
  const Oid domain = require_type(interpreter, statement.object().items());
  const Object* type = interpreter.catalog().find(domain);
  if (!type || type->kind != Kind::domain) throw SqlError("42809", type_text(interpreter, domain) + " is not a domain");
  const Object* constraint = interpreter.catalog().find_named(Kind::constraint, domain, Name(statement.subname()));
  if (!constraint)
    throw SqlError("42704", "constraint \"" + std::string(statement.subname()) + "\" for domain " +
                                type_text(interpreter, domain) + " does not exist");
  const Name name(statement.newname());
  if (interpreter.catalog().find_named(Kind::constraint, domain, name))
    throw SqlError(
        "42710", "constraint \"" + name.str() + "\" for domain " + type_text(interpreter, domain) + " already exists");
  set_name(interpreter, constraint->oid, name);
}

/// renametrig_internal
void set_trigger_name(Interpreter& interpreter, Oid oid, Name name) {
  const Catalog& catalog = interpreter.catalog();
  const Object& trigger = *catalog.find(oid);
  if (trigger.name == name) return;
  if (catalog.find_named<Trigger>(trigger.parent.oid, name))
    throw SqlError("42710", "trigger \"" + name.str() + "\" for relation \"" + catalog.find(trigger.parent.oid)->name.str() +
                                "\" already exists");
  set_name(interpreter, oid, name);
}

/// renametrig_partition: clones have the name of what they are clones of.
void rename_clones(Interpreter& interpreter, Oid trigger, Name name) {
  const Catalog& catalog = interpreter.catalog();
  for (Oid partition : partitions_of(catalog, catalog.find(trigger)->parent.oid))
    for (const Trigger* clone : catalog.children_of<Trigger>(partition)) {
      if (clone->partition_of.oid != trigger) continue;
      const Oid oid = clone->oid;
      set_trigger_name(interpreter, oid, name);
      rename_clones(interpreter, oid, name);
      break;
    }
}

void rename_trigger(Interpreter& interpreter, const Trigger& trigger, Name name) {
  const Catalog& catalog = interpreter.catalog();
  if (const auto* original = catalog.find_as<Trigger>(trigger.partition_of.oid))
    throw SqlError("0A000",
                   "cannot rename trigger \"" + trigger.name.str() + "\" on table \"" +
                       catalog.find(trigger.parent.oid)->name.str() + "\"",
                   {},
                   "Rename the trigger on the partitioned table \"" + catalog.find(original->parent.oid)->name.str() +
                       "\" instead.");
  const Oid oid = trigger.oid;
  set_trigger_name(interpreter, oid, name);
  rename_clones(interpreter, oid, name);
}

/// Triggers, rules and policies, which are named within their relation.
void rename_on_relation(Interpreter& interpreter, ast::RenameStmt statement, Kind kind) {
  const Object& relation = require_relation(interpreter, statement.relation());
  require_owner(interpreter, relation);
  if (kind == Kind::rule && relation.kind != Kind::table && relation.kind != Kind::view)
    throw SqlError("42809", "relation \"" + relation.name.str() + "\" cannot have rules");
  const Name old(statement.subname()), name(statement.newname());
  const std::string label(kind_info(kind).label);
  if (kind == Kind::rule && relation.kind == Kind::view && old.view() == "_RETURN")
    throw SqlError("42P17", "renaming an ON SELECT rule is not allowed");
  const Object* object = interpreter.catalog().find_named(kind, relation.oid, old);
  const bool is_query = kind == Kind::rule && relation.kind == Kind::view && name.view() == "_RETURN";
  const bool taken = is_query || interpreter.catalog().find_named(kind, relation.oid, name) != nullptr;
  const std::string missing = label + " \"" + old.str() +
                              (kind == Kind::rule ? "\" for relation \"" : "\" for table \"") + relation.name.str() +
                              "\" does not exist";
  const std::string exists = label + " \"" + name.str() +
                             (kind == Kind::policy ? "\" for table \"" : "\" for relation \"") + relation.name.str() +
                             "\" already exists";
  // The new name of policies, and before 15 of triggers, is looked at first.
  const bool new_trigger = kind == Kind::trigger && interpreter.major() >= 15;
  if (kind != Kind::rule && !new_trigger && taken) throw SqlError("42710", exists);
  if (!object) throw SqlError("42704", missing);
  if (new_trigger) return rename_trigger(interpreter, static_cast<const Trigger&>(*object), name);
  if (taken) throw SqlError("42710", exists);
  set_name(interpreter, object->oid, name);
}

std::string name_to_change(ast::Node object, const Object& found) {
  if (object.is<ast::ObjectWithArgs>()) return name_list_text(object.as<ast::ObjectWithArgs>().objname());
  return found.name.str();
}

void rename_any(Interpreter& interpreter, ast::RenameStmt statement) {
  const Address address = find_address(interpreter, statement.rename_type(), statement.object());
  if (!address.object) throw NotSimulated("renaming a built-in object");
  const Name name(statement.newname());
  require_owner(interpreter, *address.object, name_to_change(statement.object(), *address.object));
  if (address.object->parent.kind == Kind::schema) require_create(interpreter, address.object->parent.oid);
  require_free_name(interpreter, *address.object, address.object->parent.oid, name);
  set_name(interpreter, address.oid, name);
}

}  // namespace

void rename(Interpreter& interpreter, ast::RenameStmt statement) {
  switch (statement.rename_type()) {
    case ObjectType::OBJECT_TABLE:
    case ObjectType::OBJECT_SEQUENCE:
    case ObjectType::OBJECT_VIEW:
    case ObjectType::OBJECT_MATVIEW:
    case ObjectType::OBJECT_INDEX:
    case ObjectType::OBJECT_FOREIGN_TABLE:
      return rename_relation(interpreter, statement);
    case ObjectType::OBJECT_COLUMN:
    case ObjectType::OBJECT_ATTRIBUTE:
      return rename_column(interpreter, statement);
    case ObjectType::OBJECT_TABCONSTRAINT:
      return rename_constraint(interpreter, statement);
    case ObjectType::OBJECT_DOMCONSTRAINT:
      return rename_domain_constraint(interpreter, statement);
    case ObjectType::OBJECT_TRIGGER:
      return rename_on_relation(interpreter, statement, Kind::trigger);
    case ObjectType::OBJECT_RULE:
      return rename_on_relation(interpreter, statement, Kind::rule);
    case ObjectType::OBJECT_POLICY:
      return rename_on_relation(interpreter, statement, Kind::policy);
    case ObjectType::OBJECT_TYPE:
    case ObjectType::OBJECT_DOMAIN:
      return rename_type(interpreter, statement);
    case ObjectType::OBJECT_SCHEMA:
      return rename_schema(interpreter, statement);
    case ObjectType::OBJECT_ROLE:
      return rename_role(interpreter, statement);
    case ObjectType::OBJECT_DATABASE:
      return;  // the cluster's concern, and no part of the schema
    case ObjectType::OBJECT_TABLESPACE:
      if (!interpreter.catalog().find_named(Kind::tablespace, invalid_oid, Name(statement.subname()))) return;
      return set_name(interpreter,
                      interpreter.catalog().find_named(Kind::tablespace, invalid_oid, Name(statement.subname()))->oid,
                      Name(statement.newname()));
    default:
      return rename_any(interpreter, statement);
  }
}

}  // namespace pgplumb::engine::ddl

// ALTER … OWNER TO: ExecAlterOwnerStmt and AlterObjectOwner_internal of commands/alter.c.
#include "engine/ddl/owner.h"

#include "catalog/kinds/foreign_server.h"
#include "catalog/kinds/grant.h"
#include "catalog/kinds/publication.h"
#include "catalog/kinds/publication_schema.h"
#include "catalog/kinds/sequence.h"
#include "engine/ddl/acl.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/relation_parts.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

Address owned_type(const Interpreter& interpreter, ast::AlterOwnerStmt statement) {
  const Oid oid = require_type(interpreter, statement.object().items());
  const Object* type = interpreter.catalog().find(oid);
  const std::string text = type_text(interpreter, oid);
  if (!type) return {Kind::base_type, oid, nullptr};
  if (statement.object_type() == ObjectType::OBJECT_DOMAIN && type->kind != Kind::domain)
    throw SqlError("42809", text + " is not a domain");
  if (!kind_info(type->kind).traits.is_type)
    throw SqlError("42809", text + " is a table's row type", {}, "Use ALTER TABLE instead.");
  if (form_of_type(oid) == TypeForm::array || form_of_type(oid) == TypeForm::multirange_array)
    throw SqlError(
        "42809", "cannot alter array type " + text, {},
        "You can alter type " + type_text(interpreter, oid - 1) + ", which will alter the array type as well.");
  if (form_of_type(oid) == TypeForm::multirange) {
    if (interpreter.major() < 18) throw NotSimulated("a multirange type with an owner of its own");
    throw SqlError("42809", "cannot alter multirange type " + text, {},
                   "You can alter type " + type_text(interpreter, type->oid) + ", which will alter the multirange type as well.");
  }
  return {type->kind, type->oid, type};
}

/// Only superusers may own what runs with more rights than its caller has.
void check_superuser(const Interpreter& interpreter, const Object& object, Name owner) {
  if (object.kind != Kind::event_trigger && object.kind != Kind::foreign_data_wrapper &&
      !(object.kind == Kind::subscription && interpreter.major() < 16))
    return;
  const DatabaseRole* role = find_role(interpreter, owner);
  if (!role || role->superuser) return;
  const std::string label(kind_info(object.kind).label);
  const std::string article = object.kind == Kind::event_trigger ? "an " : "a ";
  throw SqlError("42501", "permission denied to change owner of " + label + " \"" + object.name.str() + "\"", {},
                 "The owner of " + article + label + " must be a superuser.");
}

/// What publishes more than single tables belongs to superusers, a server to whoever may use its wrapper
/// (AlterPublicationOwner_internal, AlterForeignServerOwner_internal).
void check_new_owner(const Interpreter& interpreter, const Object& object, Name owner) {
  if (is_superuser(interpreter)) return;
  const Catalog& catalog = interpreter.catalog();
  if (const auto* server = catalog.find_as<ForeignServer>(object.oid)) {
    const Object* wrapper = catalog.find(server->wrapper.oid);
    if (wrapper && !has_privilege(interpreter, owner, *wrapper, usage_privilege))
      throw SqlError("42501", "permission denied for foreign-data wrapper " + wrapper->name.str());
  }
  const auto* publication = catalog.find_as<Publication>(object.oid);
  if (!publication || is_superuser(interpreter, owner)) return;
  const bool of_schemas = !catalog.children_of<PublicationSchema>(publication->oid).empty();
  if (!publication->all_tables && !of_schemas) return;
  throw SqlError("42501", "permission denied to change owner of publication \"" + publication->name.str() + "\"", {},
                 "The owner of a FOR " + std::string(publication->all_tables ? "ALL TABLES" : "TABLES IN SCHEMA") +
                     " publication must be a superuser.");
}

/// Explicit privileges follow the owner.
void fix_privileges(Interpreter& interpreter, Oid oid, const Acl& acl, Name old_owner) {
  if (!interpreter.catalog().children_of<Grant>(oid).empty()) move_privileges(interpreter, oid, acl, old_owner);
}

}  // namespace

void change_owner(Interpreter& interpreter, Oid oid, Name owner) {
  Catalog& catalog = interpreter.catalog();
  const Name old = catalog.find(oid)->owner;
  if (old == owner) return;
  const Acl acl = acl_of(catalog, *catalog.find(oid));
  catalog.edit_any(oid).set<&Object::owner>(owner);
  fix_privileges(interpreter, oid, acl, old);
  for (const Column* column : catalog.children_of<Column>(oid))
    fix_privileges(interpreter, column->oid, acl_of(catalog, *column), old);
  for (Oid sequence : owned_sequences(catalog, oid)) change_owner(interpreter, sequence, owner);
}

void alter_owner(Interpreter& interpreter, ast::AlterOwnerStmt statement) {
  const ObjectType type = statement.object_type();
  if (type == ObjectType::OBJECT_DATABASE || type == ObjectType::OBJECT_LARGEOBJECT) return;
  const bool is_type = type == ObjectType::OBJECT_TYPE || type == ObjectType::OBJECT_DOMAIN;
  const Name owner = role_of(interpreter, statement.newowner());
  const Address address =
      is_type ? owned_type(interpreter, statement) : find_address(interpreter, type, statement.object());
  if (!address.object) return;
  if (address.object->owner != owner) {
    require_owner_change(interpreter, *address.object, owner);
    check_new_owner(interpreter, *address.object, owner);
  }
  check_superuser(interpreter, *address.object, owner);
  change_owner(interpreter, address.object->oid, owner);
}

}  // namespace pgplumb::engine::ddl

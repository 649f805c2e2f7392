// CREATE OPERATOR CLASS and FAMILY, ALTER OPERATOR FAMILY: commands/opclasscmds.c.
#include "catalog/kinds/operator_class.h"

#include <algorithm>

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/operator_family.h"
#include "catalog/kinds/schema.h"
#include "engine/analyze/format_type.h"
#include "engine/ddl/builtin_rows.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/family_members.h"
#include "engine/ddl/lookup_operator.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

Oid make_family(Interpreter& interpreter, Oid schema, Name name, Oid method) {
  OperatorFamily family;
  family.parent = Ref<Schema>{schema};
  family.name = name;
  family.owner = new_owner(interpreter);
  family.method = {Kind::access_method, method};
  return interpreter.catalog().insert(std::move(family)).oid;
}

/// The family that is named, or of the class's own name, made where there is none.
Oid family_for(Interpreter& interpreter, ast::CreateOpClassStmt statement, const CreationName& place, Oid method) {
  if (!statement.opfamilyname().empty())
    return find_operator_set(interpreter, Kind::operator_family, method, string_list(statement.opfamilyname())).oid;
  for (Oid oid : interpreter.catalog().lookup(NameSpace::own, Kind::operator_family, place.schema, place.name))
    if (interpreter.catalog().get(Ref<OperatorFamily>{oid}).method.oid == method) return oid;
  const Oid builtin =
      builtin_operator_set(interpreter.major(), Kind::operator_family, method, place.schema, place.name.view());
  return builtin != invalid_oid ? builtin : make_family(interpreter, place.schema, place.name, method);
}

bool exists(const Interpreter& interpreter, const CreationName& place, Oid method) {
  for (Oid oid : interpreter.catalog().lookup(NameSpace::own, Kind::operator_class, place.schema, place.name))
    if (interpreter.catalog().get(Ref<OperatorClass>{oid}).method.oid == method) return true;
  return builtin_operator_set(interpreter.major(), Kind::operator_class, method, place.schema, place.name.view()) !=
         invalid_oid;
}

void check_default(const Interpreter& interpreter, const OperatorClass& made) {
  if (!made.is_default) return;
  const analyze::Syscache& cache = cache_of(interpreter);
  for (const analyze::OpclassRow& row : cache.opclasses_of(made.method.oid))
    if (row.is_default && row.input_type == made.input.type)
      throw SqlError("42710",
                     "could not make operator class \"" + made.name.str() + "\" be default for type " +
                         analyze::format_type(cache, made.input.type),
                     "Operator class \"" + std::string(row.name) + "\" already is the default.");
}

}  // namespace

void create_operator_class(Interpreter& interpreter, ast::CreateOpClassStmt statement) {
  const CreationName place = creation_name(interpreter, statement.opclassname());
  const FamilyMethod method = family_method(interpreter, statement.amname());
  require_superuser(interpreter, "must be superuser to create an operator class");
  OperatorClass made;
  made.parent = Ref<Schema>{place.schema};
  made.name = place.name;
  made.owner = new_owner(interpreter);
  made.method = {Kind::access_method, method.oid};
  made.input = {require_type(interpreter, statement.datatype()).type, -1};
  made.is_default = statement.is_default();
  made.family = {Kind::operator_family, family_for(interpreter, statement, place, method.oid)};
  MemberReader reader(interpreter, method, made.input.type);
  for (ast::Node item : statement.items()) reader.add(item.as<ast::CreateOpClassItem>());
  if (reader.storage() != invalid_oid && reader.storage() != made.input.type) {
    check_storage(interpreter, method, reader.storage());
    made.storage = {reader.storage(), -1};
  }
  if (exists(interpreter, place, method.oid))
    throw SqlError(
        "42710", "operator class \"" + made.name.str() + "\" for access method \"" + method.name + "\" already exists");
  check_default(interpreter, made);
  check_new_members(interpreter, made.family.oid, reader.members());
  const Members loose = split_members(interpreter, method, made, reader.members());
  const Oid family = made.family.oid;
  interpreter.catalog().insert(std::move(made));
  add_to_family(interpreter, family, loose);
}

void create_operator_family(Interpreter& interpreter, ast::CreateOpFamilyStmt statement) {
  const CreationName place = creation_name(interpreter, statement.opfamilyname());
  const FamilyMethod method = family_method(interpreter, statement.amname());
  require_superuser(interpreter, "must be superuser to create an operator family");
  for (Oid oid : interpreter.catalog().lookup(NameSpace::own, Kind::operator_family, place.schema, place.name))
    if (interpreter.catalog().get(Ref<OperatorFamily>{oid}).method.oid == method.oid)
      throw SqlError("42710", "operator family \"" + place.name.str() + "\" for access method \"" + method.name +
                                  "\" already exists");
  OperatorFamily family;
  family.parent = Ref<Schema>{place.schema};
  family.name = place.name;
  family.owner = new_owner(interpreter);
  family.method = {Kind::access_method, method.oid};
  interpreter.catalog().insert(std::move(family));
}

void alter_operator_family(Interpreter& interpreter, ast::AlterOpFamilyStmt statement) {
  const FamilyMethod method = family_method(interpreter, statement.amname());
  const Address family =
      find_operator_set(interpreter, Kind::operator_family, method.oid, string_list(statement.opfamilyname()));
  require_superuser(interpreter, "must be superuser to alter an operator family");
  MemberReader reader(interpreter, method, invalid_oid);
  for (ast::Node item : statement.items()) {
    if (statement.is_drop())
      reader.drop(item.as<ast::CreateOpClassItem>());
    else
      reader.add(item.as<ast::CreateOpClassItem>());
  }
  if (statement.is_drop()) return drop_from_family(interpreter, family, reader.members());
  check_new_members(interpreter, family.oid, reader.members());
  add_to_family(interpreter, family.oid, reader.members());
}

}  // namespace pgplumb::engine::ddl

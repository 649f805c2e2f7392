#include "engine/ddl/object_address.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/operator_class.h"
#include "catalog/kinds/operator_family.h"
#include "engine/ddl/builtin_rows.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/lookup_operator.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

Address address(const Interpreter& interpreter, Kind kind, Oid oid) {
  const Object* object = interpreter.catalog().find(oid);
  return {object ? object->kind : kind, oid, object};
}

/// The schemas that a name is looked for in.
std::vector<Oid> schemas_for(const Interpreter& interpreter, const std::vector<std::string>& names, bool missing_ok) {
  if (names.size() > 3)
    throw SqlError("42601", "improper qualified name (too many dotted names): " + name_list_text(names));
  if (names.size() == 3 && names[0] != interpreter.environment().database)
    throw SqlError("0A000", "cross-database references are not implemented: " + name_list_text(names));
  if (names.size() == 1) return interpreter.search_path();
  const std::string& schema = names[names.size() - 2];
  const Oid found = missing_ok ? find_schema(interpreter, schema) : require_schema(interpreter, schema);
  return found == invalid_oid ? std::vector<Oid>{} : std::vector<Oid>{found};
}

[[noreturn]] void missing(Kind kind, const std::vector<std::string>& names) {
  std::string text = std::string(kind_info(kind).label) + " \"" + name_list_text(names) + "\"";
  if (kind == Kind::collation) text += " for encoding \"UTF8\"";
  throw SqlError("42704", text + " does not exist");
}

Oid access_method_of(const Object& set) {
  if (set.kind == Kind::operator_class) return static_cast<const OperatorClass&>(set).method.oid;
  return static_cast<const OperatorFamily&>(set).method.oid;
}

Oid operator_set_in(const Interpreter& interpreter, Kind kind, Oid method, Oid schema, Name name) {
  for (Oid oid : interpreter.catalog().lookup(NameSpace::own, kind, schema, name))
    if (access_method_of(*interpreter.catalog().find(oid)) == method) return oid;
  return builtin_operator_set(interpreter.major(), kind, method, schema, name.view());
}

}  // namespace

Kind kind_of_type(ObjectType type) {
  switch (type) {
    case ObjectType::OBJECT_ACCESS_METHOD:
      return Kind::access_method;
    case ObjectType::OBJECT_COLLATION:
      return Kind::collation;
    case ObjectType::OBJECT_CONVERSION:
      return Kind::conversion;
    case ObjectType::OBJECT_EVENT_TRIGGER:
      return Kind::event_trigger;
    case ObjectType::OBJECT_EXTENSION:
      return Kind::extension;
    case ObjectType::OBJECT_FDW:
      return Kind::foreign_data_wrapper;
    case ObjectType::OBJECT_FOREIGN_SERVER:
      return Kind::foreign_server;
    case ObjectType::OBJECT_LANGUAGE:
      return Kind::language;
    case ObjectType::OBJECT_OPCLASS:
      return Kind::operator_class;
    case ObjectType::OBJECT_OPFAMILY:
      return Kind::operator_family;
    case ObjectType::OBJECT_POLICY:
      return Kind::policy;
    case ObjectType::OBJECT_PUBLICATION:
      return Kind::publication;
    case ObjectType::OBJECT_ROLE:
      return Kind::role;
    case ObjectType::OBJECT_RULE:
      return Kind::rule;
    case ObjectType::OBJECT_SCHEMA:
      return Kind::schema;
    case ObjectType::OBJECT_STATISTIC_EXT:
      return Kind::statistics;
    case ObjectType::OBJECT_SUBSCRIPTION:
      return Kind::subscription;
    case ObjectType::OBJECT_TABCONSTRAINT:
    case ObjectType::OBJECT_DOMCONSTRAINT:
      return Kind::constraint;
    case ObjectType::OBJECT_TABLESPACE:
      return Kind::tablespace;
    case ObjectType::OBJECT_TRIGGER:
      return Kind::trigger;
    case ObjectType::OBJECT_TSCONFIGURATION:
      return Kind::text_search_configuration;
    case ObjectType::OBJECT_TSDICTIONARY:
      return Kind::text_search_dictionary;
    case ObjectType::OBJECT_TSPARSER:
      return Kind::text_search_parser;
    case ObjectType::OBJECT_TSTEMPLATE:
      return Kind::text_search_template;
    default:
      return Kind::none;
  }
}

Address find_unqualified(const Interpreter& interpreter, ObjectType type, std::string_view name, bool missing_ok) {
  const Kind kind = kind_of_type(type);
  Oid oid = invalid_oid;
  if (kind == Kind::schema) {
    oid = find_schema(interpreter, name);
  } else if (const Object* object = interpreter.catalog().find_named(kind, invalid_oid, Name(name))) {
    oid = object->oid;
  } else {
    oid = builtin_unqualified(interpreter.major(), kind, name);
  }
  if (oid == invalid_oid && !missing_ok)
    throw SqlError(kind == Kind::schema ? "3F000" : "42704",
                   std::string(kind_info(kind).label) + " \"" + std::string(name) + "\" does not exist");
  return address(interpreter, kind, oid);
}

Address find_in_schema(const Interpreter& interpreter, Kind kind, const std::vector<std::string>& names,
                       bool missing_ok) {
  for (Oid schema : schemas_for(interpreter, names, missing_ok)) {
    if (const Object* object = interpreter.catalog().find_named(kind, schema, Name(names.back())))
      return {kind, object->oid, object};
    if (const Oid oid = builtin_in_schema(interpreter.major(), kind, schema, names.back()); oid != invalid_oid)
      return {kind, oid, nullptr};
  }
  if (!missing_ok) missing(kind, names);
  return {};
}

Address find_in_schema(const Interpreter& interpreter, Kind kind, ast::List<ast::Node> names, bool missing_ok) {
  return find_in_schema(interpreter, kind, string_list(names), missing_ok);
}

Address find_operator_set(const Interpreter& interpreter, Kind kind, Oid method, const std::vector<std::string>& name,
                          bool missing_ok) {
  for (Oid schema : schemas_for(interpreter, name, missing_ok))
    if (const Oid oid = operator_set_in(interpreter, kind, method, schema, Name(name.back())); oid != invalid_oid)
      return address(interpreter, kind, oid);
  if (missing_ok) return {};
  const Object* user_method = interpreter.catalog().find(method);
  const auto* builtin_method = builtin::of(interpreter.major()).am_by_oid(method);
  const std::string method_name = user_method      ? user_method->name.str()
                                  : builtin_method ? std::string(builtin_method->amname.view())
                                                   : std::string();
  throw SqlError("42704", std::string(kind_info(kind).label) + " \"" + name_list_text(name) +
                              "\" does not exist for access method \"" + method_name + "\"");
}

Oid require_access_method(const Interpreter& interpreter, std::string_view name) {
  return find_unqualified(interpreter, ObjectType::OBJECT_ACCESS_METHOD, name).oid;
}

Oid require_language(const Interpreter& interpreter, std::string_view name) {
  return find_unqualified(interpreter, ObjectType::OBJECT_LANGUAGE, name).oid;
}

}  // namespace pgplumb::engine::ddl

#include "engine/ddl/grant_targets.h"

#include "engine/analyze/parse_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/type_name.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

void add_relation(const Interpreter& interpreter, ast::RangeVar name, GrantTargets& targets) {
  const Oid oid = find_relation(interpreter, name);
  if (oid == invalid_oid) require_relation(interpreter, name);
  targets.add(is_builtin(oid) ? invalid_oid : oid);
}

void check_type(const Interpreter& interpreter, ObjectType object_type, Oid type) {
  const analyze::Syscache& cache = cache_of(interpreter);
  const analyze::TypeRow& row = *cache.type(type);
  if (row.category == 'A' && row.element != invalid_oid && row.subscripting == analyze::Subscripting::array)
    throw SqlError("0LP01", "cannot set privileges of array types", {},
                   "Set the privileges of the element type instead.");
  if (row.kind == 'm')
    throw SqlError("0LP01", "cannot set privileges of multirange types", {},
                   "Set the privileges of the range type instead.");
  if (object_type == ObjectType::OBJECT_DOMAIN && row.kind != 'd')
    throw SqlError("42809", "\"" + std::string(row.name) + "\" is not a domain");
}

void add_type(const Interpreter& interpreter, ObjectType object_type, ast::List<ast::Node> names,
              GrantTargets& targets) {
  const Oid type = require_type(interpreter, names);
  check_type(interpreter, object_type, type);
  const Object* object = interpreter.catalog().find(type);
  // The row type of a table is not the table.
  targets.add(object && kind_info(object->kind).traits.is_type ? object->oid : invalid_oid);
}

void add_named(const Interpreter& interpreter, ObjectType type, ast::Node node, GrantTargets& targets) {
  switch (type) {
    case ObjectType::OBJECT_TABLE:
    case ObjectType::OBJECT_SEQUENCE:
      return add_relation(interpreter, node.as<ast::RangeVar>(), targets);
    case ObjectType::OBJECT_TYPE:
    case ObjectType::OBJECT_DOMAIN:
      return add_type(interpreter, type, node.items(), targets);
    case ObjectType::OBJECT_DATABASE:
    case ObjectType::OBJECT_LARGEOBJECT:
    case ObjectType::OBJECT_PARAMETER_ACL:
      return targets.add(invalid_oid);
    default:
      break;
  }
  const Address address = find_address(interpreter, type, node);
  if (type == ObjectType::OBJECT_LANGUAGE && (node.str() == "c" || node.str() == "internal"))
    throw SqlError("42809", "language \"" + std::string(node.str()) + "\" is not trusted",
                   "GRANT and REVOKE are not allowed on untrusted languages, because only superusers can use untrusted "
                   "languages.");
  targets.add(address.object ? address.object->oid : invalid_oid);
}

bool is_in_all(ObjectType type, const Object& object) {
  switch (type) {
    case ObjectType::OBJECT_TABLE:
      return object.kind == Kind::table || object.kind == Kind::view || object.kind == Kind::materialized_view ||
             object.kind == Kind::foreign_table;
    case ObjectType::OBJECT_SEQUENCE:
      return object.kind == Kind::sequence;
    case ObjectType::OBJECT_FUNCTION:
      return object.kind == Kind::function || object.kind == Kind::aggregate;
    case ObjectType::OBJECT_PROCEDURE:
      return object.kind == Kind::procedure;
    case ObjectType::OBJECT_ROUTINE:
      return kind_info(object.kind).name_space == NameSpace::routine;
    default:
      return false;
  }
}

void add_all_in_schema(const Interpreter& interpreter, ObjectType type, Oid schema, GrantTargets& targets) {
  for (Oid oid : interpreter.catalog().children(schema))
    if (is_in_all(type, *interpreter.catalog().find(oid))) targets.add(oid);
}

}  // namespace

GrantTargets grant_targets(const Interpreter& interpreter, ast::GrantStmt statement) {
  GrantTargets targets;
  if (statement.targtype() == ast::GrantTargetType::ACL_TARGET_ALL_IN_SCHEMA) {
    for (ast::Node schema : statement.objects())
      add_all_in_schema(interpreter, statement.objtype(), require_schema(interpreter, schema.str()), targets);
    return targets;
  }
  for (ast::Node node : statement.objects()) add_named(interpreter, statement.objtype(), node, targets);
  return targets;
}

char acl_letter(ObjectType type) {
  switch (type) {
    case ObjectType::OBJECT_TABLE:
      return 'r';
    case ObjectType::OBJECT_SEQUENCE:
      return 's';
    case ObjectType::OBJECT_DATABASE:
      return 'd';
    case ObjectType::OBJECT_FUNCTION:
    case ObjectType::OBJECT_PROCEDURE:
    case ObjectType::OBJECT_ROUTINE:
      return 'f';
    case ObjectType::OBJECT_LANGUAGE:
      return 'l';
    case ObjectType::OBJECT_LARGEOBJECT:
      return 'L';
    case ObjectType::OBJECT_SCHEMA:
      return 'n';
    case ObjectType::OBJECT_PARAMETER_ACL:
      return 'p';
    case ObjectType::OBJECT_TABLESPACE:
      return 't';
    case ObjectType::OBJECT_FDW:
      return 'F';
    case ObjectType::OBJECT_FOREIGN_SERVER:
      return 'S';
    default:
      return 'T';
  }
}

}  // namespace pgplumb::engine::ddl

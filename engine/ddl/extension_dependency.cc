// ALTER … DEPENDS ON EXTENSION: ExecAlterObjectDependsStmt of commands/alter.c.
#include "engine/ddl/dispatch.h"
#include "engine/ddl/object_address.h"

namespace pgplumb::engine::ddl {

using ast::ObjectType;

namespace {

Address dependent(const Interpreter& interpreter, ast::AlterObjectDependsStmt statement) {
  const ObjectType type = statement.object_type();
  const bool has_relation = static_cast<bool>(statement.relation());
  if (!has_relation) return find_address(interpreter, type, statement.object());
  const Object& relation = require_relation(interpreter, statement.relation());
  if (type != ObjectType::OBJECT_TRIGGER) {
    check_relation_type(relation, type, relation.name.str());
    return {relation.kind, relation.oid, &relation};
  }
  const Name name(statement.object().items()[0].str());
  const Object* trigger = interpreter.catalog().find_named(Kind::trigger, relation.oid, name);
  if (!trigger)
    throw SqlError("42704", "trigger \"" + name.str() + "\" for table \"" + relation.name.str() + "\" does not exist");
  return {Kind::trigger, trigger->oid, trigger};
}

}  // namespace

void depend_on_extension(Interpreter& interpreter, ast::AlterObjectDependsStmt statement) {
  dependent(interpreter, statement);
  find_unqualified(interpreter, ObjectType::OBJECT_EXTENSION, statement.extname().sval());
  // It would matter when the extension is dropped, and nowhere else.
  throw NotSimulated("that the object goes with extension \"" + std::string(statement.extname().sval()) + "\"");
}

}  // namespace pgplumb::engine::ddl

// LOCK TABLE: commands/lockcmds.c.
#include "engine/ddl/dispatch.h"
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

namespace {

/// RangeVarCallbackForLockTable
void check_lockable(const Interpreter& interpreter, ast::RangeVar name) {
  const Oid oid = find_relation(interpreter, name);
  const Object* relation = oid == invalid_oid ? &require_relation(interpreter, name) : interpreter.catalog().find(oid);
  if (!relation || relation->kind == Kind::table || relation->kind == Kind::view) return;
  if (interpreter.major() < 15) throw SqlError("42809", "\"" + relation->name.str() + "\" is not a table or view");
  throw SqlError("42809", "cannot lock relation \"" + relation->name.str() + "\"", not_supported_for(*relation));
}

}  // namespace

void lock_tables(Interpreter& interpreter, ast::LockStmt statement) {
  interpreter.require_block("LOCK TABLE");
  for (ast::Node relation : statement.relations()) check_lockable(interpreter, relation.as<ast::RangeVar>());
}

}  // namespace pgplumb::engine::ddl

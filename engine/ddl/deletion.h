#pragma once
// Dropping within a session: dependency.h with its messages.
#include <vector>

#include "engine/ddl/dependency.h"
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

/// Removes the objects with what hangs on them; throws 2BP01 where RESTRICT forbids it, tells what CASCADE takes.
/// performMultipleDeletions.
void perform_deletion(Interpreter& interpreter, const std::vector<Oid>& objects, const Deletion& deletion);
inline void perform_deletion(Interpreter& interpreter, const std::vector<Oid>& objects,
                             DropBehavior behavior = DropBehavior::restrict) {
  Deletion deletion;
  deletion.behavior = behavior;
  perform_deletion(interpreter, objects, deletion);
}

inline DropBehavior behavior_of(parser::ast::DropBehavior behavior) {
  return behavior == parser::ast::DropBehavior::DROP_CASCADE ? DropBehavior::cascade : DropBehavior::restrict;
}

/// getObjectDescription: as messages name the object.
std::string describe(const Interpreter& interpreter, const catalog::Object& object);

}  // namespace pgplumb::engine::ddl

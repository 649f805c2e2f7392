#pragma once
// What ALTER DEFAULT PRIVILEGES has arranged for objects to come: get_user_default_acl of catalog/aclchk.c.
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Grants what the object's owner has arranged for new objects of its kind. For tables, sequences, routines, types and
/// schemas that have just been made; nothing for other kinds.
void grant_defaults(Interpreter& interpreter, Oid object);

}  // namespace pgplumb::engine::ddl

#pragma once
// SET SCHEMA, for extensions as well.
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Moves an object, of whatever kind, with what goes along: a table's indexes and sequences, a type's arrays. Throws
/// where the name is taken there. AlterObjectNamespace_oid.
void move_to_schema(Interpreter& interpreter, Oid object, Oid schema);
/// CheckSetNamespace: no object may enter or leave a temporary or TOAST schema.
void check_schema_change(const Interpreter& interpreter, Oid old_schema, Oid schema);

}  // namespace pgplumb::engine::ddl

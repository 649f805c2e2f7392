#pragma once
// OWNER TO, for ALTER TABLE as well.
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Makes the role the owner, with what follows from it: explicit privileges move from the old owner to the new one
/// (aclnewowner), and a table takes the sequences of its columns along (ATExecChangeOwner).
void change_owner(Interpreter& interpreter, Oid object, Name owner);

}  // namespace pgplumb::engine::ddl

#pragma once
// Enumerations and transactions: catalog/pg_enum.c.
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// The transaction commits: the labels that it has added may be used from now on (AtEOXact_Enum).
void commit_new_enums(Interpreter& interpreter);

}  // namespace pgplumb::engine::ddl

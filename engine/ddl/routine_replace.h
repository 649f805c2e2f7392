#pragma once
// Storing a routine: ProcedureCreate of catalog/pg_proc.c.
#include "catalog/kinds/routine.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Stores the routine (a Function, Procedure or Aggregate) under its schema and name, with `replace` in the place of
/// one with the same arguments: its owner, comment and privileges stay. Throws 42723 where one exists and is not to be
/// replaced, 42P13 and 42809 where the new one differs too much. Returns its oid.
Oid store_routine(Interpreter& interpreter, std::shared_ptr<catalog::Routine> routine, bool replace);

}  // namespace pgplumb::engine::ddl

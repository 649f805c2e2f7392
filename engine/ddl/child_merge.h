#pragma once
// A table that exists becomes a child of another, or stops being one: CreateInheritance and RemoveInheritance of
// commands/tablecmds.c.
#include "engine/ddl/inheritance.h"

namespace pgplumb::engine::ddl {

/// Columns and constraints of the child become inherited ones. Throws 42804 and its kin where they don't fit; the link
/// between the two is the caller's.
void merge_into_child(Interpreter& interpreter, Oid parent, Oid child, bool as_partition);
/// What the child had from the parent becomes its own.
void separate_child(Interpreter& interpreter, Oid parent, Oid child);

/// Throws where a row trigger with transition tables keeps the table from becoming a child.
void refuse_transition_triggers(const Interpreter& interpreter, const Object& child, const char* what);

}  // namespace pgplumb::engine::ddl

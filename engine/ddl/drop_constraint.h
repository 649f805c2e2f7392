#pragma once
// Dropping a table's constraint, here and on its children: dropconstraint_internal of commands/tablecmds.c.
#include "engine/ddl/deletion.h"
#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

struct DropConstraint {
  DropBehavior behavior = DropBehavior::restrict;
  bool recurse = true;
  bool recursing = false;
};
/// Throws 42P16 for an inherited constraint, and where ONLY would leave partitions with it.
void drop_table_constraint(Interpreter& interpreter, Ref<Constraint> constraint, const DropConstraint& how);

}  // namespace pgplumb::engine::ddl

#pragma once
// A foreign key of or to a partitioned table has a row of its own for each partition: addFkRecurseReferenced,
// addFkRecurseReferencing and their like of commands/tablecmds.c. The rows take names, and one of them stays when its
// partition is detached.
#include "engine/ddl/foreign_key.h"

namespace pgplumb::engine::ddl {

/// For each partition of the table that the constraint refers to.
void clone_over_referenced(Interpreter& interpreter, Ref<Constraint> key);
/// For each partition of the table that has the constraint; an equal constraint that is there is taken.
void clone_over_referencing(Interpreter& interpreter, Ref<Constraint> key);

/// Removes the clones of a foreign key for the partitions of the table that it refers to.
void drop_clones_over_referenced(Catalog& catalog, Ref<Constraint> key);

}  // namespace pgplumb::engine::ddl

#pragma once
// Row triggers of partitioned tables exist on each partition too: CloneRowTriggersToPartition of commands/tablecmds.c.
#include "catalog/kinds/trigger.h"
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

/// Gives the partition, and partitions of it, the parent's row triggers. Throws 42710 where one has the name already.
void clone_triggers(Interpreter& interpreter, Oid parent, Oid partition);
/// Gives all partitions of its table a new trigger, or replaces their clones of it; with `replace`, whatever has its name.
void clone_trigger_to_partitions(Interpreter& interpreter, Ref<catalog::Trigger> trigger, bool replace);
/// A partition leaves its parent: its clones go.
void drop_trigger_clones(Interpreter& interpreter, Oid partition);

}  // namespace pgplumb::engine::ddl

#pragma once
// The triggers that enforce constraints: RI_ConstraintTrigger_… and PK_ConstraintTrigger_… of pg_trigger, as far as ALTER
// TABLE … ENABLE and DISABLE TRIGGER ALL change them (EnableDisableTrigger of commands/trigger.c).
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Enables or disables those that lie on the relation, and with `recurse` on its partitions. Throws 42501 where there are
/// some and the user is no superuser.
void set_constraint_triggers(Interpreter& interpreter, Oid relation, bool enabled, bool recurse);

/// Whether the name is one that only the server gives: it ends in an OID.
bool names_constraint_trigger(std::string_view name);

}  // namespace pgplumb::engine::ddl

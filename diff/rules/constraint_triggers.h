#pragma once
// Statements that enable and disable the triggers that enforce constraints.
#include "catalog/kinds/constraint.h"
#include "diff/rules.h"

namespace pgplumb::diff {

/// ENABLE or DISABLE TRIGGER ALL on the relation, which is what all triggers on it are to be; false where some are to differ.
bool set_all_triggers(catalog::AnyRef relation, bool disabled, const SqlNames& names, Script& out);

/// DISABLE TRIGGER ALL for a constraint that has just been made, where its triggers are to be disabled.
void disable_triggers(const catalog::Constraint& constraint, const SqlNames& names, Script& out);

}  // namespace pgplumb::diff

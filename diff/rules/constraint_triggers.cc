#include "diff/rules/constraint_triggers.h"

#include <algorithm>

#include "catalog/kinds/trigger.h"
#include "diff/rules/clauses.h"

namespace pgplumb::diff {

using catalog::Constraint;
using catalog::Enabled;
using catalog::Trigger;

namespace {

bool has_triggers(const Constraint& constraint) {
  return constraint.foreign_key || (constraint.deferrable && constraint.index);
}

/// Whether all triggers that lie on the relation are to be the same.
bool all_alike(const catalog::Catalog& catalog, Oid relation, bool disabled) {
  for (const Trigger* trigger : catalog.children_of<Trigger>(relation))
    if (trigger->enabled != (disabled ? Enabled::disabled : Enabled::origin)) return false;
  for (const Constraint* constraint : catalog.children_of<Constraint>(relation))
    if (has_triggers(*constraint) && constraint->triggers_disabled != disabled) return false;
  const std::vector<catalog::Dependent> users = catalog.dependents(relation);
  return std::all_of(users.begin(), users.end(), [&](const catalog::Dependent& user) {
    const auto* key = catalog.find_as<Constraint>(user.oid);
    return !key || !key->foreign_key || key->foreign_key->table.oid != relation || key->actions_disabled == disabled;
  });
}

void disable(catalog::AnyRef relation, const Constraint& constraint, const SqlNames& names, Script& out) {
  if (!set_all_triggers(relation, true, names, out))
    out.impossible("constraint " + names.parent(constraint) + "." + quoted(constraint.name) +
                   ": its triggers can only be disabled along with others, which are to stay enabled");
}

}  // namespace

bool set_all_triggers(catalog::AnyRef relation, bool disabled, const SqlNames& names, Script& out) {
  if (!all_alike(names.catalog(), relation.oid, disabled)) return false;
  out.add(alter_head(names, relation), disabled ? "DISABLE TRIGGER ALL" : "ENABLE TRIGGER ALL");
  return true;
}

void disable_triggers(const Constraint& constraint, const SqlNames& names, Script& out) {
  if (constraint.triggers_disabled) disable(constraint.parent, constraint, names, out);
  if (constraint.actions_disabled) disable(constraint.foreign_key->table, constraint, names, out);
}

}  // namespace pgplumb::diff

#include "engine/ddl/constraint_triggers.h"

#include "catalog/kinds/constraint.h"
#include "engine/ddl/foreign_key.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/permissions.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::ConstraintType;

/// A clone for a partition of the table that the original refers to.
bool is_for_referenced(const Catalog& catalog, const Constraint& constraint) {
  const auto* original = catalog.find_as<Constraint>(constraint.partition_of.oid);
  return original && original->parent == constraint.parent;
}

/// Partitioned tables have none before 15.
bool may_have_triggers(const Interpreter& interpreter, Oid relation) {
  return interpreter.major() >= 15 || !is_partitioned(interpreter.catalog(), relation);
}

bool has_triggers(const Interpreter& interpreter, const Constraint& constraint) {
  const Catalog& catalog = interpreter.catalog();
  if (constraint.foreign_key)
    return constraint.enforced && !is_for_referenced(catalog, constraint) &&
           may_have_triggers(interpreter, constraint.parent.oid);
  return constraint.deferrable && constraint.index;
}

bool has_actions(const Interpreter& interpreter, const Constraint& key) {
  const bool is_clone = static_cast<bool>(key.partition_of) && !is_for_referenced(interpreter.catalog(), key);
  return key.enforced && !is_clone && may_have_triggers(interpreter, key.foreign_key->table.oid);
}

class TriggerSwitch {
 public:
  TriggerSwitch(Interpreter& interpreter, bool enabled, bool recurse)
      : interpreter_(interpreter), catalog_(interpreter.catalog()), disabled_(!enabled), recurse_(recurse) {}

  void triggers(Ref<Constraint> ref) {
    if (has_triggers(interpreter_, catalog_.get(ref))) set<&Constraint::triggers_disabled, &TriggerSwitch::triggers>(ref, false);
  }
  void actions(Ref<Constraint> ref) {
    if (has_actions(interpreter_, catalog_.get(ref))) set<&Constraint::actions_disabled, &TriggerSwitch::actions>(ref, true);
  }

 private:
  void require_superuser() const {
    if (!is_superuser(interpreter_))
      throw SqlError("42501", "permission denied: the trigger of a constraint is a system trigger");
  }

  /// Then the clones: those for partitions of the table referred to, or those of the table's own.
  template <auto Disabled, auto Next>
  void set(Ref<Constraint> ref, bool for_referenced) {
    require_superuser();
    if (catalog_.get(ref).*Disabled != disabled_) catalog_.edit(ref).set<Disabled>(disabled_);
    for (Ref<Constraint> clone : clones_of(ref))
      if (is_for_referenced(catalog_, catalog_.get(clone)) == for_referenced) (this->*Next)(clone);
  }

  std::vector<Ref<Constraint>> clones_of(Ref<Constraint> ref) const {
    std::vector<Ref<Constraint>> clones;
    if (!recurse_ || !catalog_.get(ref).foreign_key) return clones;
    for (const catalog::Dependent& dependent : catalog_.dependents(ref.oid))
      if (const auto* clone = catalog_.find_as<Constraint>(dependent.oid); clone && clone->partition_of == ref)
        clones.push_back(Ref<Constraint>{clone->oid});
    return clones;
  }

  Interpreter& interpreter_;
  Catalog& catalog_;
  bool disabled_, recurse_;
};

}  // namespace

void set_constraint_triggers(Interpreter& interpreter, Oid relation, bool enabled, bool recurse) {
  const Catalog& catalog = interpreter.catalog();
  std::vector<Ref<Constraint>> own, referring;
  for (const Constraint* constraint : catalog.children_of<Constraint>(relation)) own.push_back({constraint->oid});
  for (const Constraint* key : foreign_keys_to(catalog, relation)) referring.push_back({key->oid});
  TriggerSwitch change(interpreter, enabled, recurse);
  for (Ref<Constraint> constraint : own) change.triggers(constraint);
  for (Ref<Constraint> key : referring) change.actions(key);
}

bool names_constraint_trigger(std::string_view name) {
  return name.find("_ConstraintTrigger_") != std::string_view::npos;
}

}  // namespace pgplumb::engine::ddl

#include "engine/ddl/child_merge.h"

#include "catalog/kinds/trigger.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/message.h"
#include "engine/ddl/not_null.h"
#include "engine/ddl/table_columns.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::ConstraintType;

class ChildMerger {
 public:
  ChildMerger(Interpreter& interpreter, Oid parent, Oid child, bool as_partition)
      : interpreter_(interpreter), catalog_(interpreter.catalog()), parent_(parent), child_(child),
        as_partition_(as_partition) {}

  void run() {
    for (const Column* column : columns_of(catalog_, parent_)) merge_column(*column);
    for (const Constraint* constraint : catalog_.children_of<Constraint>(parent_)) {
      if (constraint->no_inherit) continue;
      if (constraint->type == ConstraintType::check) merge_check(*constraint);
      if (constraint->type == ConstraintType::not_null) merge_not_null(*constraint);
    }
  }

 private:
  Name child_name() const { return catalog_.find(child_)->name; }

  void merge_column(const Column& above) {
    const Column* column = find_column(catalog_, child_, above.name);
    if (!column) throw SqlError("42804", "child table is missing column " + quoted(above.name));
    if (column->type != above.type)
      throw SqlError("42804",
                     "child table " + quoted(child_name()) + " has different type for column " + quoted(above.name));
    if (column->collation != above.collation)
      throw SqlError("42P21",
                     "child table " + quoted(child_name()) + " has different collation for column " + quoted(above.name));
    if (above.not_null && !column->not_null)
      throw SqlError("42804", "column " + quoted(above.name) + " in child table " +
                                  (interpreter_.major() >= 18 ? quoted(child_name()) + " " : std::string()) +
                                  "must be marked NOT NULL");
    check_generated(above, *column);
    auto edit = catalog_.edit(Ref<Column>{column->oid});
    edit.set<&Column::inherited_from>(column->inherited_from + 1);
    if (as_partition_) {
      edit.set<&Column::local>(false);
      if (interpreter_.major() >= 17) edit.set<&Column::identity>(above.identity);
    }
  }

  void check_generated(const Column& above, const Column& column) const {
    const std::string prefix = "column " + quoted(above.name) + " in child table ";
    const bool parent_generated = above.generated != Generated::none;
    if (parent_generated && column.generated == Generated::none)
      throw SqlError("42804", prefix + "must be a generated column");
    if (!parent_generated && column.generated != Generated::none && interpreter_.major() >= 16)
      throw SqlError("42804", prefix + "must not be a generated column");
    if (!parent_generated || interpreter_.major() >= 16) return;
    const auto* here = default_of(catalog_, column.oid);
    const auto* there = default_of(catalog_, above.oid);
    if (here && there && !same_expression(catalog_, there->expression, parent_, here->expression, child_))
      throw SqlError("42804", prefix + "has a conflicting generation expression");
  }

  void merge_check(const Constraint& above) {
    const Constraint* constraint = catalog_.find_named<Constraint>(child_, above.name);
    if (!constraint || constraint->type != ConstraintType::check)
      throw SqlError("42804", "child table is missing constraint " + quoted(above.name));
    if (!same_expression(catalog_, above.expression, parent_, constraint->expression, child_))
      throw SqlError("42804", "child table " + quoted(child_name()) + " has different definition for check constraint " +
                                  quoted(above.name));
    if (constraint->no_inherit)
      throw SqlError("42P17", "constraint " + quoted(above.name) +
                                  " conflicts with non-inherited constraint on child table " + quoted(child_name()));
    if (above.validated && !constraint->validated)
      throw SqlError("42P17", "constraint " + quoted(above.name) +
                                  " conflicts with NOT VALID constraint on child table " + quoted(child_name()));
    inherit(*constraint);
  }

  void merge_not_null(const Constraint& above) {
    const Column* column = find_column(catalog_, child_, catalog_.get(above.columns.front()).name);
    const Constraint* constraint = not_null_constraint(catalog_, column->oid);
    if (!constraint) return;
    if (constraint->no_inherit)
      throw SqlError("42P17", "constraint " + quoted(constraint->name) +
                                  " conflicts with non-inherited constraint on child table " + quoted(child_name()));
    inherit(*constraint);
  }

  void inherit(const Constraint& constraint) {
    auto edit = catalog_.edit(Ref<Constraint>{constraint.oid});
    edit.set<&Constraint::inherited_from>(constraint.inherited_from + 1);
    if (as_partition_) edit.set<&Constraint::local>(false);
  }

  Interpreter& interpreter_;
  Catalog& catalog_;
  Oid parent_, child_;
  bool as_partition_;
};

void separate_constraint(Catalog& catalog, const Constraint& constraint) {
  auto edit = catalog.edit(Ref<Constraint>{constraint.oid});
  edit.set<&Constraint::inherited_from>(constraint.inherited_from - 1);
  if (constraint.inherited_from == 1) edit.set<&Constraint::local>(true);
}

}  // namespace

void merge_into_child(Interpreter& interpreter, Oid parent, Oid child, bool as_partition) {
  ChildMerger(interpreter, parent, child, as_partition).run();
}

void separate_child(Interpreter& interpreter, Oid parent, Oid child) {
  Catalog& catalog = interpreter.catalog();
  for (const Column* column : columns_of(catalog, child)) {
    if (column->inherited_from <= 0 || !find_column(catalog, parent, column->name)) continue;
    auto edit = catalog.edit(Ref<Column>{column->oid});
    edit.set<&Column::inherited_from>(column->inherited_from - 1);
    if (column->inherited_from == 1) edit.set<&Column::local>(true);
  }
  for (const Constraint* above : catalog.children_of<Constraint>(parent)) {
    const Constraint* constraint = nullptr;
    if (above->type == ConstraintType::check) {
      constraint = catalog.find_named<Constraint>(child, above->name);
    } else if (above->type == ConstraintType::not_null) {
      const Column* column = find_column(catalog, child, catalog.get(above->columns.front()).name);
      constraint = column ? not_null_constraint(catalog, column->oid) : nullptr;
    }
    if (constraint && constraint->type == above->type && constraint->inherited_from > 0)
      separate_constraint(catalog, *constraint);
  }
}

void refuse_transition_triggers(const Interpreter& interpreter, const Object& child, const char* what) {
  for (const auto* trigger : interpreter.catalog().children_of<catalog::Trigger>(child.oid)) {
    if (!trigger->for_each_row || (trigger->old_table.empty() && trigger->new_table.empty())) continue;
    throw SqlError("0A000", "trigger " + quoted(trigger->name) + " prevents table " + quoted(child.name) +
                                " from becoming " + what,
                   std::string("ROW triggers with transition tables are not supported") +
                       (std::string_view(what) == "a partition" ? " on partitions." : " in inheritance hierarchies."));
  }
}

}  // namespace pgplumb::engine::ddl

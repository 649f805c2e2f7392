#include "engine/ddl/foreign_key_clones.h"

#include <algorithm>

#include "engine/ddl/inheritance.h"
#include "engine/ddl/names.h"
#include "engine/ddl/partition_overlap.h"

namespace pgplumb::engine::ddl {

namespace {

std::vector<Name> column_names(const Catalog& catalog, const std::vector<Ref<Column>>& columns) {
  std::vector<Name> names;
  for (Ref<Column> column : columns) names.push_back(catalog.get(column).name);
  return names;
}

std::vector<Ref<Column>> columns_of_partition(const Catalog& catalog, const std::vector<Ref<Column>>& columns, Oid target) {
  std::vector<Ref<Column>> mapped;
  for (Ref<Column> column : columns)
    mapped.push_back(Ref<Column>{find_column(catalog, target, catalog.get(column).name)->oid});
  return mapped;
}

/// The constraint of the same table that this one was cloned from, perhaps by way of others: itself, if it is no clone.
const Constraint& original_of(const Catalog& catalog, const Constraint& constraint) {
  const auto* original = catalog.find_as<Constraint>(constraint.partition_of.oid);
  return original && original->parent == constraint.parent ? original_of(catalog, *original) : constraint;
}

/// The constraint's own name where the relation has none of it; otherwise one is chosen.
Name clone_name(const Interpreter& interpreter, const Constraint& constraint, Oid relation, bool referenced) {
  const Catalog& catalog = interpreter.catalog();
  if (!constraint_name_is_used(catalog, relation, constraint.name)) return constraint.name;
  const Object& table = *catalog.find(relation);
  if (referenced && interpreter.major() >= 18)
    return choose_constraint_name(catalog, original_of(catalog, constraint).name.view(), {}, {}, table.parent.oid, {});
  return choose_constraint_name(catalog, table.name.view(), name_addition(column_names(catalog, constraint.columns)),
                                "fkey", table.parent.oid, {});
}

Constraint clone_of(const Constraint& key) {
  Constraint clone = key;
  clone.comment.clear();
  clone.partition_of = Ref<Constraint>{key.oid};
  clone.local = false;
  clone.inherited_from = 1;
  clone.triggers_disabled = clone.actions_disabled = false;
  return clone;
}

AnyRef partition_index(const Catalog& catalog, Oid parent_index, Oid partition) {
  for (const Index* index : catalog.children_of<Index>(partition))
    if (index->partition_of.oid == parent_index) return AnyRef{Kind::index, index->oid};
  return {};
}

void clone_for_referenced(Interpreter& interpreter, Ref<Constraint> ref, Oid partition) {
  Catalog& catalog = interpreter.catalog();
  const Constraint key = catalog.get(ref);
  Constraint clone = clone_of(key);
  clone.name = clone_name(interpreter, key, key.parent.oid, true);
  clone.foreign_key->table = AnyRef{Kind::table, partition};
  clone.foreign_key->columns = columns_of_partition(catalog, key.foreign_key->columns, partition);
  clone.foreign_key->index = partition_index(catalog, key.foreign_key->index.oid, partition);
  clone_over_referenced(interpreter, catalog.insert(std::move(clone)));
}

/// Whether a constraint that a partition has already may become the clone (tryAttachPartitionForeignKey).
bool can_attach(const Catalog& catalog, const Constraint& parent, const Constraint& child) {
  return child.type == catalog::ConstraintType::foreign_key && !child.partition_of &&
         child.foreign_key->table == parent.foreign_key->table &&
         column_names(catalog, child.columns) == column_names(catalog, parent.columns) &&
         child.foreign_key->columns == parent.foreign_key->columns && child.deferrable == parent.deferrable &&
         child.initially_deferred == parent.initially_deferred && child.validated == parent.validated &&
         child.foreign_key->on_update == parent.foreign_key->on_update &&
         child.foreign_key->on_delete == parent.foreign_key->on_delete &&
         child.foreign_key->match == parent.foreign_key->match;
}

void clone_for_referencing(Interpreter& interpreter, Ref<Constraint> ref, Oid partition) {
  Catalog& catalog = interpreter.catalog();
  const Constraint key = catalog.get(ref);
  for (const Constraint* known : catalog.children_of<Constraint>(partition)) {
    if (!can_attach(catalog, key, *known)) continue;
    auto edit = catalog.edit(Ref<Constraint>{known->oid});
    edit.set<&Constraint::partition_of>(ref).set<&Constraint::local>(false).set<&Constraint::inherited_from>(1);
    edit.set<&Constraint::actions_disabled>(false);
    // It refers to partitions by way of the parent's, now.
    if (interpreter.major() >= 15) drop_clones_over_referenced(catalog, Ref<Constraint>{known->oid});
    return;
  }
  Constraint clone = clone_of(key);
  clone.parent = AnyRef{catalog.find(partition)->kind, partition};
  clone.name = clone_name(interpreter, key, partition, false);
  clone.columns = columns_of_partition(catalog, key.columns, partition);
  clone.foreign_key->set_columns = columns_of_partition(catalog, key.foreign_key->set_columns, partition);
  clone_over_referencing(interpreter, catalog.insert(std::move(clone)));
}

}  // namespace

void drop_clones_over_referenced(Catalog& catalog, Ref<Constraint> key) {
  for (const catalog::Dependent& dependent : catalog.dependents(key.oid)) {
    const auto* clone = catalog.find_as<Constraint>(dependent.oid);
    if (!clone || clone->partition_of != key || clone->parent != catalog.get(key).parent) continue;
    const Oid oid = clone->oid;
    drop_clones_over_referenced(catalog, Ref<Constraint>{oid});
    catalog.erase(oid);
  }
}

void clone_over_referenced(Interpreter& interpreter, Ref<Constraint> key) {
  const Oid referenced = interpreter.catalog().get(key).foreign_key->table.oid;
  for (Oid partition : partitions_by_bound(interpreter.catalog(), referenced))
    clone_for_referenced(interpreter, key, partition);
}

void clone_over_referencing(Interpreter& interpreter, Ref<Constraint> key) {
  for (Oid partition : partitions_by_bound(interpreter.catalog(), interpreter.catalog().get(key).parent.oid)) {
    const Object& table = *interpreter.catalog().find(partition);
    if (table.kind != Kind::table)
      throw SqlError("0A000", "foreign key constraints are not supported on foreign tables");
    // The referenced table is held open meanwhile (CheckTableNotInUse).
    if (interpreter.catalog().get(key).foreign_key->table.oid == partition)
      throw SqlError("55006", "cannot ALTER TABLE \"" + table.name.str() +
                                  "\" because it is being used by active queries in this session");
    clone_for_referencing(interpreter, key, partition);
  }
}

void clone_foreign_keys(Interpreter& interpreter, Oid parent, Oid partition) {
  Catalog& catalog = interpreter.catalog();
  std::vector<Ref<Constraint>> to_parent, of_parent;
  for (const Constraint* key : foreign_keys_to(catalog, parent)) {
    // A clone whose original refers to the table too is made with its original.
    const auto* original = catalog.find_as<Constraint>(key->partition_of.oid);
    if (!original || original->foreign_key->table.oid != parent) to_parent.push_back(Ref<Constraint>{key->oid});
  }
  for (const Constraint* key : catalog.children_of<Constraint>(parent)) {
    const auto* original = catalog.find_as<Constraint>(key->partition_of.oid);
    // One for a partition of the referenced table comes with the original of the same table.
    const bool of_referenced = original && original->parent.oid == parent;
    if (key->foreign_key && !of_referenced) of_parent.push_back(Ref<Constraint>{key->oid});
  }
  for (Ref<Constraint> key : to_parent) clone_for_referenced(interpreter, key, partition);
  for (Ref<Constraint> key : of_parent) clone_for_referencing(interpreter, key, partition);
}

}  // namespace pgplumb::engine::ddl

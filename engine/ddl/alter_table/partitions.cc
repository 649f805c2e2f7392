// ATTACH and DETACH PARTITION: ATExecAttachPartition, ATExecDetachPartition and ATExecAttachPartitionIdx of
// commands/tablecmds.c.
#include <algorithm>

#include "catalog/kinds/foreign_table.h"
#include "engine/ddl/alter_table/alter_table.h"
#include "engine/ddl/child_merge.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/foreign_key.h"
#include "engine/ddl/foreign_key_clones.h"
#include "engine/ddl/message.h"
#include "engine/ddl/partition.h"
#include "engine/ddl/partition_constraint.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/table_options.h"
#include "engine/ddl/table_persistence.h"
#include "engine/ddl/trigger_clones.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::ForeignTable;

void set_partition_of(Catalog& catalog, Oid partition, Ref<Table> parent) {
  if (parent) note_child(catalog, parent.oid);
  if (catalog.find_as<Table>(partition))
    catalog.edit(Ref<Table>{partition}).set<&Table::partition_of>(parent);
  else
    catalog.edit(Ref<ForeignTable>{partition}).set<&ForeignTable::partition_of>(parent);
}

void check_persistence(const Object& parent, const Object& partition) {
  const bool parent_temporary = persistence_of(parent) == Persistence::temporary;
  const bool temporary = persistence_of(partition) == Persistence::temporary;
  if (parent_temporary && !temporary)
    wrong_object_type("cannot attach a permanent relation as partition of temporary relation " + quoted(parent.name));
  if (!parent_temporary && temporary)
    wrong_object_type("cannot attach a temporary relation as partition of permanent relation " + quoted(parent.name));
}

void check_attachable(const AlterTable& alter, const Object& parent, const Object& partition) {
  const Catalog& catalog = alter.catalog;
  if (partition.kind != Kind::table && partition.kind != Kind::foreign_table)
    wrong_object_type("ALTER action ATTACH PARTITION cannot be performed on relation " + quoted(partition.name));
  require_owner(alter.interpreter, partition);
  if (is_partition(catalog, partition.oid)) wrong_object_type(quoted(partition.name) + " is already a partition");
  const auto* table = catalog.find_as<Table>(partition.oid);
  if (table && table->of_type) wrong_object_type("cannot attach a typed table as partition");
  if (!parents_of(catalog, partition.oid).empty()) wrong_object_type("cannot attach inheritance child as partition");
  const bool has_children = !inheritance_children(catalog, partition.oid).empty();
  if (has_children && !is_partitioned(catalog, partition.oid))
    wrong_object_type("cannot attach inheritance parent as partition");
  const std::vector<Oid> below = all_inheritors(catalog, partition.oid);
  if (std::find(below.begin(), below.end(), parent.oid) != below.end())
    throw SqlError("42P07", "circular inheritance not allowed",
                   quoted(parent.name) + " is already a child of " + quoted(partition.name) + ".");
  check_persistence(parent, partition);
}

void check_columns(const AlterTable& alter, const Object& parent, const Object& partition) {
  for (const Column* column : columns_of(alter.catalog, partition.oid)) {
    if (alter.interpreter.major() >= 17 && column->identity != Identity::none)
      throw SqlError("55000",
                     "table " + quoted(partition.name) + " being attached contains an identity column " +
                         quoted(column->name),
                     "The new partition may not contain an identity column.");
    if (!find_column(alter.catalog, parent.oid, column->name))
      throw SqlError("42804",
                     "table " + quoted(partition.name) + " contains column " + quoted(column->name) +
                         " not found in parent " + quoted(parent.name),
                     "The new partition may contain only the columns present in parent.");
  }
}

[[noreturn]] void refuse_index(const char* sqlstate, const Index& child, const Index& parent, std::string detail) {
  throw SqlError(sqlstate,
                 "cannot attach index " + quoted(child.name) + " as a partition of index " + quoted(parent.name),
                 std::move(detail));
}

/// ALTER INDEX … ATTACH PARTITION
void attach_partition_index(AlterTable& alter, const Subcommand& command) {
  const Catalog& catalog = alter.catalog;
  const Index& parent = *catalog.find_as<Index>(command.relation);
  if (command.node.def().as<ast::PartitionCmd>().bound())
    throw SqlError("42P17", quoted(parent.name) + " is not a partitioned table");
  const Object& object = require_relation(alter.interpreter, command.node.def().as<ast::PartitionCmd>().name());
  if (object.kind != Kind::index) throw SqlError("42P17", quoted(object.name) + " is not an index");
  const Index& child = *catalog.find_as<Index>(object.oid);
  const Object& table = *catalog.find(parent.parent.oid);
  if (child.partition_of.oid == parent.oid) return;
  for (const Index* other : catalog.children_of<Index>(child.parent.oid))
    if (other->partition_of.oid == parent.oid)
      refuse_index("55000", child, parent,
                   "Another index is already attached for partition " + quoted(catalog.find(child.parent.oid)->name) + ".");
  if (child.partition_of)
    refuse_index("55000", child, parent, "Index " + quoted(child.name) + " is already attached to another index.");
  const std::vector<Oid> partitions = partitions_of(catalog, table.oid);
  if (std::find(partitions.begin(), partitions.end(), child.parent.oid) == partitions.end())
    refuse_index("42P17", child, parent,
                 "Index " + quoted(child.name) + " is not an index on any partition of table " + quoted(table.name) + ".");
  if (!same_index(catalog, parent, child)) refuse_index("42P17", child, parent, "The index definitions do not match.");
  if (parent.constraint && !child.constraint)
    refuse_index("42P17", child, parent,
                 "The index " + quoted(parent.name) + " belongs to a constraint in table " + quoted(table.name) +
                     " but no constraint exists for index " + quoted(child.name) + ".");
  attach_index(alter.interpreter, Ref<Index>{parent.oid}, Ref<Index>{child.oid});
}

void stand_alone(Catalog& catalog, Oid constraint) {
  catalog.edit(Ref<Constraint>{constraint})
      .set<&Constraint::partition_of>(Ref<Constraint>())
      .set<&Constraint::local>(true)
      .set<&Constraint::inherited_from>(0);
}

/// A foreign key that came from the parent. Where the referenced table is partitioned, servers before 15 drop it, and later
/// ones give it copies of its own for that table's partitions.
void separate_foreign_key(Interpreter& interpreter, Ref<Constraint> ref) {
  const Oid referenced = interpreter.catalog().get(ref).foreign_key->table.oid;
  const bool to_partitioned = is_partitioned(interpreter.catalog(), referenced);
  stand_alone(interpreter.catalog(), ref.oid);
  if (!to_partitioned) return;
  if (interpreter.major() < 15)
    perform_deletion(interpreter, {ref.oid});
  else
    clone_over_referenced(interpreter, ref);
}

/// Keys, foreign keys and indexes that were parts of the parent's stand by themselves.
void separate_constraints(Interpreter& interpreter, Oid partition) {
  Catalog& catalog = interpreter.catalog();
  for (const Index* index : catalog.children_of<Index>(partition))
    if (index->partition_of) catalog.edit(Ref<Index>{index->oid}).set<&Index::partition_of>(Ref<Index>());
  std::vector<Oid> inherited;
  for (const Constraint* constraint : catalog.children_of<Constraint>(partition)) {
    const auto* original = catalog.find_as<Constraint>(constraint->partition_of.oid);
    // From 15 on, one that belongs to another of the partition's own is left to that.
    if (original && (original->parent.oid != partition || interpreter.major() < 15)) inherited.push_back(constraint->oid);
  }
  for (Oid oid : inherited) {
    const auto* constraint = catalog.find_as<Constraint>(oid);
    const auto* original = constraint ? catalog.find_as<Constraint>(constraint->partition_of.oid) : nullptr;
    if (original && original->parent.oid == partition)
      catalog.edit(Ref<Constraint>{oid}).set<&Constraint::made_for>(Ref<Constraint>{original->oid});
    if (constraint && constraint->foreign_key)
      separate_foreign_key(interpreter, Ref<Constraint>{oid});
    else if (constraint)
      stand_alone(catalog, oid);
  }
  // Copies of foreign keys that referred to the partition because it was one go.
  for (const Constraint* key : foreign_keys_to(catalog, partition))
    if (const auto* original = catalog.find_as<Constraint>(key->partition_of.oid);
        original && original->parent.oid == key->parent.oid) {
      const Ref<Constraint> copy{key->oid};
      drop_clones_over_referenced(catalog, copy);
      catalog.erase(copy.oid);
    }
}

/// DetachAddConstraintIfNeeded: what the bound said of the rows, others may still rely on while it goes.
void keep_constraint(AlterTable& alter, Oid partition) {
  const std::vector<NodePtr> conditions = partition_constraint(alter.interpreter, partition);
  if (constraints_imply(alter.interpreter, partition, conditions)) return;
  CheckSpec check;
  check.cooked = make_expression(combined(catalog::expr::BoolOp::and_op, conditions));
  add_check(alter, partition, check, true, false);
}

}  // namespace

void attach_partition(AlterTable& alter, const Subcommand& command) {
  if (alter.relation(command.relation).kind == Kind::index) return attach_partition_index(alter, command);
  const ast::PartitionCmd definition = command.node.def().as<ast::PartitionCmd>();
  const Object& parent = alter.relation(command.relation);
  if (!is_partitioned(alter.catalog, parent.oid))
    throw SqlError("42P17", "table " + quoted(parent.name) + " is not partitioned");
  const Ref<Table> parent_ref{command.relation};
  Expr bound = transform_partition_bound(alter.interpreter, parent_ref, definition.bound());
  const Object& partition = require_relation(alter.interpreter, definition.name());
  const Oid oid = partition.oid;
  check_attachable(alter, parent, partition);
  check_columns(alter, parent, partition);
  refuse_transition_triggers(alter.interpreter, partition, "a partition");
  check_new_partition_bound(alter.interpreter, parent_ref, bound, partition.name);
  merge_into_child(alter.interpreter, command.relation, oid, true);
  set_partition_of(alter.catalog, oid, parent_ref);
  set_partition_bound(alter.catalog, oid, std::move(bound));
  clone_to_partition(alter.interpreter, command.relation, oid, Partitioning::attach);
}

void detach_partition(AlterTable& alter, const Subcommand& command) {
  const ast::PartitionCmd definition = command.node.def().as<ast::PartitionCmd>();
  const Object& parent = alter.relation(command.relation);
  if (!is_partitioned(alter.catalog, parent.oid))
    throw SqlError("42P17", "table " + quoted(parent.name) + " is not partitioned");
  if (definition.concurrent() && default_partition(alter.catalog, parent.oid) != invalid_oid)
    throw SqlError("55000", "cannot detach partitions concurrently when a default partition exists");
  const Object& partition = require_relation(alter.interpreter, definition.name());
  const std::vector<Oid> parents = parents_of(alter.catalog, partition.oid);
  if (std::find(parents.begin(), parents.end(), parent.oid) == parents.end())
    throw SqlError("42P01",
                   "relation " + quoted(partition.name) + " is not a partition of relation " + quoted(parent.name));
  if (command.node.subtype() == ast::AlterTableType::AT_DetachPartitionFinalize)
    throw SqlError("55000", "partition " + quoted(partition.name) + " not in pending detach state");
  const Oid oid = partition.oid;
  if (definition.concurrent()) keep_constraint(alter, oid);
  separate_child(alter.interpreter, command.relation, oid);
  drop_trigger_clones(alter.interpreter, oid);
  if (alter.interpreter.major() >= 17)
    for (const Column* column : columns_of(alter.catalog, oid))
      if (column->identity != Identity::none)
        alter.catalog.edit(Ref<Column>{column->oid}).set<&Column::identity>(Identity::none);
  set_partition_bound(alter.catalog, oid, {});
  set_partition_of(alter.catalog, oid, {});
  separate_constraints(alter.interpreter, oid);
}

}  // namespace pgplumb::engine::ddl

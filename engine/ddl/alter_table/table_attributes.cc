// What ALTER TABLE sets of the table as a whole: owner, clustering, triggers, rules, row security.
#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/rule.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/trigger.h"
#include "engine/ddl/alter_table/alter_table.h"
#include "engine/ddl/cluster.h"
#include "engine/ddl/constraint_triggers.h"
#include "engine/ddl/foreign_options.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/owner.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

namespace {

using ast::AlterTableType;
using catalog::Enabled;
using catalog::ForeignTable;
using catalog::Index;
using catalog::Rule;
using catalog::Table;
using catalog::Trigger;

/// The index of that name, which must be the relation's.
const Index& require_index_of(const AlterTable& alter, const Object& relation, Name name) {
  const Oid oid = find_relation_in_schema(alter.interpreter, relation.parent.oid, name);
  const auto* index = alter.catalog.find_as<Index>(oid);
  const std::string on_table = "index \"" + name.str() + "\" for table \"" + relation.name.str() + "\" does not exist";
  if (oid == invalid_oid) throw SqlError("42704", on_table);
  if (!index || index->parent.oid != relation.oid)
    throw SqlError("42809", "\"" + name.str() + "\" is not an index for table \"" + relation.name.str() + "\"");
  return *index;
}

Enabled enabled_state(AlterTableType type) {
  switch (type) {
    case AlterTableType::AT_EnableAlwaysTrig:
    case AlterTableType::AT_EnableAlwaysRule:
      return Enabled::always;
    case AlterTableType::AT_EnableReplicaTrig:
    case AlterTableType::AT_EnableReplicaRule:
      return Enabled::replica;
    case AlterTableType::AT_DisableTrig:
    case AlterTableType::AT_DisableTrigAll:
    case AlterTableType::AT_DisableTrigUser:
    case AlterTableType::AT_DisableRule:
      return Enabled::disabled;
    default:
      return Enabled::origin;
  }
}

/// EnableDisableTrigger: a partitioned table's row triggers take their clones along, unless ONLY was said.
void set_trigger(Catalog& catalog, const Trigger& trigger, Enabled state, bool recurse) {
  const Ref<Trigger> ref{trigger.oid};
  if (trigger.enabled != state) catalog.edit(ref).set<&Trigger::enabled>(state);
  if (!recurse || !trigger.for_each_row) return;
  for (const catalog::Dependent& dependent : catalog.dependents(ref.oid)) {
    const auto* clone = catalog.find_as<Trigger>(dependent.oid);
    if (clone && clone->partition_of == ref) set_trigger(catalog, *clone, state, recurse);
  }
}

/// An owned sequence has the owner of its table.
void require_free_sequence(const AlterTable& alter, const Object& relation) {
  const auto* sequence = alter.catalog.find_as<catalog::Sequence>(relation.oid);
  if (!sequence || !sequence->owned_by) return;
  const Object& table = alter.relation(alter.catalog.get(sequence->owned_by).parent.oid);
  throw SqlError("0A000", "cannot change owner of sequence \"" + relation.name.str() + "\"",
                 "Sequence \"" + relation.name.str() + "\" is linked to table \"" + table.name.str() + "\".");
}

void refuse_clustered_partitions(const AlterTable& alter, Oid relation) {
  if (is_partitioned(alter.catalog, relation))
    throw SqlError("0A000", "cannot mark index clustered in partitioned table");
}

}  // namespace

void do_nothing(AlterTable&, const Subcommand&) {}

void change_table_owner(AlterTable& alter, const Subcommand& command) {
  const Name owner = role_of(alter.interpreter, command.node.newowner());
  const Object& relation = alter.relation(command.relation);
  if (relation.owner != owner) {
    require_free_sequence(alter, relation);
    require_owner_change(alter.interpreter, relation, owner);
  }
  change_owner(alter.interpreter, command.relation, owner);
}

void cluster_on(AlterTable& alter, const Subcommand& command) {
  const Object& relation = alter.relation(command.relation);
  const Index& index = require_index_of(alter, relation, command.name());
  require_clusterable(alter.interpreter, index);
  refuse_clustered_partitions(alter, command.relation);
  mark_index_clustered(alter.catalog, relation.oid, index.oid);
}

void drop_cluster(AlterTable& alter, const Subcommand& command) {
  refuse_clustered_partitions(alter, command.relation);
  mark_index_clustered(alter.catalog, command.relation, invalid_oid);
}

void set_trigger_state(AlterTable& alter, const Subcommand& command) {
  const Enabled state = enabled_state(command.node.subtype());
  const Object& relation = alter.relation(command.relation);
  const bool by_name = !command.node.name().empty();
  bool found = false;
  for (const Trigger* trigger : alter.catalog.children_of<Trigger>(command.relation)) {
    if (by_name && trigger->name != command.name()) continue;
    found = true;
    set_trigger(alter.catalog, *trigger, state, command.recurse);
  }
  using enum AlterTableType;
  if (command.node.subtype() == AT_EnableTrigAll || command.node.subtype() == AT_DisableTrigAll)
    set_constraint_triggers(alter.interpreter, command.relation, state != Enabled::disabled, command.recurse);
  if (by_name && !found && names_constraint_trigger(command.node.name()))
    throw NotSimulated("the trigger of a constraint by its name, which holds an OID of the server's");
  if (by_name && !found)
    throw SqlError("42704", "trigger \"" + std::string(command.node.name()) + "\" for table \"" + relation.name.str() +
                                "\" does not exist");
}

void set_rule_state(AlterTable& alter, const Subcommand& command) {
  const Object& relation = alter.relation(command.relation);
  const Rule* rule = alter.catalog.find_named<Rule>(command.relation, command.name());
  if (!rule)
    throw SqlError("42704", "rule \"" + std::string(command.node.name()) + "\" for relation \"" + relation.name.str() +
                                "\" does not exist");
  alter.catalog.edit(Ref<Rule>{rule->oid}).set<&Rule::enabled>(enabled_state(command.node.subtype()));
}

void set_row_security(AlterTable& alter, const Subcommand& command) {
  auto edit = alter.catalog.edit(Ref<Table>{command.relation});
  switch (command.node.subtype()) {
    case AlterTableType::AT_EnableRowSecurity:
      edit.set<&Table::row_security>(true);
      break;
    case AlterTableType::AT_DisableRowSecurity:
      edit.set<&Table::row_security>(false);
      break;
    case AlterTableType::AT_ForceRowSecurity:
      edit.set<&Table::force_row_security>(true);
      break;
    default:
      edit.set<&Table::force_row_security>(false);
      break;
  }
}

void set_foreign_options(AlterTable& alter, const Subcommand& command) {
  const Ref<ForeignTable> ref{command.relation};
  Options options = change_foreign_options(alter.catalog.get(ref).options, command.node.def().items());
  alter.catalog.edit(ref).set<&ForeignTable::options>(std::move(options));
}

}  // namespace pgplumb::engine::ddl

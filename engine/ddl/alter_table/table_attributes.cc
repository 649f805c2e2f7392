// What ALTER TABLE sets of the table as a whole: options, storage, owner, triggers, row security, replica identity.
#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/rule.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/trigger.h"
#include "catalog/kinds/view.h"
#include "engine/ddl/alter_table/alter_table.h"
#include "engine/ddl/constraint_triggers.h"
#include "engine/ddl/foreign_options.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/opclass.h"
#include "engine/ddl/owner.h"
#include "engine/ddl/query_relation.h"
#include "engine/ddl/relation_parts.h"
#include "engine/ddl/reloptions.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/toast.h"
#include "engine/ddl/storage.h"

namespace pgplumb::engine::ddl {

namespace {

using ast::AlterTableType;
using catalog::Enabled;
using catalog::ForeignTable;
using catalog::Index;
using catalog::MaterializedView;
using catalog::ReplicaIdentity;
using catalog::Rule;
using catalog::Table;
using catalog::Trigger;
using catalog::View;

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

/// WITH CHECK OPTION as one of a view's options
void require_checkable(const Interpreter& interpreter, const View& view) {
  if (!option_value(view.options, "check_option")) return;
  const std::string reason = not_updatable_reason(interpreter, view.query, true);
  if (!reason.empty())
    throw SqlError("0A000", "WITH CHECK OPTION is supported only on automatically updatable views", {}, reason);
}

template <class T>
void change_table_options(AlterTable& alter, const Subcommand& command, OptionTarget target, bool reset) {
  const ast::List<ast::Node> list = command.node.def().items();
  const Ref<T> ref{command.relation};
  const T& object = alter.catalog.get(ref);
  require_known_namespaces(list, true);
  Options options = transform_reloptions(object.options, list, "", target, alter.interpreter.major(), reset);
  if (options != object.options) alter.catalog.edit(ref).template set<&T::options>(std::move(options));
}

/// Whether an option is set that is not for the TOAST table.
bool sets_own_option(const Subcommand& command, bool reset) {
  for (ast::Node node : command.node.def().items())
    if (!reset && node.as<ast::DefElem>().defnamespace() != "toast") return true;
  return false;
}

template <class T>
void change_toast_options(AlterTable& alter, const Subcommand& command, bool reset) {
  if (!has_toast_table(alter.catalog, command.relation)) return;
  const Ref<T> ref{command.relation};
  const T& object = alter.catalog.get(ref);
  Options options = transform_reloptions(object.toast_options, command.node.def().items(), "toast", OptionTarget::toast,
                                         alter.interpreter.major(), reset);
  if (options != object.toast_options)
    alter.catalog.edit(ref).template set<&T::toast_options>(std::move(options));
}

void change_index_options(AlterTable& alter, const Subcommand& command, bool reset) {
  const Ref<Index> ref{command.relation};
  const Index& index = alter.catalog.get(ref);
  const std::string method(method_name(alter.interpreter, index.method.oid));
  Options options =
      index_reloptions(method, command.node.def().items(), alter.interpreter.major(), index.options, reset);
  alter.catalog.edit(ref).set<&Index::options>(std::move(options));
}

/// Foreign keys may not lead from what survives a crash to what does not.
void check_logged_references(const AlterTable& alter, const Table& table, bool logged) {
  const auto refuse = [&](const Object& other) {
    throw SqlError("42P16", "could not change table \"" + table.name.str() + "\" to " +
                                (logged ? "logged because it references unlogged" : "unlogged because it references logged") +
                                " table \"" + other.name.str() + "\"");
  };
  for (const catalog::Dependent& dependent : alter.catalog.dependents(table.oid)) {
    const auto* key = alter.catalog.find_as<Constraint>(dependent.oid);
    if (!key || !key->foreign_key || logged || key->foreign_key->table.oid != table.oid) continue;
    const auto* other = alter.catalog.find_as<Table>(key->parent.oid);
    if (other && other->oid != table.oid && other->persistence == Persistence::permanent) refuse(*other);
  }
  for (const Constraint* key : alter.catalog.children_of<Constraint>(table.oid)) {
    if (!key->foreign_key || !logged) continue;
    const auto* other = alter.catalog.find_as<Table>(key->foreign_key->table.oid);
    if (other && other->oid != table.oid && other->persistence != Persistence::permanent) refuse(*other);
  }
}

/// Sequences of the table's columns follow it from 15 on.
void set_sequences_logged(AlterTable& alter, Oid relation, Persistence persistence) {
  if (alter.interpreter.major() < 15) return;
  for (Oid sequence : owned_sequences(alter.catalog, relation))
    alter.catalog.edit(Ref<catalog::Sequence>{sequence}).set<&catalog::Sequence::persistence>(persistence);
}

Persistence wanted_persistence(const Subcommand& command) {
  return command.node.subtype() == AlterTableType::AT_SetLogged ? Persistence::permanent : Persistence::unlogged;
}

/// An owned sequence has the owner of its table.
void require_free_sequence(const AlterTable& alter, const Object& relation) {
  const auto* sequence = alter.catalog.find_as<catalog::Sequence>(relation.oid);
  if (!sequence || !sequence->owned_by) return;
  const Object& table = alter.relation(alter.catalog.get(sequence->owned_by).parent.oid);
  throw SqlError("0A000", "cannot change owner of sequence \"" + relation.name.str() + "\"",
                 "Sequence \"" + relation.name.str() + "\" is linked to table \"" + table.name.str() + "\".");
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
  require_clusterable(alter.interpreter, relation, index);
  mark_index_clustered(alter.catalog, relation.oid, index.oid);
}

void drop_cluster(AlterTable& alter, const Subcommand& command) {
  if (is_partitioned(alter.catalog, command.relation))
    throw SqlError("0A000", "cannot mark index clustered in partitioned table");
  mark_index_clustered(alter.catalog, command.relation, invalid_oid);
}

void require_clusterable(const Interpreter& interpreter, const Object& relation, const Index& index) {
  const IndexMethod method = index_method(interpreter, index.method.oid);
  const std::string name = "\"" + index.name.str() + "\"";
  if (method.name != "btree" && method.name != "gist")
    throw SqlError("0A000", "cannot cluster on index " + name + " because access method does not support clustering");
  if (!index.predicate.empty()) throw SqlError("0A000", "cannot cluster on partial index " + name);
  if (!index.valid) throw SqlError("0A000", "cannot cluster on invalid index " + name);
  if (is_partitioned(interpreter.catalog(), relation.oid))
    throw SqlError("0A000", "cannot mark index clustered in partitioned table");
}

void mark_index_clustered(Catalog& catalog, Oid relation, Oid clustered) {
  for (const Index* index : catalog.children_of<Index>(relation))
    if (index->clustered != (index->oid == clustered))
      catalog.edit(Ref<Index>{index->oid}).set<&Index::clustered>(index->oid == clustered);
}

/// ATPrepChangePersistence
void prepare_logged(AlterTable& alter, const Subcommand& command) {
  const bool logged = wanted_persistence(command) == Persistence::permanent;
  const auto* table = alter.catalog.find_as<Table>(command.relation);
  if (table && is_partitioned(alter.catalog, table->oid) && alter.interpreter.major() >= 18)
    throw SqlError("42809", "ALTER action " + std::string(logged ? "SET LOGGED" : "SET UNLOGGED") +
                                " cannot be performed on relation \"" + table->name.str() + "\"",
                   not_supported_for(*table));
  if (alter.with_new_persistence.contains(command.relation))
    throw SqlError("0A000", "cannot change persistence setting twice");
  if (!table) return;
  if (table->persistence == Persistence::temporary)
    throw SqlError("42P16", "cannot change logged status of table \"" + table->name.str() + "\" because it is temporary");
  if (table->persistence == wanted_persistence(command)) return;
  check_logged_references(alter, *table, logged);
  alter.with_new_persistence.insert(command.relation);
  alter.note_rewrite(command.relation);
}

void set_logged(AlterTable& alter, const Subcommand& command) {
  const Persistence persistence = wanted_persistence(command);
  if (alter.relation(command.relation).kind == Kind::sequence) {
    alter.catalog.edit(Ref<catalog::Sequence>{command.relation}).set<&catalog::Sequence::persistence>(persistence);
    return;
  }
  // A partitioned table has no storage, and what the statement says is lost.
  const Ref<Table> ref{command.relation};
  if (is_partitioned(alter.catalog, ref.oid) || alter.catalog.get(ref).persistence == persistence) return;
  alter.catalog.edit(ref).set<&Table::persistence>(persistence);
  set_sequences_logged(alter, ref.oid, persistence);
}

/// ATPrepSetAccessMethod
void prepare_access_method(AlterTable& alter, const Subcommand& command) {
  if (is_partitioned(alter.catalog, command.relation) && alter.interpreter.major() < 17)
    throw SqlError("42809", "cannot change access method of a partitioned table");
  if (!alter.with_new_access_method.insert(command.relation).second)
    throw SqlError("0A000", "cannot have multiple SET ACCESS METHOD subcommands");
  table_method(alter.interpreter, command.node.name());
  alter.note_rewrite(command.relation);
}

void set_access_method(AlterTable& alter, const Subcommand& command) {
  const AnyRef ref{Kind::access_method, table_method(alter.interpreter, command.node.name())};
  if (alter.relation(command.relation).kind == Kind::materialized_view)
    alter.catalog.edit(Ref<MaterializedView>{command.relation}).set<&MaterializedView::access_method>(ref);
  else
    alter.catalog.edit(Ref<Table>{command.relation}).set<&Table::access_method>(ref);
}

/// ATPrepSetTableSpace
void prepare_tablespace(AlterTable& alter, const Subcommand& command) {
  require_tablespace(alter.interpreter, command.name());
  if (!alter.with_new_tablespace.insert(command.relation).second)
    throw SqlError("42601", "cannot have multiple SET TABLESPACE subcommands");
}

void set_tablespace(AlterTable& alter, const Subcommand& command) {
  const Name tablespace = require_tablespace(alter.interpreter, command.name());
  switch (alter.relation(command.relation).kind) {
    case Kind::index:
      alter.catalog.edit(Ref<Index>{command.relation}).set<&Index::tablespace>(tablespace);
      break;
    case Kind::materialized_view:
      alter.catalog.edit(Ref<MaterializedView>{command.relation}).set<&MaterializedView::tablespace>(tablespace);
      break;
    default:
      alter.catalog.edit(Ref<Table>{command.relation}).set<&Table::tablespace>(tablespace);
      break;
  }
}

void set_options(AlterTable& alter, const Subcommand& command) {
  const bool reset = command.node.subtype() == AlterTableType::AT_ResetRelOptions;
  switch (alter.relation(command.relation).kind) {
    case Kind::view:
      change_table_options<View>(alter, command, OptionTarget::view, reset);
      require_checkable(alter.interpreter, alter.catalog.get(Ref<View>{command.relation}));
      break;
    case Kind::materialized_view:
      change_table_options<MaterializedView>(alter, command, OptionTarget::heap, reset);
      change_toast_options<MaterializedView>(alter, command, reset);
      break;
    case Kind::index:
      change_index_options(alter, command, reset);
      break;
    default:
      if (is_partitioned(alter.catalog, command.relation) && alter.interpreter.major() >= 17 &&
          sets_own_option(command, reset))
        throw SqlError("42809", "cannot specify storage parameters for a partitioned table", {},
                       "Specify storage parameters for its leaf partitions instead.");
      change_table_options<Table>(alter, command,
                            is_partitioned(alter.catalog, command.relation) ? OptionTarget::partitioned
                                                                            : OptionTarget::heap,
                            reset);
      change_toast_options<Table>(alter, command, reset);
      break;
  }
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

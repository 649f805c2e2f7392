// What ALTER TABLE sets of how a relation is stored: persistence, access method, tablespace, and options.
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/view.h"
#include "engine/ddl/alter_table/alter_table.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/opclass.h"
#include "engine/ddl/query_relation.h"
#include "engine/ddl/relation_parts.h"
#include "engine/ddl/reloptions.h"
#include "engine/ddl/storage.h"
#include "engine/ddl/toast.h"

namespace pgplumb::engine::ddl {

namespace {

using ast::AlterTableType;
using catalog::Index;
using catalog::MaterializedView;
using catalog::Table;
using catalog::View;

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

}  // namespace

/// ATPrepChangePersistence
void prepare_logged(AlterTable& alter, const Subcommand& command) {
  const Object& relation = alter.relation(command.relation);
  // Sequences have it since 15.
  if (relation.kind == Kind::sequence && alter.interpreter.major() < 15)
    throw SqlError("42809", "\"" + relation.name.str() + "\" is not a table");
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
  require_tablespace(command.name());
  if (!alter.with_new_tablespace.insert(command.relation).second)
    throw SqlError("42601", "cannot have multiple SET TABLESPACE subcommands");
}

void set_tablespace(AlterTable& alter, const Subcommand& command) {
  const Name tablespace = require_tablespace(command.name());
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

}  // namespace pgplumb::engine::ddl

// What ALTER COLUMN sets but for type and identity: ATExecColumnDefault, ATExecDropNotNull, ATExecSetStatistics … of
// commands/tablecmds.c.
#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/alter_table/alter_table.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/drop_constraint.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/foreign_options.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/not_null.h"
#include "engine/ddl/reloptions.h"
#include "engine/ddl/storage.h"
#include "engine/ddl/table_columns.h"

namespace pgplumb::engine::ddl {

std::string column_of_relation(const AlterTable& alter, const Column& column) {
  return "column \"" + column.name.str() + "\" of relation \"" + alter.relation(column.parent.oid).name.str() + "\"";
}

namespace {

using catalog::Index;

constexpr int max_statistics_target = 10000;

void refuse_default(const AlterTable& alter, const Column& column, bool sets) {
  if (column.identity != Identity::none)
    throw SqlError("42601", column_of_relation(alter, column) + " is an identity column", {},
                   sets ? "" : "Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead.");
  if (column.generated == Generated::none) return;
  std::string hint;
  if (sets && alter.interpreter.major() >= 17)
    hint = "Use ALTER TABLE ... ALTER COLUMN ... SET EXPRESSION instead.";
  else if (!sets && column.generated == Generated::stored)
    hint = "Use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION instead.";
  throw SqlError("42601", column_of_relation(alter, column) + " is a generated column", {}, hint);
}

/// Whether an index over the column forbids that it becomes nullable.
void refuse_nullable_key(const AlterTable& alter, const Column& column) {
  for (const Index* index : alter.catalog.children_of<Index>(column.parent.oid)) {
    const bool primary = is_primary(alter.catalog, *index);
    if (!primary && !index->replica_identity) continue;
    for (const catalog::IndexColumn& part : index->columns) {
      if (part.column.oid != column.oid) continue;
      throw SqlError("42P16", "column \"" + column.name.str() +
                                  (primary ? "\" is in a primary key" : "\" is in index used as replica identity"));
    }
  }
}

void refuse_nullable_partition(const AlterTable& alter, const Column& column) {
  if (!is_partition(alter.catalog, column.parent.oid)) return;
  const Oid parent = parents_of(alter.catalog, column.parent.oid).front();
  const Column* above = find_column(alter.catalog, parent, column.name);
  if (above && above->not_null)
    throw SqlError("42P16", "column \"" + column.name.str() + "\" is marked NOT NULL in parent table");
}

/// The column of an index, by name or by number; gives its place.
std::size_t index_column(const AlterTable& alter, const Subcommand& command, const Index& index) {
  const auto number = static_cast<std::size_t>(command.node.num());
  const std::size_t count = index.columns.size() + index.included.size();
  if (command.node.name().empty()) {
    if (number == 0 || number > count)
      throw SqlError("42703", "column number " + std::to_string(command.node.num()) + " of relation \"" +
                                  alter.relation(command.relation).name.str() + "\" does not exist");
    return number - 1;
  }
  for (std::size_t at = 0; at < index.columns.size(); ++at)
    if (index.columns[at].name == command.name()) return at;
  throw SqlError("42703", "column \"" + std::string(command.node.name()) + "\" of relation \"" +
                              alter.relation(command.relation).name.str() + "\" does not exist");
}

void set_index_statistics(AlterTable& alter, const Subcommand& command, int target) {
  const Index& index = *alter.catalog.find_as<Index>(command.relation);
  const std::size_t at = index_column(alter, command, index);
  if (at >= index.columns.size())
    throw SqlError("0A000", "cannot alter statistics on included column \"" +
                                index.included[at - index.columns.size()].name.str() + "\" of index \"" +
                                index.name.str() + "\"");
  if (index.columns[at].column)
    throw SqlError("0A000",
                   "cannot alter statistics on non-expression column \"" + index.columns[at].name.str() +
                       "\" of index \"" + index.name.str() + "\"",
                   {}, "Alter statistics on table column instead.");
  alter.catalog.edit(Ref<Index>{index.oid}).change<&Index::columns>([&](auto& columns) {
    columns[at].statistics = target;
  });
}

/// The statistics target that is meant: -1 where the default is.
int statistics_target(AlterTable& alter, ast::Node value) {
  const int target = value ? value.as<ast::Integer>().ival() : -1;
  if (target < -1) throw SqlError("22023", "statistics target " + std::to_string(target) + " is too low");
  if (target <= max_statistics_target) return target;
  alter.interpreter.warning("lowering statistics target to " + std::to_string(max_statistics_target), "22023");
  return max_statistics_target;
}

void change_options(AlterTable& alter, const Subcommand& command, bool reset) {
  const Column& column = require_user_column(alter, command);
  Options options = transform_reloptions(column.options, command.node.def().items(), "", OptionTarget::attribute,
                                         alter.interpreter.major(), reset);
  alter.catalog.edit(Ref<Column>{column.oid}).set<&Column::options>(std::move(options));
}

/// Until 17, all children of a table that is not partitioned are gone through, whatever the table itself has already
/// (ATPrepSetNotNull).
void set_children_not_null(AlterTable& alter, Oid relation, Name name) {
  SetNotNull how;
  how.recurse = false;
  for (Oid child : all_inheritors(alter.catalog, relation))
    if (child != relation) set_not_null(alter.interpreter, child, name, how);
}

/// ATExecCheckNotNull
void check_not_null(AlterTable& alter, Oid relation, Name name) {
  const Column& column = require_column(alter.catalog, alter.relation(relation), name);
  if (column.not_null) return;
  throw SqlError("42P16", "constraint must be added to child tables too",
                 "Column \"" + name.str() + "\" of relation \"" + alter.relation(relation).name.str() +
                     "\" is not already NOT NULL.",
                 "Do not specify the ONLY keyword.");
}

/// ATPrepSetNotNull, as far as it looks at a partitioned table and its partitions.
void prepare_not_null(AlterTable& alter, Oid relation, Name name, bool recurse) {
  if (has_not_null_constraints(alter.interpreter) || !is_partitioned(alter.catalog, relation)) return;
  if (!has_subclass(alter.catalog, relation)) return;
  const Object& table = alter.relation(relation);
  // Whether partitions have to be gone through is seen from the column.
  const bool is_system = is_system_column(table, name.view());
  if (!is_system && require_column(alter.catalog, table, name).not_null) return;
  if (recurse) return;
  for (Oid child : all_inheritors(alter.catalog, relation))
    if (child != relation)
      alter.enqueue(child, Pass::column_attributes, [&alter, child, name] { check_not_null(alter, child, name); });
}

void run_set_not_null(AlterTable& alter, Oid relation, Name name, bool recurse) {
  const Column& column = require_user_column(alter, relation, name);
  SetNotNull how;
  how.recurse = recurse;
  how.is_subcommand = true;
  const bool partitioned = is_partitioned(alter.catalog, relation);
  const bool is_new = has_not_null_constraints(alter.interpreter) && !not_null_constraint(alter.catalog, column.oid);
  if (is_new && !recurse && !inheritance_children(alter.catalog, relation).empty()) {
    if (partitioned)
      throw SqlError("42P16", "constraint must be added to child tables too", {}, "Do not specify the ONLY keyword.");
    how.no_inherit = true;
  }
  set_not_null(alter.interpreter, relation, name, how);
  if (recurse && !partitioned && !has_not_null_constraints(alter.interpreter)) set_children_not_null(alter, relation, name);
}

}  // namespace

void alter_column_default(AlterTable& alter, const Subcommand& command) {
  const Column column = require_user_column(alter, command);
  const ast::Node raw = command.node.def();
  refuse_default(alter, column, static_cast<bool>(raw));
  const Ref<Column> ref{column.oid};
  set_column_default(alter.catalog, ref, {});
  if (!raw) return;
  ColumnSpec spec;
  spec.raw_default = raw;
  store_column_default(alter.interpreter, ref, spec);
}

void prepare_drop_not_null(AlterTable& alter, const Subcommand& command) {
  const bool constraints = has_not_null_constraints(alter.interpreter);
  if (is_partitioned(alter.catalog, command.relation) && !command.recurse && !command.recursing && !constraints &&
      !inheritance_children(alter.catalog, command.relation).empty())
    throw SqlError("42P16", "cannot remove constraint from only the partitioned table when partitions exist", {},
                   "Do not specify the ONLY keyword.");
  if (constraints || !command.recurse || command.recursing) return;
  Subcommand child = command;
  child.recursing = true;
  for (Oid oid : all_inheritors(alter.catalog, command.relation)) {
    child.relation = oid;
    if (oid != command.relation) alter.prepare(child);
  }
}

void drop_not_null(AlterTable& alter, const Subcommand& command) {
  const Column& column = require_user_column(alter, command);
  if (!column.not_null) return;
  if (column.identity != Identity::none) throw SqlError("42601", column_of_relation(alter, column) + " is an identity column");
  refuse_nullable_key(alter, column);
  if (has_not_null_constraints(alter.interpreter)) {
    const Constraint* constraint = not_null_constraint(alter.catalog, column.oid);
    return drop_table_constraint(alter.interpreter, Ref<Constraint>{constraint->oid},
                                 {DropBehavior::restrict, command.recurse, false});
  }
  refuse_nullable_partition(alter, column);
  alter.catalog.edit(Ref<Column>{column.oid}).set<&Column::not_null>(false);
}

void prepare_set_not_null(AlterTable& alter, const Subcommand& command) {
  prepare_not_null(alter, command.relation, command.name(), command.recurse);
}

void alter_set_not_null(AlterTable& alter, const Subcommand& command) {
  run_set_not_null(alter, command.relation, command.name(), command.recurse);
}

void enqueue_set_not_null(AlterTable& alter, Oid relation, Name column, bool recurse) {
  prepare_not_null(alter, relation, column, recurse);
  alter.enqueue(relation, Pass::column_attributes,
                [&alter, relation, column, recurse] { run_set_not_null(alter, relation, column, recurse); });
}

void set_statistics(AlterTable& alter, const Subcommand& command) {
  const int target = statistics_target(alter, command.node.def());
  if (alter.relation(command.relation).kind == Kind::index) return set_index_statistics(alter, command, target);
  if (command.node.name().empty()) throw SqlError("0A000", "cannot refer to non-index column by number");
  const Column& column = require_user_column(alter, command);
  alter.catalog.edit(Ref<Column>{column.oid}).set<&Column::statistics>(target);
}

void set_column_options(AlterTable& alter, const Subcommand& command) { change_options(alter, command, false); }

void reset_column_options(AlterTable& alter, const Subcommand& command) { change_options(alter, command, true); }

void set_column_storage(AlterTable& alter, const Subcommand& command) {
  const std::string_view word = command.node.def().str();
  // Up to 15 the word came first.
  if (alter.interpreter.major() < 16) require_storage_word(alter.interpreter, word);
  const Column& column = require_user_column(alter, command);
  const Storage storage = column_storage(alter.interpreter, column.type.type, word);
  alter.catalog.edit(Ref<Column>{column.oid}).set<&Column::storage>(storage);
}

void set_column_compression(AlterTable& alter, const Subcommand& command) {
  const Column& column = require_user_column(alter, command);
  const std::string compression = column_compression(alter.interpreter, column.type.type, command.node.def().str());
  alter.catalog.edit(Ref<Column>{column.oid}).set<&Column::compression>(compression);
}

void set_foreign_column_options(AlterTable& alter, const Subcommand& command) {
  const Column& column = require_user_column(alter, command);
  Options options = change_foreign_options(column.foreign_options, command.node.def().items());
  alter.catalog.edit(Ref<Column>{column.oid}).set<&Column::foreign_options>(std::move(options));
}

}  // namespace pgplumb::engine::ddl

// ALTER COLUMN … TYPE: ATPrepAlterColumnType and ATExecAlterColumnType of commands/tablecmds.c.
#include <algorithm>

#include "catalog/expr_walk.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/alter_table/alter_table.h"
#include "engine/ddl/alter_table/column_rewrite.h"
#include "engine/ddl/constant_parts.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/not_null.h"
#include "engine/ddl/message.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/relation_parts.h"
#include "engine/ddl/retype.h"
#include "engine/ddl/retype_default.h"
#include "engine/ddl/row_type_users.h"
#include "engine/ddl/sequence.h"
#include "engine/ddl/table_columns.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Table;

/// The type that the command gives, and with it the collation.
struct NewType {
  TypeRef type;
  AnyRef collation;
};

NewType new_type(AlterTable& alter, const Subcommand& command, const Column& column) {
  const ast::ColumnDef definition = command.node.def().as<ast::ColumnDef>();
  const TypeRef type = resolve_type(alter.interpreter, definition.type_name());
  require_type_usage(alter.interpreter, type.type);
  const AnyRef collation = column_collation(alter.interpreter, type.type, definition.coll_clause());
  check_column_type(alter.interpreter, column.name, type, collation, command.relation);
  return {type, collation};
}

void refuse_typed_table(const AlterTable& alter, const Subcommand& command) {
  const auto* table = alter.catalog.find_as<Table>(command.relation);
  if (table && table->of_type && !command.recursing) throw SqlError("42809", "cannot alter column type of typed table");
}

void check_alterable(const AlterTable& alter, const Subcommand& command, const Column& column) {
  refuse_typed_table(alter, command);
  if (column.inherited_from > 0 && !command.recursing)
    throw SqlError("42P16", "cannot alter inherited column " + quoted(column.name));
  if (in_partition_key(alter.catalog, column))
    throw SqlError("42P16", "cannot alter column " + quoted(column.name) +
                                " because it is part of the partition key of relation " +
                                quoted(alter.relation(command.relation).name));
}

bool reads_whole_row(const catalog::expr::NodePtr& tree) {
  return tree && catalog::expr::any_node(tree, [](const catalog::expr::Node& node) {
           const auto* variable = node.as<catalog::expr::Var>();
           return variable && variable->attribute == 0;
         });
}

/// How many of the relations the child inherits from.
int parents_among(const Catalog& catalog, Oid child, const std::vector<Oid>& relations) {
  const std::vector<Oid> parents = parents_of(catalog, child);
  return static_cast<int>(std::count_if(parents.begin(), parents.end(), [&](Oid parent) {
    return std::find(relations.begin(), relations.end(), parent) != relations.end();
  }));
}

/// All below change alike, unless a column comes from elsewhere as well.
void recurse_to_children(AlterTable& alter, const Subcommand& command, const Column& column,
                         const catalog::expr::NodePtr& transform) {
  const std::vector<Oid> relations = all_inheritors(alter.catalog, command.relation);
  if (relations.size() == 1) return;
  if (!command.recurse && command.recursing) return;
  if (!command.recurse)
    throw SqlError("42P16", "type of inherited column " + quoted(column.name) + " must be changed in child tables too");
  Subcommand child = command;
  child.recurse = false;
  child.recursing = true;
  for (std::size_t at = 1; at < relations.size(); ++at) {
    const Oid oid = relations[at];
    const Column* inherited = find_column(alter.catalog, oid, column.name);
    if (!inherited) continue;
    if (inherited->inherited_from > parents_among(alter.catalog, oid, relations))
      throw SqlError("42P16", "cannot alter inherited column " + quoted(column.name) + " of relation " +
                                  quoted(alter.relation(oid).name));
    if (reads_whole_row(transform))
      throw SqlError("0A000", "cannot convert whole-row table reference",
                     "USING expression contains a whole-row table reference.");
    child.relation = oid;
    alter.prepare(child);
  }
}

/// The column's NOT NULL constraint is made anew after that of the table's parent, which gives it its own name: so it may
/// have no other by itself (ATPostAlterTypeCleanup, AdjustNotNullInheritance).
void remake_not_null(AlterTable& alter, Ref<Column> ref) {
  const Column& column = alter.catalog.get(ref);
  const Constraint* own = not_null_constraint(alter.catalog, ref.oid);
  if (!own) return;
  for (Oid parent : parents_of(alter.catalog, column.parent.oid)) {
    const Column* above = find_column(alter.catalog, parent, column.name);
    const Constraint* inherited = above ? not_null_constraint(alter.catalog, above->oid) : nullptr;
    if (!inherited || inherited->no_inherit) continue;
    if (inherited->name == own->name) return;
    if (own->local) refuse_other_name(own->name, *inherited, alter.relation(column.parent.oid), column.name);
    alter.catalog.edit(Ref<Constraint>{own->oid}).set<&Constraint::name>(inherited->name);
    return;
  }
}

}  // namespace

void prepare_column_type(AlterTable& alter, const Subcommand& command) {
  const ast::Node raw = command.node.def().as<ast::ColumnDef>().raw_default();
  // Before anything is known of the column (transformAlterTableStmt of parse_utilcmd.c).
  catalog::expr::NodePtr transform;
  // Of children, the parent's expression has been looked at.
  if (raw && !command.recursing) transform = analyze_column_transform(alter.interpreter, command.relation, raw);
  if (is_system_column(alter.relation(command.relation), command.name().view())) refuse_typed_table(alter, command);
  const Column& column = require_user_column(alter, command);
  if (const Sequence* sequence = identity_sequence(alter.catalog, column.oid))
    retype_sequence(alter.interpreter, Ref<Sequence>{sequence->oid},
                    resolve_type(alter.interpreter, command.node.def().as<ast::ColumnDef>().type_name()).type);
  alter.original_types.try_emplace(column.oid, column.type);
  if (column.generated != Generated::none && transform)
    throw SqlError("42611", "cannot specify USING when altering type of generated column",
                   "Column " + quoted(column.name) + " is a generated column.");
  check_alterable(alter, command, column);
  const Object& relation = alter.relation(command.relation);
  const NewType target = new_type(alter, command, column);
  if (relation.kind == Kind::table && column.generated != Generated::virtual_) {
    alter.note_new_values(command.relation);
    NodePtr made;  // of children whose parent has a USING, it is not looked at again
    if (!raw || transform) made = coerce_column_transform(alter.interpreter, column, transform, target.type);
    if (made) compute_constant_parts(alter.interpreter, made);
    if (!made || requires_rewrite(alter.catalog, made, column.number)) alter.note_rewrite(command.relation);
  } else if (raw) {
    throw SqlError("42809", quoted(relation.name) + " is not a table");
  }
  if (!has_storage(alter.catalog, command.relation)) require_row_type_unused(alter.interpreter, relation);
  recurse_to_children(alter, command, column, transform);
  prepare_typed_tables(alter, command);
}

void alter_column_type(AlterTable& alter, const Subcommand& command) {
  const Column column = require_user_column(alter, command);
  if (column.type != alter.original_types.at(column.oid))
    throw SqlError("0A000", "cannot alter type of column " + quoted(column.name) + " twice");
  const NewType target = new_type(alter, command, column);
  const Ref<Column> ref{column.oid};
  const RetypedDefault kept(alter.interpreter, column, target.type);
  alter.rebuild_of(command.relation).remember(alter.interpreter, column);
  auto& catalog = alter.catalog;
  {
    auto edit = catalog.edit(ref);
    edit.set<&Column::type>(target.type).set<&Column::collation>(target.collation);
    const Storage storage = type_storage(alter.interpreter, target.type.type);
    if (storage != column.storage) edit.set<&Column::storage>(storage);
    if (!column.compression.empty()) edit.set<&Column::compression>(std::string());
  }
  kept.store(alter.interpreter, ref);
  if (has_not_null_constraints(alter.interpreter))
    alter.enqueue(command.relation, Pass::old_constraint, [&alter, ref] { remake_not_null(alter, ref); });
}

}  // namespace pgplumb::engine::ddl

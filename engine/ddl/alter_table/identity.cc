// Identity and generated columns: ATExecAddIdentity, ATExecDropExpression and their kin of commands/tablecmds.c.
#include "engine/ddl/alter_table/alter_table.h"
#include "engine/ddl/create_table.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/sequence.h"
#include "engine/ddl/table_columns.h"
#include "engine/ddl/table_persistence.h"

namespace pgplumb::engine::ddl {

namespace {

/// From 17 on, identity is a property of a partitioned table with all of its partitions.
bool reaches_partitions(const AlterTable& alter, Oid relation) {
  return alter.interpreter.major() >= 17 && is_partitioned(alter.catalog, relation);
}

void require_whole_tree(const AlterTable& alter, const Subcommand& command, const char* what) {
  if (alter.interpreter.major() < 17) return;
  if (is_partition(alter.catalog, command.relation))
    throw SqlError("42P16", std::string("cannot ") + what + " a partition");
  if (is_partitioned(alter.catalog, command.relation) && !command.recurse)
    throw SqlError("42P16", std::string("cannot ") + what + " only the partitioned table", {},
                   "Do not specify the ONLY keyword.");
}

void set_identity_everywhere(AlterTable& alter, Oid relation, Name column, Identity identity) {
  alter.catalog.edit(Ref<Column>{find_column(alter.catalog, relation, column)->oid}).set<&Column::identity>(identity);
  if (!reaches_partitions(alter, relation)) return;
  for (Oid child : inheritance_children(alter.catalog, relation))
    set_identity_everywhere(alter, child, column, identity);
}

/// The sequence is made before the column is looked at more closely (generateSerialExtraStmts of parse_utilcmd.c), so what
/// is wrong with its options comes first.
void make_sequence(AlterTable& alter, const Column& column, ast::List<ast::Node> options) {
  const Object& relation = alter.relation(column.parent.oid);
  ColumnSequence wanted;
  wanted.schema = relation.parent.oid;
  wanted.table = relation.name.view();
  wanted.column = column.name.view();
  wanted.persistence = persistence_of(relation);
  wanted.owner = relation.owner;
  wanted.type = column.type.type;
  wanted.options = options;
  wanted.for_identity = true;
  ColumnSpec spec;
  spec.name = column.name;
  spec.identity = Identity::always;
  spec.sequence = create_column_sequence(alter.interpreter, wanted);
  own_sequences(alter.interpreter, relation.oid, {spec});
}

}  // namespace

void add_identity(AlterTable& alter, const Subcommand& command) {
  const ast::Constraint definition = command.node.def().as<ast::Constraint>();
  if (is_system_column(command.node.name()) && !find_column(alter.catalog, command.relation, command.name()))
    throw SqlError("22023", "identity column type must be smallint, integer, or bigint");
  const Column column = require_user_column(alter, command);
  make_sequence(alter, column, definition.options());
  require_whole_tree(alter, command, "add identity to a column of");
  if (!column.not_null)
    throw SqlError("55000", column_of_relation(alter, column) + " must be declared NOT NULL before identity can be added");
  if (column.identity != Identity::none)
    throw SqlError("55000", column_of_relation(alter, column) + " is already an identity column");
  if (default_of(alter.catalog, column.oid))
    throw SqlError("55000", column_of_relation(alter, column) + " already has a default value");
  set_identity_everywhere(alter, command.relation, column.name,
                          definition.generated_when() == "a" ? Identity::always : Identity::by_default);
}

void set_identity(AlterTable& alter, const Subcommand& command) {
  const Column column = require_user_column(alter, command);
  if (column.identity == Identity::none)
    throw SqlError("55000", column_of_relation(alter, column) + " is not an identity column");
  require_whole_tree(alter, command, "change identity column of");
  std::optional<Identity> identity;
  for (ast::Node node : command.node.def().items()) {
    const ast::DefElem option = node.as<ast::DefElem>();
    if (option.defname() != "generated") continue;
    if (identity) conflicting_option(option);
    // The letter comes as its code.
    identity = def_int32(option) == 'a' ? Identity::always : Identity::by_default;
  }
  // ADD COLUMN in the same statement links its sequence to it at the very end: the options are lost.
  if (const Sequence* sequence = identity_sequence(alter.catalog, column.oid))
    alter_sequence_options(alter.interpreter, Ref<Sequence>{sequence->oid}, command.node.def().items(), true);
  if (identity) set_identity_everywhere(alter, command.relation, column.name, *identity);
}

void drop_identity(AlterTable& alter, const Subcommand& command) {
  require_whole_tree(alter, command, "drop identity from a column of");
  const Column column = require_user_column(alter, command);
  if (column.identity == Identity::none) {
    const std::string message = column_of_relation(alter, column) + " is not an identity column";
    if (!command.node.missing_ok()) throw SqlError("55000", message);
    alter.interpreter.notice(message + ", skipping");
    return;
  }
  set_identity_everywhere(alter, command.relation, column.name, Identity::none);
  const Sequence* sequence = identity_sequence(alter.catalog, column.oid);
  if (!sequence) return;
  const Oid oid = sequence->oid;
  // Unlinked first, since a sequence that its column owns can't be dropped by itself.
  alter.catalog.edit(Ref<Sequence>{oid}).set<&Sequence::ownership>(SequenceOwnership::none).set<&Sequence::owned_by>(Ref<Column>());
  perform_deletion(alter.interpreter, {oid});
}

void set_expression(AlterTable& alter, const Subcommand& command) {
  const Column column = require_user_column(alter, command);
  if (column.generated == Generated::none)
    throw SqlError("55000", column_of_relation(alter, column) + " is not a generated column");
  const Ref<Column> ref{column.oid};
  set_column_default(alter.catalog, ref, {});
  ColumnSpec spec;
  spec.raw_default = command.node.def();
  store_column_default(alter.interpreter, ref, spec);
}

void prepare_drop_expression(AlterTable& alter, const Subcommand& command) {
  // Whatever is wrong with the children is told first.
  if (command.recurse)
    for (Oid oid : all_inheritors(alter.catalog, command.relation)) {
      if (oid == command.relation) continue;
      Subcommand child = command;
      child.relation = oid;
      child.recurse = false;
      child.recursing = true;
      prepare_drop_expression(alter, child);
    }
  // Children are prepared without recursion, too, so that it fails wherever one of them has children.
  if (!command.recurse && !inheritance_children(alter.catalog, command.relation).empty())
    throw SqlError("0A000", "ALTER TABLE / DROP EXPRESSION must be applied to child tables too");
  const Object& relation = alter.relation(command.relation);
  const Column* column = find_column(alter.catalog, command.relation, command.name());
  if (!column && !is_system_column(relation, command.node.name())) require_column(alter.catalog, relation, command.name());
  if (!command.recursing && column && column->inherited_from > 0)
    throw SqlError("42P16", "cannot drop generation expression from inherited column");
}

void drop_expression(AlterTable& alter, const Subcommand& command) {
  const Column& column = require_user_column(alter, command);
  if (column.generated == Generated::virtual_)
    throw SqlError("0A000", "ALTER TABLE / DROP EXPRESSION is not supported for virtual generated columns",
                   "Column \"" + column.name.str() + "\" of relation \"" + alter.relation(command.relation).name.str() +
                       "\" is a virtual generated column.");
  if (column.generated == Generated::none) {
    const std::string message = column_of_relation(alter, column) + (alter.interpreter.major() >= 18
                                                                  ? " is not a generated column"
                                                                  : " is not a stored generated column");
    if (!command.node.missing_ok()) throw SqlError("55000", message);
    alter.interpreter.notice(message + ", skipping");
    return;
  }
  const Ref<Column> ref{column.oid};
  alter.catalog.edit(ref).set<&Column::generated>(Generated::none);
  set_column_default(alter.catalog, ref, {});
}

}  // namespace pgplumb::engine::ddl

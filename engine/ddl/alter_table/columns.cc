// ADD COLUMN and DROP COLUMN: ATExecAddColumn and ATExecDropColumn of commands/tablecmds.c.
#include "catalog/kinds/composite_type.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/alter_table/alter_table.h"
#include "engine/ddl/constant_parts.h"
#include "engine/ddl/create_table.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/domain_constraints.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/message.h"
#include "engine/ddl/not_null.h"
#include "engine/ddl/relation_parts.h"
#include "engine/ddl/row_type_users.h"
#include "engine/ddl/storage.h"
#include "engine/ddl/table_columns.h"
#include "engine/evaluate/evaluate.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Persistence;
using catalog::Table;

constexpr int max_columns = 1600;

bool is_typed(const Catalog& catalog, Oid relation) {
  const auto* table = catalog.find_as<Table>(relation);
  return table && table->of_type;
}

ElementContext context_of(const Catalog& catalog, Oid oid) {
  const Object& relation = *catalog.find(oid);
  ElementContext context;
  context.table = relation.name;
  context.schema = relation.parent.oid;
  context.owner = relation.owner;
  context.relation = oid;
  context.is_foreign = relation.kind == Kind::foreign_table;
  if (const auto* table = catalog.find_as<Table>(oid)) {
    context.persistence = table->persistence;
    context.is_partitioned = is_partitioned(catalog, oid);
    context.is_partition = static_cast<bool>(table->partition_of);
  }
  return context;
}

class ColumnAdder {
 public:
  ColumnAdder(AlterTable& alter, const Subcommand& command)
      : alter_(alter), catalog_(alter.catalog), command_(command) {}

  void run() {
    const ast::ColumnDef definition = command_.node.def().as<ast::ColumnDef>();
    const Oid relation = command_.relation;
    if (is_partition(catalog_, relation)) throw SqlError("42809", "cannot add column to a partition");
    if (!is_free(relation, Name(definition.colname()), command_.node.missing_ok())) return;
    ElementTransformer transformer(alter_.interpreter, context_of(catalog_, relation));
    transformer.add_column(definition);
    TableElements elements = transformer.finish();
    ColumnSpec column = elements.columns.front();
    apply_column_storage(alter_.interpreter, column);
    check_children(column);
    add(relation, column);
    if (has_not_null_constraints(alter_.interpreter))
      for (const NotNullSpec& spec : elements.not_nulls) enqueue_not_null(alter_, relation, spec, command_.recurse);
    alter_.enqueue_last([&interpreter = alter_.interpreter, relation, columns = elements.columns] {
      own_sequences(interpreter, relation, columns);
    });
    // A new column without a default holds nothing that a key would have to be looked up for.
    const bool is_empty = !column.raw_default && !column.cooked_default;
    for (ForeignKeySpec& key : elements.foreign_keys) key.skip_validation |= is_empty;
    enqueue_elements(alter_, relation, std::move(elements), command_.recurse);
  }

 private:
  /// check_for_column_name_collision
  bool is_free(Oid relation, Name name, bool if_not_exists) {
    const Object& table = alter_.relation(relation);
    if (is_system_column(table, name.view()))
      throw SqlError("42701", "column name " + quoted(name) + " conflicts with a system column name");
    if (!find_column(catalog_, relation, name)) return true;
    const std::string message = "column " + quoted(name) + " of relation " + quoted(table.name) + " already exists";
    if (!if_not_exists) throw SqlError("42701", message);
    alter_.interpreter.notice(message + ", skipping");
    return false;
  }

  void check_children(const ColumnSpec& column) const {
    const bool has_children = !inheritance_children(catalog_, command_.relation).empty();
    if (!has_children) return;
    const bool allowed = alter_.interpreter.major() >= 17 && is_partitioned(catalog_, command_.relation);
    if (command_.recurse && column.identity != Identity::none && !allowed)
      throw SqlError("42P16", "cannot recursively add identity column to table that has child tables");
  }

  void add(Oid relation, const ColumnSpec& column) {
    alter_.enter(relation);
    const int number = next_column_number(catalog_, relation);
    if (number > max_columns)
      throw SqlError("54011", "tables can have at most " + std::to_string(max_columns) + " columns");
    const int position = static_cast<int>(catalog_.children_of<Column>(relation).size()) + 1;
    const Ref<Column> added = insert_column(alter_.interpreter, relation, column, number, position);
    store_column_default(alter_.interpreter, added, column);
    fill(catalog_.get(added));
    const std::vector<Oid> children = inheritance_children(catalog_, relation);
    if (!children.empty() && !command_.recurse) throw SqlError("42P16", "column must be added to child tables too");
    for (Oid child : children) add_to_child(child, column);
  }

  /// What rows that exist get: a value by row, for which they are written anew, or a default that is the same for all of
  /// them. That the server computes whether there are rows or not (StoreAttrDefault of catalog/heap.c).
  void fill(const Column& column) const {
    if (!has_storage(catalog_, column.parent.oid) || column.generated == Generated::virtual_) return;
    const auto* stored = default_of(catalog_, column.oid);
    const auto* domain = catalog_.find_as<catalog::Domain>(column.type.type);
    if (!stored && domain && !domain->default_expression.empty()) fold(domain->default_expression);
    if (column.identity != Identity::none || column.generated != Generated::none ||
        has_domain_constraints(catalog_, column.type.type) ||
        (stored && contains_volatile(alter_.interpreter, stored->expression))) {
      if (stored && column.generated == Generated::none) fold(stored->expression);
      return alter_.note_rewrite(column.parent.oid);
    }
    if (stored || (domain && !domain->default_expression.empty())) alter_.note_new_values(column.parent.oid);
    if (stored) compute(stored->expression);
  }

  /// What is the same always is computed when the expression is planned, if not whether a domain takes it.
  void fold(const Expr& expression) const {
    NodePtr value(expression.tree);
    if (const auto* domain = catalog::expr::as<catalog::expr::CoerceToDomain>(value)) value = domain->arg;
    compute_constant_parts(alter_.interpreter, value);
  }

  void compute(const Expr& expression) const {
    try {
      evaluate::evaluate(alter_.interpreter, expression.tree);
    } catch (const NotSimulated&) {
      // A function that isn't known here: it works, or the migration would never have been written.
    }
  }

  void add_to_child(Oid child, const ColumnSpec& column) {
    const Column* known = find_column(catalog_, child, column.name);
    if (!known) {
      ColumnSpec copy = column;
      copy.local = false;
      copy.inherited_from = 1;
      return add(child, copy);
    }
    const Object& table = alter_.relation(child);
    if (known->type != column.type)
      throw SqlError("42804",
                     "child table " + quoted(table.name) + " has different type for column " + quoted(column.name));
    if (known->collation != column.collation)
      throw SqlError(
          "42P21", "child table " + quoted(table.name) + " has different collation for column " + quoted(column.name));
    catalog_.edit(Ref<Column>{known->oid}).set<&Column::inherited_from>(known->inherited_from + 1);
    alter_.interpreter.notice("merging definition of column " + quoted(column.name) + " for child " +
                              quoted(table.name));
  }

  AlterTable& alter_;
  Catalog& catalog_;
  const Subcommand& command_;
};

class ColumnDropper {
 public:
  ColumnDropper(AlterTable& alter, const Subcommand& command)
      : alter_(alter), catalog_(alter.catalog), command_(command), name_(command.name()) {}

  void run() {
    const Column* column = find_column(catalog_, command_.relation, name_);
    const Object& relation = alter_.relation(command_.relation);
    if (!column) {
      if (is_system_column(relation, name_.view()))
        throw SqlError("0A000", "cannot drop system column " + quoted(name_));
      const std::string message =
          "column " + quoted(name_) + " of relation " + quoted(relation.name) + " does not exist";
      if (!command_.node.missing_ok()) throw SqlError("42703", message);
      alter_.interpreter.notice(message + ", skipping");
      return;
    }
    if (column->inherited_from > 0) throw SqlError("42P16", "cannot drop inherited column " + quoted(name_));
    collect(command_.relation, *column);
    Deletion deletion;
    deletion.behavior = behavior_of(command_.node.behavior());
    perform_deletion(alter_.interpreter, dropped_, deletion);
  }

 private:
  /// The column, and those of children that have it from there alone.
  void collect(Oid relation, const Column& column) {
    if (in_partition_key(catalog_, column))
      throw SqlError("42P16", "cannot drop column " + quoted(name_) +
                                  " because it is part of the partition key of relation " +
                                  quoted(alter_.relation(relation).name));
    const std::vector<Oid> children = inheritance_children(catalog_, relation);
    if (!children.empty() && !command_.recurse && is_partitioned(catalog_, relation))
      throw SqlError("42P16", "cannot drop column from only the partitioned table when partitions exist", {},
                     "Do not specify the ONLY keyword.");
    for (Oid child : children) {
      const Column& inherited = *find_column(catalog_, child, name_);
      if (command_.recurse && inherited.inherited_from == 1 && !inherited.local) {
        collect(child, inherited);
        continue;
      }
      auto edit = catalog_.edit(Ref<Column>{inherited.oid});
      edit.set<&Column::inherited_from>(inherited.inherited_from - 1);
      if (!command_.recurse) edit.set<&Column::local>(true);
    }
    dropped_.push_back(column.oid);
  }

  AlterTable& alter_;
  Catalog& catalog_;
  const Subcommand& command_;
  Name name_;
  std::vector<Oid> dropped_;
};

}  // namespace

void add_column(AlterTable& alter, const Subcommand& command) { ColumnAdder(alter, command).run(); }

void prepare_add_column(AlterTable& alter, const Subcommand& command) {
  if (!command.recursing && is_typed(alter.catalog, command.relation))
    throw SqlError("42809", "cannot add column to typed table");
  prepare_typed_tables(alter, command);
}

void prepare_drop_column(AlterTable& alter, const Subcommand& command) {
  if (!command.recursing && is_typed(alter.catalog, command.relation))
    throw SqlError("42809", "cannot drop column from typed table");
  prepare_typed_tables(alter, command);
}

void prepare_typed_tables(AlterTable& alter, const Subcommand& command) {
  const Object& relation = alter.relation(command.relation);
  if (relation.kind != Kind::composite_type) return;
  for (Oid typed : typed_tables_of(alter.catalog, command.relation)) {
    if (command.node.behavior() != ast::DropBehavior::DROP_CASCADE)
      throw SqlError("2BP01",
                     "cannot alter type \"" + relation.name.str() + "\" because it is the type of a typed table", {},
                     "Use ALTER ... CASCADE to alter the typed tables too.");
    Subcommand child = command;
    child.relation = typed;
    child.recurse = true;
    child.recursing = true;
    alter.prepare(child);
  }
}

void drop_column(AlterTable& alter, const Subcommand& command) { ColumnDropper(alter, command).run(); }

}  // namespace pgplumb::engine::ddl

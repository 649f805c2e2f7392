#include "engine/ddl/create_table.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/composite_type.h"
#include "catalog/kinds/foreign_server.h"
#include "catalog/kinds/foreign_table.h"
#include "engine/ddl/check_constraint.h"
#include "engine/ddl/default_privileges.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/foreign_options.h"
#include "engine/ddl/foreign_key.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/not_null.h"
#include "engine/ddl/partition.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/sequence.h"
#include "engine/ddl/table_options.h"
#include "engine/ddl/storage.h"
#include "engine/ddl/table_columns.h"
#include "engine/ddl/toast.h"
#include "engine/ddl/types.h"
#include "parser/node.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Sequence;
using catalog::SequenceOwnership;

class TableBuilder {
 public:
  TableBuilder(Interpreter& interpreter, const TableDefinition& definition, const TableElements& elements)
      : interpreter_(interpreter), catalog_(interpreter.catalog()), definition_(definition), elements_(elements) {}

  Oid build() {
    check();
    if (!definition_.store_foreign) {
      tablespace_ = choose_tablespace();
      check_options();
    }
    MergedElements merged = merge_attributes(
        interpreter_, elements_.columns, definition_.parents,
        {definition_.where.name, definition_.where.persistence, is_partition(), static_cast<bool>(definition_.of_type)});
    for (ColumnSpec& column : merged.columns) apply_column_storage(interpreter_, column);
    check_columns(merged.columns);
    require_free_relation_name(interpreter_, definition_.where.schema, definition_.where.name);
    require_own_schema();
    const bool foreign = static_cast<bool>(definition_.store_foreign);
    relation_ = foreign ? definition_.store_foreign(inherits(), partition_parent()) : store_table();
    grant_defaults(interpreter_, relation_);
    for (Oid parent : definition_.parents) note_child(catalog_, parent);
    int number = 0;
    std::vector<Ref<Column>> columns;
    for (const ColumnSpec& spec : merged.columns) columns.push_back(insert_column(interpreter_, relation_, spec, ++number));
    if (!foreign && !is_partitioned()) create_toast_table(interpreter_, relation_);
    store_defaults(merged, columns, false);
    store_inherited_checks(interpreter_, relation_, merged.checks);
    store_defaults(merged, columns, true);
    if (is_partition()) become_partition();
    if (definition_.partition_by)
      store_partition_key(interpreter_, Ref<Table>{relation_}, definition_.partition_by);
    if (is_partition()) clone_to_partition(interpreter_, definition_.parents.front(), relation_, Partitioning::create);
    add_check_constraints(interpreter_, relation_, elements_.checks, {true, true});
    add_not_null_constraints(interpreter_, relation_, declared_not_nulls(), merged.not_nulls);
    return relation_;
  }

 private:
  /// CheckAttributeNamesTypes
  void check_columns(const std::vector<ColumnSpec>& columns) {
    for (const ColumnSpec& column : columns) check_column_name(column.name);
    for (const ColumnSpec& column : columns)
      check_column_type(interpreter_, column.name, column.type, column.collation, catalog::invalid_oid);
  }

  /// heap_create
  void require_own_schema() const {
    if (definition_.where.schema != catalog::builtin::pg_catalog_namespace ||
        interpreter_.session().flag("allow_system_table_mods"))
      return;
    throw SqlError("42501", "permission denied to create \"pg_catalog." + definition_.where.name.str() + "\"",
                   "System catalog modifications are currently disallowed.");
  }

  bool is_partition() const { return static_cast<bool>(definition_.bound); }
  bool is_partitioned() const { return static_cast<bool>(definition_.partition_by); }

  void check() const {
    const bool temporary = definition_.where.persistence == Persistence::temporary;
    if (definition_.on_commit != ast::OnCommitAction::ONCOMMIT_NOOP && !temporary)
      throw SqlError("42P16", "ON COMMIT can only be used on temporary tables");
    if (is_partitioned() && definition_.where.persistence == Persistence::unlogged && interpreter_.major() >= 18)
      throw SqlError("0A000", "partitioned tables cannot be unlogged");
    for (std::size_t at = 0; at < definition_.parents.size(); ++at)
      for (std::size_t other = 0; other < at; ++other)
        if (definition_.parents[at] == definition_.parents[other])
          throw SqlError("42P07", "relation \"" + catalog_.find(definition_.parents[at])->name.str() +
                                      "\" would be inherited from more than once");
  }

  /// They are looked at before the columns are.
  void check_options() const {
    Table table;
    if (is_partitioned()) table.partition_strategy = partition_strategy(definition_.partition_by);
    apply_table_options(interpreter_, table, definition_.options);
  }

  std::vector<AnyRef> inherits() const {
    std::vector<AnyRef> parents;
    if (is_partition()) return parents;
    for (Oid parent : definition_.parents) parents.push_back(AnyRef{catalog_.find(parent)->kind, parent});
    return parents;
  }

  Ref<Table> partition_parent() const { return is_partition() ? Ref<Table>{definition_.parents.front()} : Ref<Table>(); }

  Oid store_table() {
    Table table;
    table.parent = Ref<catalog::Schema>{definition_.where.schema};
    table.name = definition_.where.name;
    table.owner = interpreter_.session().current_user();
    table.persistence = definition_.where.persistence;
    table.inherits = inherits();
    table.partition_of = partition_parent();
    if (is_partitioned()) table.partition_strategy = partition_strategy(definition_.partition_by);
    if (definition_.of_type) table.of_type = resolve_type(interpreter_, definition_.of_type);
    if (table.of_type.type != catalog::invalid_oid) require_type_usage(interpreter_, table.of_type.type);
    table.tablespace = tablespace_;
    table.access_method = resolve_table_method(interpreter_, definition_.access_method, is_partitioned(),
                                               is_partition() ? definition_.parents.front() : invalid_oid);
    apply_table_options(interpreter_, table, definition_.options);
    return catalog_.insert(std::move(table)).oid;
  }

  Name choose_tablespace() const {
    // A partition goes where its parent says that partitions go.
    if (is_partition() && definition_.tablespace.empty()) {
      const auto* parent = catalog_.find_as<Table>(definition_.parents.front());  // what it has to be is looked at later
      if (parent && !parent->tablespace.empty()) return parent->tablespace;
    }
    return resolve_tablespace(interpreter_, definition_.tablespace, true, is_partitioned(),
                              definition_.where.persistence == Persistence::temporary);
  }

  /// Analysed defaults, those of parents, are there before what the statement itself says is looked at.
  void store_defaults(const MergedElements& merged, const std::vector<Ref<Column>>& columns, bool raw) {
    for (std::size_t at = 0; at < columns.size(); ++at)
      if (static_cast<bool>(merged.columns[at].raw_default) == raw)
        store_column_default(interpreter_, columns[at], merged.columns[at]);
  }

  void become_partition() {
    const Ref<Table> parent{definition_.parents.front()};
    if (!ddl::is_partitioned(catalog_, parent.oid))
      throw SqlError("42P17", "\"" + catalog_.find(parent.oid)->name.str() + "\" is not partitioned");
    Expr bound = transform_partition_bound(interpreter_, parent, definition_.bound);
    check_new_partition_bound(interpreter_, parent, bound, definition_.where.name);
    set_partition_bound(catalog_, relation_, std::move(bound));
  }

  /// Columns of a primary key are NOT NULL though nobody wrote it.
  std::vector<NotNullSpec> declared_not_nulls() const {
    std::vector<NotNullSpec> declared;
    const auto is_declared = [&](Name column) {
      for (const NotNullSpec& spec : declared)
        if (spec.column == column) return true;
      return false;
    };
    for (const NotNullSpec& spec : elements_.not_nulls) declared.push_back(spec);
    for (const IndexSpec& index : elements_.indexes) {
      if (!index.primary) continue;
      for (const IndexElementSpec& element : index.elements)
        if (!is_declared(element.column)) declared.push_back({{}, element.column, false, true, -1});
    }
    return declared;
  }

  Interpreter& interpreter_;
  Catalog& catalog_;
  const TableDefinition& definition_;
  const TableElements& elements_;
  Name tablespace_;
  Oid relation_ = invalid_oid;
};

ElementContext context_of(const Interpreter& interpreter, const TableDefinition& definition) {
  ElementContext context;
  context.table = definition.where.name;
  context.schema = definition.where.schema;
  context.persistence = definition.where.persistence;
  context.owner = interpreter.session().current_user();
  context.is_foreign = static_cast<bool>(definition.store_foreign);
  context.is_partitioned = static_cast<bool>(definition.partition_by);
  context.is_partition = static_cast<bool>(definition.bound);
  context.is_typed = static_cast<bool>(definition.of_type);
  return context;
}

void refuse_partitioned_child(ast::CreateStmt statement) {
  if (statement.partspec() && !statement.inh_relations().empty() && !statement.partbound())
    throw SqlError("42P17", "cannot create partitioned table as inheritance child");
}

std::vector<Oid> resolve_parents(const Interpreter& interpreter, ast::CreateStmt statement) {
  std::vector<Oid> parents;
  for (ast::Node node : statement.inh_relations())
    parents.push_back(require_relation(interpreter, node.as<ast::RangeVar>()).oid);
  return parents;
}

}  // namespace

Oid define_relation(Interpreter& interpreter, const TableDefinition& definition, const TableElements& elements) {
  return TableBuilder(interpreter, definition, elements).build();
}

void own_sequences(Interpreter& interpreter, Oid relation, const std::vector<ColumnSpec>& columns) {
  Catalog& catalog = interpreter.catalog();
  for (const ColumnSpec& spec : columns) {
    if (!spec.sequence) continue;
    require_same_home(catalog.get(spec.sequence), *catalog.find(relation));
    const Column& column = require_column(catalog, *catalog.find(relation), spec.name);
    const bool identity = spec.identity != Identity::none;
    catalog.edit(spec.sequence)
        .set<&Sequence::ownership>(identity ? SequenceOwnership::identity : SequenceOwnership::owned)
        .set<&Sequence::owned_by>(Ref<Column>{column.oid});
  }
}

Oid create_relation(Interpreter& interpreter, TableDefinition definition, ast::CreateStmt statement) {
  ElementContext context = context_of(interpreter, definition);
  context.parents = [&interpreter, statement] { return resolve_parents(interpreter, statement); };
  ElementTransformer transformer(interpreter, std::move(context));
  if (definition.of_type) transformer.add_columns_of_type(definition.of_type);
  for (ast::Node element : statement.table_elts()) transformer.add(element);
  for (ast::Node constraint : statement.constraints()) transformer.add(constraint);
  TableElements elements = transformer.finish();
  definition.parents = resolve_parents(interpreter, statement);
  if (!definition.store_foreign)
    for (CheckSpec& check : elements.checks) check.validated = true;  // no row can violate it
  const Oid relation = define_relation(interpreter, definition, elements);
  for (const IndexSpec& index : elements.indexes) define_index(interpreter, relation, index);
  for (const LikeSpec& like : elements.likes) expand_like(interpreter, relation, like);
  for (ForeignKeySpec& key : elements.foreign_keys) {
    key.validated = true;
    add_foreign_key(interpreter, relation, key, true);
  }
  own_sequences(interpreter, relation, elements.columns);
  if (definition.on_commit == ast::OnCommitAction::ONCOMMIT_DROP)
    interpreter.transaction().dropped_on_commit().push_back(relation);
  return relation;
}

namespace {

/// What both kinds of tables say; nothing where the name is taken and IF NOT EXISTS was written.
std::optional<TableDefinition> read_definition(Interpreter& interpreter, ast::CreateStmt statement) {
  TableDefinition definition;
  definition.where = relation_creation(interpreter, statement.relation());
  if (statement.if_not_exists() &&
      find_relation_in_schema(interpreter, definition.where.schema, definition.where.name) != invalid_oid) {
    interpreter.notice("relation \"" + definition.where.name.str() + "\" already exists, skipping");
    return std::nullopt;
  }
  refuse_partitioned_child(statement);
  definition.bound = statement.partbound();
  definition.partition_by = statement.partspec();
  if (definition.partition_by) partition_strategy(definition.partition_by);
  definition.of_type = statement.of_typename();
  definition.options = statement.options();
  definition.on_commit = statement.oncommit();
  definition.tablespace = Name(statement.tablespacename());
  definition.access_method = statement.access_method();
  return definition;
}

/// A foreign table before its server was looked up.
Oid store_foreign_table(Catalog& catalog, const RelationCreation& where, Name owner, std::vector<AnyRef> inherits,
                        Ref<Table> partition_of) {
  catalog::ForeignTable table;
  table.parent = Ref<catalog::Schema>{where.schema};
  table.name = where.name;
  table.owner = owner;
  table.inherits = std::move(inherits);
  table.partition_of = partition_of;
  return catalog.insert(std::move(table)).oid;
}

/// CreateForeignTable of commands/foreigncmds.c
void attach_to_server(Interpreter& interpreter, Oid relation, ast::CreateForeignTableStmt statement) {
  const Ref<catalog::ForeignServer> server = foreign_server_to_use(interpreter, statement.servername());
  const catalog::Options options = change_foreign_options({}, statement.options());
  validate_foreign_options(interpreter, server, options, ForeignOptionContext::table);
  interpreter.catalog()
      .edit(Ref<catalog::ForeignTable>{relation})
      .set<&catalog::ForeignTable::server>(server)
      .set<&catalog::ForeignTable::options>(options);
}

}  // namespace

void create_table(Interpreter& interpreter, ast::CreateStmt statement) {
  if (const auto definition = read_definition(interpreter, statement))
    create_relation(interpreter, *definition, statement);
}

void create_foreign_table(Interpreter& interpreter, ast::CreateForeignTableStmt statement) {
  auto definition = read_definition(interpreter, statement.base_stmt());
  if (!definition) return;
  const Name owner = interpreter.session().current_user();
  const RelationCreation where = definition->where;
  definition->store_foreign = [&interpreter, where, owner](std::vector<AnyRef> inherits, Ref<Table> partition_of) {
    return store_foreign_table(interpreter.catalog(), where, owner, std::move(inherits), partition_of);
  };
  attach_to_server(interpreter, create_relation(interpreter, *definition, statement.base_stmt()), statement);
}

}  // namespace pgplumb::engine::ddl

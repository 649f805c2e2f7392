#include "engine/ddl/alter_table/alter_table.h"

#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/inheritance.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/row_type_users.h"
#include "engine/ddl/toast.h"

namespace pgplumb::engine::ddl {

namespace {

using ast::ObjectType;

unsigned target_of(const Catalog& catalog, const Object& relation) {
  switch (relation.kind) {
    case Kind::table:
      return on_table;
    case Kind::view:
      return on_view;
    case Kind::materialized_view:
      return on_materialized_view;
    case Kind::composite_type:
      return on_composite;
    case Kind::foreign_table:
      return on_foreign_table;
    case Kind::sequence:
      return on_sequence;
    case Kind::index:
      return is_partitioned(catalog, relation.parent.oid) ? on_partitioned_index : on_index;
    default:
      return 0;
  }
}

/// ATSimplePermissions
void require_target(const Interpreter& interpreter, const SubcommandInfo& info, const Object& relation) {
  if (info.targets & target_of(interpreter.catalog(), relation)) return;
  if (interpreter.major() >= 15)
    throw SqlError("42809",
                   std::string("ALTER action ") + info.text + " cannot be performed on relation \"" +
                       relation.name.str() + "\"",
                   not_supported_for(relation));
  throw SqlError("42809", "\"" + relation.name.str() + "\" is of the wrong type");
}

struct ExpectedKind {
  ObjectType type;
  Kind kind;
  const char* text;
};
constexpr ExpectedKind expected_kinds[] = {
    {ObjectType::OBJECT_VIEW, Kind::view, "a view"},
    {ObjectType::OBJECT_MATVIEW, Kind::materialized_view, "a materialized view"},
    {ObjectType::OBJECT_FOREIGN_TABLE, Kind::foreign_table, "a foreign table"},
    {ObjectType::OBJECT_TYPE, Kind::composite_type, "a composite type"},
    {ObjectType::OBJECT_INDEX, Kind::index, "an index"},
    {ObjectType::OBJECT_SEQUENCE, Kind::sequence, "a sequence"},
};

/// RangeVarCallbackForAlterRelation: the word after ALTER must fit, but ALTER TABLE takes almost anything.
void require_kind(const Object& relation, ObjectType type) {
  for (const ExpectedKind& expected : expected_kinds)
    if (expected.type == type && expected.kind != relation.kind)
      throw SqlError("42809", "\"" + relation.name.str() + "\" is not " + expected.text);
  if (type != ObjectType::OBJECT_TYPE && relation.kind == Kind::composite_type)
    throw SqlError("42809", "\"" + relation.name.str() + "\" is a composite type", {}, "Use ALTER TYPE instead.");
}

}  // namespace

AlterTable::Table& AlterTable::table(Oid relation) {
  for (const auto& known : tables_)
    if (known->relation == relation) return *known;
  tables_.push_back(std::make_unique<Table>());
  tables_.back()->relation = relation;
  return *tables_.back();
}

void AlterTable::enqueue(Oid relation, Pass pass, std::function<void()> step) {
  table(relation).steps[static_cast<std::size_t>(pass)].push_back(std::move(step));
}

void AlterTable::prepare(const Subcommand& command) {
  const SubcommandInfo* info = find_subcommand(command.node.subtype());
  if (!info) throw NotSimulated("ALTER TABLE " + std::string(ast::to_string(command.node.subtype())));
  require_target(interpreter, *info, relation(command.relation));
  table(command.relation);
  if (info->prepare) info->prepare(*this, command);
  if (info->reach == Reach::simple && command.recurse && !command.recursing) {
    Subcommand child = command;
    child.recursing = true;
    child.recurse = false;
    for (Oid oid : all_inheritors(catalog, command.relation)) {
      if (oid == command.relation) continue;
      child.relation = oid;
      prepare(child);
    }
  }
  Pass pass = info->pass;
  if (info->type == ast::AlterTableType::AT_ColumnDefault && !command.node.def()) pass = Pass::drop;
  enqueue(command.relation, pass, [this, info, command] { info->run(*this, command); });
}

void AlterTable::run() {
  for (const Pass pass : pass_order(interpreter.major())) {
    for (std::size_t at = 0; at < tables_.size(); ++at) {
      auto& steps = tables_[at]->steps[static_cast<std::size_t>(pass)];
      for (std::size_t step = 0; step < steps.size(); ++step) {
        const std::function<void()> run_step = steps[step];  // it may add to the list that it is in
        run_step();
      }
      if (pass == Pass::alter_type) tables_[at]->rebuild.analyze(interpreter);
      if (pass == Pass::old_index) tables_[at]->rebuild.make_indexes(interpreter);
      if (pass == Pass::old_constraint) tables_[at]->rebuild.make_constraints(interpreter);
    }
  }
  rewrite_tables();
  for (const auto& step : last_) step();
}

/// ATRewriteTables, of which the catalog sees this: rows in other tables' columns can't be given new values along with the
/// table's own, and TOAST tables come and go.
void AlterTable::rewrite_tables() {
  for (const auto& table : tables_)
    if (has_storage(catalog, table->relation)) create_toast_table(interpreter, table->relation);
  for (const auto& table : tables_) {
    if (!has_storage(catalog, table->relation)) continue;
    if (table->has_new_values) require_row_type_unused(interpreter, relation(table->relation));
    if (table->is_rewritten) rewrite_toast_table(interpreter, table->relation);
  }
}

bool has_storage(const Catalog& catalog, Oid relation) {
  const Kind kind = catalog.find(relation)->kind;
  return kind == Kind::materialized_view || (kind == Kind::table && !is_partitioned(catalog, relation));
}

const Column& require_user_column(const AlterTable& alter, Oid oid, Name name) {
  const Object& relation = alter.relation(oid);
  if (is_system_column(relation, name.view()) && !find_column(alter.catalog, oid, name))
    throw SqlError("0A000", "cannot alter system column \"" + name.str() + "\"");
  return require_column(alter.catalog, relation, name);
}

namespace {

void forbid_concurrent_detach(Interpreter& interpreter, ast::AlterTableStmt statement) {
  for (ast::Node node : statement.cmds()) {
    const ast::AlterTableCmd command = node.as<ast::AlterTableCmd>();
    if (command.subtype() == ast::AlterTableType::AT_DetachPartition && command.def().as<ast::PartitionCmd>().concurrent())
      interpreter.forbid_block("ALTER TABLE ... DETACH CONCURRENTLY");
  }
}

}  // namespace

void alter_table(Interpreter& interpreter, ast::AlterTableStmt statement) {
  forbid_concurrent_detach(interpreter, statement);
  const Oid oid = find_relation(interpreter, statement.relation());
  if (oid == invalid_oid && statement.missing_ok()) {
    interpreter.notice("relation \"" + std::string(statement.relation().relname()) + "\" does not exist, skipping");
    return;
  }
  const Object& relation = require_relation(interpreter, statement.relation());
  require_owner(interpreter, relation);
  require_kind(relation, statement.objtype());
  AlterTable alter(interpreter);
  for (ast::Node node : statement.cmds())
    alter.prepare({node.as<ast::AlterTableCmd>(), relation.oid, statement.relation().inh(), false});
  alter.run();
}

}  // namespace pgplumb::engine::ddl

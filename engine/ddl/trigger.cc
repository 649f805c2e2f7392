// CREATE TRIGGER: commands/trigger.c. Clones of row triggers on partitions are not objects of their own.
#include "catalog/kinds/trigger.h"

#include <algorithm>

#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/table.h"
#include "catalog/type_oids.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/object_expressions.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/resolve.h"
#include "engine/ddl/trigger_clones.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

// pg_trigger.tgtype, as the grammar gives it in timing and events.
constexpr int before_bit = 2, insert_bit = 4, delete_bit = 8, update_bit = 16, truncate_bit = 32, instead_bit = 64;

[[noreturn]] void refuse_trigger(std::string message, std::string detail = {}) {
  throw SqlError("0A000", std::move(message), std::move(detail));
}
[[noreturn]] void invalid_object(std::string message) { throw SqlError("42P17", std::move(message)); }

TriggerTiming timing_of(ast::CreateTrigStmt statement) {
  if (statement.timing() & instead_bit) return TriggerTiming::instead_of;
  return statement.timing() & before_bit ? TriggerTiming::before : TriggerTiming::after;
}

bool has_event(ast::CreateTrigStmt statement, int bit) { return (statement.events() & bit) != 0; }

[[noreturn]] void wrong_relation(const Object& relation, const char* what, const char* detail) {
  throw SqlError("42809", "\"" + relation.name.str() + "\" is " + what, detail);
}

void check_triggered_table(const Table& table, ast::CreateTrigStmt statement) {
  const bool partitioned = table.partition_strategy != PartitionStrategy::none;
  const char* what = partitioned ? "a partitioned table" : "a table";
  if (timing_of(statement) == TriggerTiming::instead_of)
    wrong_relation(table, "a table", "Tables cannot have INSTEAD OF triggers.");
  if (partitioned && statement.row() && !statement.transition_rels().empty())
    refuse_trigger("\"" + table.name.str() + "\" is " + what,
                "ROW triggers with transition tables are not supported on partitioned tables.");
}

void check_view(const Object& view, ast::CreateTrigStmt statement) {
  if (timing_of(statement) != TriggerTiming::instead_of && statement.row())
    wrong_relation(view, "a view", "Views cannot have row-level BEFORE or AFTER triggers.");
  if (has_event(statement, truncate_bit)) wrong_relation(view, "a view", "Views cannot have TRUNCATE triggers.");
}

void check_foreign_table(const Object& table, ast::CreateTrigStmt statement) {
  if (timing_of(statement) == TriggerTiming::instead_of)
    wrong_relation(table, "a foreign table", "Foreign tables cannot have INSTEAD OF triggers.");
  if (statement.isconstraint())
    wrong_relation(table, "a foreign table", "Foreign tables cannot have constraint triggers.");
}

void check_triggered_relation(const Object& relation, ast::CreateTrigStmt statement) {
  switch (relation.kind) {
    case Kind::table:
      return check_triggered_table(static_cast<const Table&>(relation), statement);
    case Kind::view:
      return check_view(relation, statement);
    case Kind::foreign_table:
      return check_foreign_table(relation, statement);
    default:
      break;
  }
  std::string plural = relation.kind == Kind::index ? "indexes" : std::string(relation_word(relation)) + "s";
  throw SqlError("42809", "relation \"" + relation.name.str() + "\" cannot have triggers",
                 "This operation is not supported for " + plural + ".");
}

void check_shape(ast::CreateTrigStmt statement) {
  if (statement.row() && has_event(statement, truncate_bit))
    refuse_trigger("TRUNCATE FOR EACH ROW triggers are not supported");
  if (timing_of(statement) != TriggerTiming::instead_of) return;
  if (!statement.row()) refuse_trigger("INSTEAD OF triggers must be FOR EACH ROW");
  if (statement.when_clause()) refuse_trigger("INSTEAD OF triggers cannot have WHEN conditions");
  if (!statement.columns().empty()) refuse_trigger("INSTEAD OF triggers cannot have column lists");
}

// --- Transition tables -----------------------------------------------------------------------------------------------

void check_transitions(const Object& relation, ast::CreateTrigStmt statement) {
  if (relation.kind == Kind::foreign_table)
    wrong_relation(relation, "a foreign table", "Triggers on foreign tables cannot have transition tables.");
  if (relation.kind == Kind::view)
    wrong_relation(relation, "a view", "Triggers on views cannot have transition tables.");
  const auto& table = static_cast<const Table&>(relation);
  if (statement.row() && table.partition_of)
    refuse_trigger("ROW triggers with transition tables are not supported on partitions");
  if (statement.row() && !table.inherits.empty())
    refuse_trigger("ROW triggers with transition tables are not supported on inheritance children");
  if (timing_of(statement) != TriggerTiming::after)
    invalid_object("transition table name can only be specified for an AFTER trigger");
  if (has_event(statement, truncate_bit)) refuse_trigger("TRUNCATE triggers with transition tables are not supported");
  const int events = statement.events() & (insert_bit | update_bit | delete_bit);
  if (events & (events - 1)) refuse_trigger("transition tables cannot be specified for triggers with more than one event");
  if (!statement.columns().empty()) refuse_trigger("transition tables cannot be specified for triggers with column lists");
}

void read_transition(ast::CreateTrigStmt statement, ast::TriggerTransition transition, Trigger& trigger) {
  const bool is_new = transition.is_new();
  const std::string word = is_new ? "NEW" : "OLD";
  if (is_new ? !has_event(statement, insert_bit | update_bit) : !has_event(statement, delete_bit | update_bit))
    invalid_object(word + " TABLE can only be specified for " + (is_new ? "an INSERT or UPDATE" : "a DELETE or UPDATE") +
            " trigger");
  Name& slot = is_new ? trigger.new_table : trigger.old_table;
  if (!slot.empty()) invalid_object(word + " TABLE cannot be specified multiple times");
  slot = Name(transition.name());
}

void read_transitions(const Object& relation, ast::CreateTrigStmt statement, Trigger& trigger) {
  for (ast::Node node : statement.transition_rels()) {
    const auto transition = node.as<ast::TriggerTransition>();
    if (!transition.is_table())
      throw SqlError("0A000", "ROW variable naming in the REFERENCING clause is not supported", {},
                     "Use OLD TABLE or NEW TABLE for naming transition tables.");
    check_transitions(relation, statement);
    read_transition(statement, transition, trigger);
  }
  if (!trigger.old_table.empty() && trigger.old_table == trigger.new_table)
    invalid_object("OLD TABLE name and NEW TABLE name cannot be the same");
}

// --- The rest --------------------------------------------------------------------------------------------------------

Oid trigger_function(const Interpreter& interpreter, ast::List<ast::Node> name) {
  const Oid function = lookup_function(interpreter, name, {});
  require_execute(interpreter, function, name_list_text(name));
  if (cache_of(interpreter).proc(function)->result != types::trigger)
    invalid_object("function " + name_list_text(name) + " must return type trigger");
  return function;
}

std::vector<Ref<Column>> update_columns(const Interpreter& interpreter, const Object& relation,
                                        ast::List<ast::Node> names) {
  std::vector<Ref<Column>> columns;
  for (ast::Node name : names) {
    const Ref<Column> column{require_column(interpreter.catalog(), relation, Name(name.str())).oid};
    if (std::find(columns.begin(), columns.end(), column) != columns.end())
      throw SqlError("42701", "column \"" + std::string(name.str()) + "\" specified more than once");
    columns.push_back(column);
  }
  return columns;
}

Expr when_condition(Interpreter& interpreter, const Object& relation, ast::CreateTrigStmt statement) {
  if (!statement.when_clause()) return {};
  TriggerShape shape;
  shape.is_row = statement.row();
  shape.on_insert = has_event(statement, insert_bit);
  shape.on_update = has_event(statement, update_bit);
  shape.on_delete = has_event(statement, delete_bit);
  shape.is_before = timing_of(statement) == TriggerTiming::before;
  return analyze_trigger_when(interpreter, relation, statement.when_clause(), shape);
}

void read_events(ast::CreateTrigStmt statement, Trigger& trigger) {
  trigger.timing = timing_of(statement);
  trigger.for_each_row = statement.row();
  trigger.on_insert = has_event(statement, insert_bit);
  trigger.on_update = has_event(statement, update_bit);
  trigger.on_delete = has_event(statement, delete_bit);
  trigger.on_truncate = has_event(statement, truncate_bit);
}

/// The trigger of that name, which may be replaced.
const Trigger* replaced_trigger(const Interpreter& interpreter, const Object& relation, ast::CreateTrigStmt statement) {
  const Name name(statement.trigname());
  const auto* old = interpreter.catalog().find_named<Trigger>(relation.oid, name);
  if (!old) return nullptr;
  const std::string text = "trigger \"" + name.str() + "\" for relation \"" + relation.name.str() + "\" ";
  if (!statement.replace()) throw SqlError("42710", text + "already exists");
  if (old->partition_of) throw SqlError("42710", text + "is an internal or a child trigger");
  if (old->is_constraint) throw SqlError("42710", text + "is a constraint trigger");
  return old;
}

Ref<Trigger> store_trigger(Interpreter& interpreter, Trigger trigger, const Trigger* old) {
  if (!old) return interpreter.catalog().insert(std::move(trigger));
  auto changed = std::make_shared<Trigger>(std::move(trigger));
  changed->kind = Kind::trigger;
  changed->oid = old->oid;
  changed->comment = old->comment;
  changed->created = old->created;
  changed->touches = old->touches;
  for (const FieldInfo& field : trigger_fields)
    if (field.role.role == Role::attribute) stamp(*changed, field.tag, interpreter.catalog().statement());
  const Ref<Trigger> stored{old->oid};
  interpreter.catalog().store(std::move(changed));
  return stored;
}

}  // namespace

void create_trigger(Interpreter& interpreter, ast::CreateTrigStmt statement) {
  const Object& relation = require_relation(interpreter, statement.relation());
  check_triggered_relation(relation, statement);
  Trigger trigger;
  trigger.parent = {relation.kind, relation.oid};
  trigger.name = Name(statement.trigname());
  if (statement.constrrel()) {
    const Object& referenced = require_relation(interpreter, statement.constrrel());
    trigger.constraint_relation = {referenced.kind, referenced.oid};
  }
  require_privilege(interpreter, relation, trigger_privilege);
  check_shape(statement);
  read_events(statement, trigger);
  read_transitions(relation, statement, trigger);
  trigger.when = when_condition(interpreter, relation, statement);
  trigger.function = {Kind::function, trigger_function(interpreter, statement.funcname())};
  const Trigger* old = replaced_trigger(interpreter, relation, statement);
  for (ast::Node argument : statement.args()) trigger.arguments.emplace_back(argument.str());
  trigger.update_columns = update_columns(interpreter, relation, statement.columns());
  trigger.is_constraint = statement.isconstraint();
  trigger.deferrable = statement.deferrable();
  trigger.initially_deferred = statement.initdeferred();
  const bool for_each_row = trigger.for_each_row;
  const auto* table = dynamic_cast<const Table*>(&relation);
  const bool partitioned = table && table->partition_strategy != PartitionStrategy::none;
  const Ref<Trigger> stored = store_trigger(interpreter, std::move(trigger), old);
  if (partitioned && for_each_row) clone_trigger_to_partitions(interpreter, stored, statement.replace());
}

}  // namespace pgplumb::engine::ddl

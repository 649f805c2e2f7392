#include "engine/ddl/event_trigger_effects.h"

#include <algorithm>

#include "catalog/kinds/event_trigger.h"
#include "engine/ddl/routine_effects.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
namespace ast = parser::ast;
using ast::NodeTag;

namespace {

// Statements about event triggers themselves, and about objects of the cluster, fire none (cmdtaglist.h).
constexpr NodeTag silent[] = {
    NodeTag::CreateEventTrigStmt,  NodeTag::AlterEventTrigStmt,  NodeTag::CreateRoleStmt,     NodeTag::AlterRoleStmt,
    NodeTag::DropRoleStmt,         NodeTag::GrantRoleStmt,       NodeTag::AlterRoleSetStmt,   NodeTag::AlterDatabaseSetStmt,
    NodeTag::AlterDatabaseStmt,    NodeTag::CreatedbStmt,        NodeTag::DropdbStmt,         NodeTag::CreateTableSpaceStmt,
    NodeTag::DropTableSpaceStmt,   NodeTag::VariableSetStmt,     NodeTag::DiscardStmt,        NodeTag::ReassignOwnedStmt,
    NodeTag::AlterTableSpaceOptionsStmt, NodeTag::AlterDatabaseRefreshCollStmt};

struct Command {
  NodeTag node;
  std::string_view tag;
};

/// Statements with one command tag each.
constexpr Command commands[] = {{NodeTag::CreateStmt, "CREATE TABLE"},       {NodeTag::IndexStmt, "CREATE INDEX"},
                                {NodeTag::ViewStmt, "CREATE VIEW"},          {NodeTag::CreateSeqStmt, "CREATE SEQUENCE"},
                                {NodeTag::CreateTrigStmt, "CREATE TRIGGER"}, {NodeTag::CreateSchemaStmt, "CREATE SCHEMA"},
                                {NodeTag::CommentStmt, "COMMENT"},           {NodeTag::CreateExtensionStmt, "CREATE EXTENSION"}};

/// What the statement's command tags start with; empty where it may be anything.
std::string_view start_of_tag(NodeTag node) {
  for (const Command& command : commands)
    if (command.node == node) return command.tag;
  const std::string_view name = ast::to_string(node);
  if (name.rfind("Create", 0) == 0 || node == NodeTag::DefineStmt || node == NodeTag::RuleStmt) return "CREATE";
  if (name.rfind("Alter", 0) == 0 || node == NodeTag::RenameStmt) return "ALTER";
  return name.rfind("Drop", 0) == 0 ? "DROP" : "";
}

bool may_fire(const EventTrigger& trigger, NodeTag node) {
  if (trigger.enabled == Enabled::disabled || trigger.enabled == Enabled::replica || trigger.event == "login") return false;
  const std::string_view start = start_of_tag(node);
  if (trigger.event == "sql_drop" && start.rfind("CREATE", 0) == 0) return false;
  if (trigger.event == "table_rewrite" && !start.empty() && start != "ALTER") return false;
  return trigger.tags.empty() || start.empty() ||
         std::any_of(trigger.tags.begin(), trigger.tags.end(), [&](const std::string& tag) { return tag.rfind(start, 0) == 0; });
}

}  // namespace

bool has_event_triggers(const Interpreter& interpreter) {
  return !interpreter.catalog().of_kind(Kind::event_trigger).empty();
}

std::optional<std::string> effect_of_event_triggers(const Interpreter& interpreter, ast::Node statement) {
  const NodeTag node = statement.tag();
  if (std::find(std::begin(silent), std::end(silent), node) != std::end(silent)) return std::nullopt;
  std::optional<std::string> found;
  interpreter.catalog().for_each<EventTrigger>([&](const EventTrigger& trigger) {
    if (found || !may_fire(trigger, node)) return;
    if (const auto reason = effect_of_routine(interpreter, trigger.function.oid))
      found = "fires event trigger " + trigger.name.str() + ", which " + *reason;
  });
  return found;
}

}  // namespace pgplumb::engine::ddl

// CREATE RULE: rewrite/rewriteDefine.c.
#include "catalog/kinds/rule.h"

#include "catalog/kinds/table.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/object_expressions.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

RuleEvent event_of(ast::CmdType command) {
  switch (command) {
    case ast::CmdType::CMD_SELECT:
      return RuleEvent::select;
    case ast::CmdType::CMD_UPDATE:
      return RuleEvent::update;
    case ast::CmdType::CMD_DELETE:
      return RuleEvent::delete_;
    default:
      return RuleEvent::insert;
  }
}

const Object& rule_relation(const Interpreter& interpreter, ast::RangeVar name) {
  const Object& relation = require_relation(interpreter, name);
  if (relation.kind == Kind::table || relation.kind == Kind::view || relation.kind == Kind::materialized_view)
    return relation;
  const std::string plural = relation.kind == Kind::index ? "indexes" : std::string(relation_word(relation)) + "s";
  throw SqlError("42809", "relation \"" + relation.name.str() + "\" cannot have rules",
                 "This operation is not supported for " + plural + ".");
}

/// A rule ON SELECT is what makes a view a view.
void check_select_rule(const Interpreter& interpreter, const Object& relation, ast::RuleStmt statement) {
  if (interpreter.major() >= 16 && relation.kind == Kind::table)
    throw SqlError("42809", "relation \"" + relation.name.str() + "\" cannot have ON SELECT rules",
                   "This operation is not supported for tables.");
  if (statement.actions().empty())
    throw SqlError("0A000", "INSTEAD NOTHING rules on SELECT are not implemented", {}, "Use views instead.");
  if (statement.actions().size() > 1)
    throw SqlError("0A000", "multiple actions for rules on SELECT are not implemented");
  if (!statement.instead() || !statement.actions()[0].is<ast::SelectStmt>())
    throw SqlError("0A000", "rules on SELECT must have action INSTEAD SELECT");
  if (relation.kind == Kind::view) throw SqlError("55000", "\"" + relation.name.str() + "\" is already a view");
  throw NotSimulated("a table that becomes a view by a rule");
}

}  // namespace

void create_rule(Interpreter& interpreter, ast::RuleStmt statement) {
  const Object& relation = rule_relation(interpreter, statement.relation());
  require_owner(interpreter, relation);
  Rule rule;
  rule.parent = {relation.kind, relation.oid};
  rule.name = Name(statement.rulename());
  rule.event = event_of(statement.event());
  rule.instead = statement.instead();
  rule.definition = analyze_rule(interpreter, relation, statement);
  if (rule.event == RuleEvent::select) check_select_rule(interpreter, relation, statement);
  const auto* known = interpreter.catalog().find_named<Rule>(relation.oid, rule.name);
  if (!known) {
    interpreter.catalog().insert(std::move(rule));
    return;
  }
  if (!statement.replace())
    throw SqlError("42710",
                   "rule \"" + rule.name.str() + "\" for relation \"" + relation.name.str() + "\" already exists");
  interpreter.catalog()
      .edit(Ref<Rule>{known->oid})
      .set<&Rule::event>(rule.event)
      .set<&Rule::instead>(rule.instead)
      .set<&Rule::definition>(std::move(rule.definition));
}

}  // namespace pgplumb::engine::ddl

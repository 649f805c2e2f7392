// CREATE RULE: rewrite/rewriteDefine.c.
#include "catalog/kinds/rule.h"

#include "catalog/kinds/policy.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/trigger.h"
#include "catalog/kinds/view.h"
#include "catalog/query_nodes.h"
#include "engine/ddl/deletion.h"
#include "engine/ddl/dependency_type.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/object_expressions.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/query_relation.h"
#include "engine/ddl/relation_parts.h"
#include "engine/ddl/table_columns.h"
#include "engine/ddl/types.h"

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

/// table_open
[[noreturn]] void refuse_to_open(const Interpreter& interpreter, const Object& relation) {
  const std::string quoted = "\"" + relation.name.str() + "\"";
  if (interpreter.major() >= 16)
    throw SqlError("42809", "cannot open relation " + quoted, not_supported_for(relation));
  throw SqlError("42809", quoted + (relation.kind == Kind::index ? " is an index" : " is a composite type"));
}

/// As far as the rule's queries can be analysed with it: transformRuleStmt.
const Object& rule_relation(const Interpreter& interpreter, ast::RangeVar name) {
  const Object& relation = require_relation(interpreter, name);
  if (relation.kind == Kind::index || relation.kind == Kind::composite_type) refuse_to_open(interpreter, relation);
  if (relation.kind == Kind::materialized_view) throw SqlError("0A000", "rules on materialized views are not supported");
  return relation;
}

void require_rules(const Interpreter& interpreter, const Object& relation) {
  if (relation.kind == Kind::table || relation.kind == Kind::view) return;
  if (interpreter.major() < 15) throw SqlError("42809", "\"" + relation.name.str() + "\" is not a table or view");
  throw SqlError("42809", "relation \"" + relation.name.str() + "\" cannot have rules",
                 not_supported_for(relation));
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
}

/// What messages call the list and an entry of it.
struct ResultWords {
  const char* list;
  const char* entry;
  const char* entry_of_list;
};
constexpr ResultWords select_words = {"SELECT rule's target list", "SELECT target entry", "SELECT rule's target entry"};
constexpr ResultWords returning_words = {"RETURNING list", "RETURNING list entry", "RETURNING list's entry"};

/// checkRuleResultList
void check_result_columns(Interpreter& interpreter, Oid relation, const std::vector<expr::TargetEntry>& targets,
                          bool is_select) {
  const ResultWords& words = is_select ? select_words : returning_words;
  const std::vector<const Column*> columns = columns_of(interpreter.catalog(), relation);
  const auto refuse = [](const std::string& message, std::string detail = {}) {
    throw SqlError("42P17", message, std::move(detail));
  };
  std::size_t at = 0;
  for (const expr::TargetEntry& target : targets) {
    if (target.junk) continue;
    if (at == columns.size()) refuse(std::string(words.list) + " has too many entries");
    const Column& column = *columns[at++];
    const std::string place = words.entry_of_list + (" " + std::to_string(at)) + " has different ";
    const std::string name = " from column \"" + column.name.str() + "\"";
    if (is_select && target.name != column.name.view())
      refuse(place + "column name" + name,
             std::string(words.entry) + " is named \"" + target.name + "\".");
    const auto detail = [&](TypeRef type) {
      return std::string(words.entry) + " has type " + type_name(interpreter, type) + ", but column has type " +
             type_name(interpreter, column.type) + ".";
    };
    const TypeRef type{expr::type_of(*target.expr), expr::typmod_of(*target.expr)};
    if (type.type != column.type.type) refuse(place + "type" + name, detail({type.type, -1}));
    if (type.typmod != -1 && type.typmod != column.type.typmod) refuse(place + "size" + name, detail(type));
  }
  if (at < columns.size()) refuse(std::string(words.list) + " has too few entries");
}

/// One action may give rows back, without a condition, in place of the statement.
void check_returning(Interpreter& interpreter, const Rule& rule) {
  if (!rule.definition.tree) return;
  const expr::Query& actions = *rule.definition.tree;
  bool has_returning = false;
  for (const expr::QueryPtr& action : actions.statements) {
    if (action->returning.empty()) continue;
    if (has_returning) throw SqlError("0A000", "cannot have multiple RETURNING lists in a rule");
    has_returning = true;
    if (actions.condition) throw SqlError("0A000", "RETURNING lists are not supported in conditional rules");
    if (!rule.instead) throw SqlError("0A000", "RETURNING lists are not supported in non-INSTEAD rules");
    check_result_columns(interpreter, rule.parent.oid, action->returning, false);
  }
}

/// What DefineQueryRewrite wants of a table that is to become a view; whether it holds rows is not known here.
void check_convertible(const Interpreter& interpreter, const Table& table) {
  const Catalog& catalog = interpreter.catalog();
  const std::string name = "\"" + table.name.str() + "\"";
  if (table.partition_strategy != PartitionStrategy::none)
    throw SqlError("42809", "cannot convert partitioned table " + name + " to a view");
  if (table.partition_of) throw SqlError("42809", "cannot convert partition " + name + " to a view");
  const auto refuse = [&](const char* reason) {
    throw SqlError("55000", "could not convert table " + name + " to a view because it has " + reason);
  };
  if (!catalog.children_of<Trigger>(table.oid).empty()) refuse("triggers");
  if (!catalog.children_of<Index>(table.oid).empty()) refuse("indexes");
  if (!find_inheritance_children(catalog, table.oid).empty()) refuse("child tables");
  if (!table.inherits.empty()) refuse("parent tables");
  if (table.row_security) refuse("row security enabled");
  if (!catalog.children_of<Policy>(table.oid).empty()) refuse("row security policies");
}

/// Up to 15, a table whose rule says what to select becomes a view, of the same columns.
void convert_to_view(Interpreter& interpreter, const Table& table, Name rule, ast::Node select) {
  Catalog& catalog = interpreter.catalog();
  Query query = analyze_relation_query(interpreter, select, {}, "").query;
  const std::vector<const Column*> columns = columns_of(catalog, table.oid);
  check_result_columns(interpreter, table.oid, query.tree->targets, true);
  check_convertible(interpreter, table);
  if (rule.view() != "_RETURN")
    throw SqlError("42P17", "view rule for \"" + table.name.str() + "\" must be named \"_RETURN\"");
  if (!dependents_of(catalog, table).empty()) throw NotSimulated("a table that becomes a view although it is used");
  View view;
  view.parent = table.parent;
  view.name = table.name;
  view.owner = table.owner;
  view.query = std::move(query);
  std::vector<ColumnSpec> specs;
  for (const Column* column : columns) specs.push_back(column_like(*column));
  perform_deletion(interpreter, {table.oid});
  const Oid made = catalog.insert(std::move(view)).oid;
  insert_query_columns(interpreter, made, specs);
}

}  // namespace

void create_rule(Interpreter& interpreter, ast::RuleStmt statement) {
  const Object& relation = rule_relation(interpreter, statement.relation());
  Rule rule;
  rule.parent = {relation.kind, relation.oid};
  rule.name = Name(statement.rulename());
  rule.event = event_of(statement.event());
  rule.instead = statement.instead();
  rule.definition = analyze_rule(interpreter, relation, statement);
  require_rules(interpreter, relation);
  require_owner(interpreter, relation);
  if (rule.event == RuleEvent::select) {
    check_select_rule(interpreter, relation, statement);
    if (const auto* table = interpreter.catalog().find_as<Table>(relation.oid))
      return convert_to_view(interpreter, Table(*table), rule.name, statement.actions()[0]);
  } else {
    check_returning(interpreter, rule);
    if (rule.name.view() == "_RETURN")
      throw SqlError("42P17", "non-view rule for \"" + relation.name.str() + "\" must not be named \"_RETURN\"");
  }
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

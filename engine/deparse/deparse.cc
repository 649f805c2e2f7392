#include "engine/deparse/deparse.h"

#include <algorithm>

#include "catalog/expr_walk.h"
#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace {

expr::RangeTblEntry row_of(Oid relation, std::string name, const Syscache& cache) {
  expr::RangeTblEntry entry;
  entry.relation = relation;
  entry.in_from_clause = true;
  entry.eref.name = name;
  entry.eref.columns.resize(cache.columns(relation).size());
  entry.alias = expr::Alias{std::move(name), {}};
  return entry;
}

/// The range table that an expression by itself is printed over.
std::vector<expr::RangeTblEntry> entries_of(const Syscache& cache, Scope scope) {
  switch (scope.kind) {
    case Scope::Kind::none: break;
    case Scope::Kind::relation: {
      const analyze::RelationRow* row = cache.relation(scope.relation);
      return {row_of(scope.relation, row ? std::string(row->name) : "", cache)};
    }
    case Scope::Kind::old_new: return {row_of(scope.relation, "old", cache), row_of(scope.relation, "new", cache)};
  }
  return {};
}

// A level names every column of its relations: not worth making for the many defaults that name none.
bool needs_level(const expr::Node& node) {
  if (node.is<expr::Const>()) return false;
  if (node.is<expr::Var>() || node.is<expr::SubLink>()) return true;
  bool found = false;
  expr::walk(node, {[&](const expr::NodePtr& part) { found = found || needs_level(*part); },
                    [&](const expr::QueryPtr&) { found = true; }});
  return found;
}

struct Style {
  bool line_breaks = true;
  int indentation = 0;
};

std::string print_in(const Syscache& cache, const expr::Node& node, Scope scope, Style style) {
  std::vector<expr::RangeTblEntry> entries;
  if (needs_level(node)) entries = entries_of(cache, scope);
  Level level;
  if (!entries.empty()) level = level_of_relations(cache, entries);
  Context context;
  context.level = entries.empty() ? nullptr : &level;
  context.line_breaks = style.line_breaks;
  context.indentation = style.indentation;
  context.qualify_columns = scope.kind == Scope::Kind::old_new;
  Printer printer(cache, context);
  printer.node(node, false);
  return printer.take();
}

}  // namespace

std::string print_expression(const Syscache& cache, const expr::Node& node, Scope scope) {
  return print_in(cache, node, scope, {});
}

std::string print_argument_default(const Syscache& cache, const expr::Node& node) {
  return print_in(cache, node, Scope::nothing(), {.line_breaks = false});
}

std::string print_key_expression(const Syscache& cache, const expr::Node& node, Oid relation) {
  std::string text = print_in(cache, node, Scope::of_relation(relation), {});
  return Printer::looks_like_function(node) ? text : "(" + text + ")";
}

std::string print_trigger_condition(const Syscache& cache, const expr::Node& node, Oid relation) {
  return "(" + print_in(cache, node, Scope::old_and_new(relation), {.indentation = indent_clause}) + ")";
}

std::string print_view(const Syscache& cache, const expr::Query& query, Oid view) {
  // Until 15 a view's range table begins with OLD and NEW: their names are taken, and no column stands alone.
  static const std::vector<std::string> old_and_new{"old", "new"};
  const bool has_old_and_new = cache.major() <= 15;
  std::vector<std::string> names;
  for (const analyze::ColumnRow& column : cache.columns(view)) names.emplace_back(column.name);
  Printer printer(cache, Context{});
  printer.query(query, {.result_names = &names,
                        .qualify_columns = has_old_and_new,
                        .taken = has_old_and_new ? &old_and_new : nullptr});
  return printer.take() + ";";
}

namespace {

const expr::Query* subquery_of_insert(const expr::Query& action) {
  if (action.command != expr::CommandType::insert) return &action;
  for (const expr::RangeTblEntry& entry : action.range_table)
    if (entry.kind == expr::RteKind::subquery && entry.subquery) return entry.subquery.get();
  return &action;
}

// getInsertSelectQuery: the condition is written over the range table that holds OLD and NEW, which for INSERT … SELECT
// is the SELECT's.
const expr::Query& query_with_old_and_new(const expr::Query& action) {
  const auto& entries = action.range_table;
  const bool here = entries.size() >= 2 && entries[0].eref.name == "old" && entries[1].eref.name == "new";
  return here ? action : *subquery_of_insert(action);
}

std::string print_condition(const Syscache& cache, const expr::Query& actions, Oid relation) {
  if (actions.statements.empty())
    return print_in(cache, *actions.condition, Scope::old_and_new(relation), {.indentation = indent_clause});
  const expr::Query& first = query_with_old_and_new(*actions.statements.front());
  const Level level = level_of_query(cache, first, nullptr);
  Context context;
  context.level = &level;
  context.indentation = indent_clause;
  context.qualify_columns = first.range_table.size() != 1;
  Printer printer(cache, context);
  printer.node(actions.condition, false);
  return printer.take();
}

std::string print_statement(const Syscache& cache, const expr::Query& query, const Level* outer, bool names_visible,
                            Style style) {
  Context context;
  context.level = outer;
  context.line_breaks = style.line_breaks;
  context.indentation = style.indentation;
  Printer printer(cache, context);
  printer.query(query, {.column_names_visible = names_visible});
  return printer.take();
}

}  // namespace

std::string print_rule(const Syscache& cache, const RuleHead& head, const expr::Query& actions) {
  const analyze::RelationRow* relation = cache.relation(head.relation);
  std::string text = "CREATE RULE " + quote_identifier(cache, head.name) + " AS\n    ON " + std::string(head.event) +
                     " TO " + (relation ? always_qualified_name(cache, relation->schema, relation->name) : "???");
  if (actions.condition) text += "\n   WHERE " + print_condition(cache, actions, head.relation);
  text += head.instead ? " DO INSTEAD " : " DO ";
  if (actions.statements.empty()) return text + "NOTHING;";
  const bool several = actions.statements.size() > 1;
  if (several) text += "(";
  for (const expr::QueryPtr& statement : actions.statements) {
    const std::string printed = print_statement(cache, *statement, nullptr, true, {});
    if (printed.front() == '\n') text.erase(text.find_last_not_of(' ') + 1);  // a line ends without spaces
    text += printed;
    if (several) text += ";\n";
  }
  return text + (several ? ");" : ";");
}

std::string print_function_body(const Syscache& cache, const expr::Query& body, Oid function) {
  Level signature;
  signature.function = function;
  if (body.command != expr::CommandType::compound)
    return print_statement(cache, body, &signature, false, {.line_breaks = false});
  std::string text = "BEGIN ATOMIC\n";
  for (const expr::QueryPtr& statement : body.statements)
    text += print_statement(cache, *statement, &signature, false, {.indentation = 1}) + ";\n";
  return text + "END";
}

}  // namespace pgplumb::engine::deparse

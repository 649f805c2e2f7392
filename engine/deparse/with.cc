// WITH: get_with_clause.
#include "catalog/type_oids.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

void Printer::with(const expr::Query& query) {
  if (query.ctes.empty()) return;
  if (context_.line_breaks) {
    context_.indentation += indent_clause;
    text(" ");
  }
  std::string_view separator = query.has_recursive ? "WITH RECURSIVE " : "WITH ";
  for (const expr::CommonTableExpr& each : query.ctes) {
    text(separator);
    cte(each);
    separator = ", ";
  }
  if (!context_.line_breaks) return text(" ");
  context_.indentation -= indent_clause;
  keyword("", 0, 0, 0);
}

void Printer::cte(const expr::CommonTableExpr& each) {
  identifier(each.name);
  if (!each.alias_columns.empty()) {
    text("(");
    identifiers(each.alias_columns);
    text(")");
  }
  text(" AS ");
  if (each.materialize == expr::CteMaterialize::always) text("MATERIALIZED ");
  if (each.materialize == expr::CteMaterialize::never) text("NOT MATERIALIZED ");
  text("(");
  keyword("", 0, 0, 0);
  query(*each.query, {});
  keyword("", 0, 0, 0);
  text(")");
  if (each.search) cte_search(*each.search);
  if (each.cycle) cte_cycle(*each.cycle);
}

void Printer::cte_search(const expr::CteSearchClause& search) {
  text(search.breadth_first ? " SEARCH BREADTH FIRST BY " : " SEARCH DEPTH FIRST BY ");
  identifiers(search.columns);
  text(" SET ");
  identifier(search.sequence_column);
}

namespace {

bool is_boolean(const NodePtr& node, std::string_view value) {
  const auto* constant = expr::as<expr::Const>(node);
  return constant && constant->type == catalog::types::bool_ && constant->value == value;
}

}  // namespace

void Printer::cte_cycle(const expr::CteCycleClause& cycle) {
  text(" CYCLE ");
  identifiers(cycle.columns);
  text(" SET ");
  identifier(cycle.mark_column);
  if (!is_boolean(cycle.mark_value, "t") || !is_boolean(cycle.mark_default, "f")) {
    text(" TO ");
    node(cycle.mark_value, false);
    text(" DEFAULT ");
    node(cycle.mark_default, false);
  }
  text(" USING ");
  identifier(cycle.path_column);
}

}  // namespace pgplumb::engine::deparse

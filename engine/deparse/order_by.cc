// Sort and group clauses: get_rule_sortgroupclause, get_rule_groupingset, get_rule_orderby.
#include "engine/analyze/typcache.h"
#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace {

const expr::TargetEntry* target_of(std::uint32_t ref, const std::vector<expr::TargetEntry>& targets) {
  for (const expr::TargetEntry& entry : targets)
    if (entry.sort_group_ref == ref) return &entry;
  return nullptr;
}

// A bare call could be taken for CUBE(…), ROLLUP(…) or an operator's name.
bool needs_parentheses(const Node& node) {
  return node.is<expr::FuncExpr>() || node.is<expr::Aggref>() || node.is<expr::WindowFunc>() ||
         node.is<expr::JsonConstructorExpr>();
}

}  // namespace

NodePtr Printer::sort_group(std::uint32_t ref, const Targets& targets, bool by_number) {
  const expr::TargetEntry* entry = target_of(ref, targets);
  if (!entry) return {};
  if (by_number) {
    text(std::to_string(entry->resno));
  } else if (const auto* literal = expr::as<expr::Const>(entry->expr)) {
    constant(*literal, TypeLabel::always);  // a bare number would be the number of a column
  } else if (const auto* var = expr::as<expr::Var>(entry->expr)) {
    context_.simple_order_by = major() >= 16 && !context_.in_group_by;
    variable(*var, 0, false);
    context_.simple_order_by = false;
  } else {
    const bool parentheses = needs_parentheses(*entry->expr);
    if (parentheses) text("(");
    node(entry->expr, true);
    if (parentheses) text(")");
  }
  return entry->expr;
}

void Printer::sort_groups(const std::vector<expr::SortGroupClause>& clauses, const Targets& targets) {
  std::string_view separator = "";
  for (const expr::SortGroupClause& clause : clauses) {
    text(separator);
    sort_group(clause.sort_group_ref, targets, false);
    separator = ", ";
  }
}

void Printer::grouping_set(const expr::GroupingSet& set, const Targets& targets, bool omit_parentheses) {
  std::string_view separator = "";
  switch (set.kind) {
    case expr::GroupingSetKind::empty: return text("()");
    case expr::GroupingSetKind::simple: {
      const bool parentheses = !omit_parentheses || set.refs.size() != 1;
      if (parentheses) text("(");
      for (std::uint32_t ref : set.refs) {
        text(separator);
        sort_group(ref, targets, false);
        separator = ", ";
      }
      return text(parentheses ? ")" : "");
    }
    case expr::GroupingSetKind::rollup: text("ROLLUP("); break;
    case expr::GroupingSetKind::cube: text("CUBE("); break;
    case expr::GroupingSetKind::sets: text("GROUPING SETS ("); break;
  }
  for (const expr::GroupingSet& part : set.content) {
    text(separator);
    grouping_set(part, targets, set.kind != expr::GroupingSetKind::sets);
    separator = ", ";
  }
  text(")");
}

void Printer::sort_direction(const expr::SortGroupClause& clause, Oid type) {
  const analyze::TypeOperators& operators = analyze::type_operators(cache_, type);
  if (clause.sort_op == operators.less) {
    if (clause.nulls_first) text(" NULLS FIRST");
  } else if (clause.sort_op == operators.greater) {
    text(clause.nulls_first ? " DESC" : " DESC NULLS LAST");
  } else {
    text(" USING ");
    text(operator_name(cache_, clause.sort_op));
    text(clause.nulls_first ? " NULLS FIRST" : " NULLS LAST");
  }
}

void Printer::order_by(const std::vector<expr::SortGroupClause>& clauses, const Targets& targets, bool by_number) {
  std::string_view separator = "";
  for (const expr::SortGroupClause& clause : clauses) {
    text(separator);
    separator = ", ";
    const NodePtr sorted = sort_group(clause.sort_group_ref, targets, by_number);
    if (sorted) sort_direction(clause, expr::type_of(*sorted));
  }
}

}  // namespace pgplumb::engine::deparse

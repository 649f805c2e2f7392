// SELECT: get_select_query_def and get_basic_select_query.
#include <algorithm>

#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

void Printer::select(const expr::Query& query) {
  with(query);
  context_.targets = &query.targets;
  context_.windows = &query.windows;
  if (query.set_operation) {
    expr::SetOperationItem top;
    top.operation = query.set_operation;
    set_operation(top, query);
  } else {
    simple_select(query);
  }
  if (!query.sort.empty()) {
    clause(" ORDER BY ", 1);
    order_by(query.sort, query.targets, query.set_operation != nullptr);
  }
  limit(query);
  locking(query);
}

void Printer::limit(const expr::Query& query) {
  if (query.limit_offset) {
    clause(" OFFSET ");
    node(query.limit_offset, false);
  }
  if (!query.limit_count) return;
  if (query.limit_option == expr::LimitOption::with_ties) {
    clause(" FETCH FIRST (");
    node(query.limit_count, false);
    return text(") ROWS WITH TIES");
  }
  clause(" LIMIT ");
  const auto* count = expr::as<expr::Const>(query.limit_count);
  if (count && !count->value)
    text("ALL");
  else
    node(query.limit_count, false);
}

namespace {

std::string_view locking_clause(expr::LockStrength strength) {
  switch (strength) {
    case expr::LockStrength::for_key_share: return " FOR KEY SHARE";
    case expr::LockStrength::for_share: return " FOR SHARE";
    case expr::LockStrength::for_no_key_update: return " FOR NO KEY UPDATE";
    case expr::LockStrength::for_update: return " FOR UPDATE";
  }
  return "";
}

}  // namespace

void Printer::locking(const expr::Query& query) {
  if (!query.has_for_update) return;
  for (const expr::RowMark& mark : query.row_marks) {
    if (mark.pushed_down) continue;
    clause(locking_clause(mark.strength));
    text(" OF ");
    identifier(context_.level->name_of(mark.rt_index).value_or(""));
    if (mark.wait == expr::LockWait::error) text(" NOWAIT");
    if (mark.wait == expr::LockWait::skip) text(" SKIP LOCKED");
  }
}

// The one entry of a query that was written as VALUES by itself; null where it is anything else, also where its columns
// have been renamed since.
const Printer::Entry* Printer::plain_values(const expr::Query& query) const {
  const Entry* found = nullptr;
  for (const Entry& entry : query.range_table) {
    if (entry.kind == expr::RteKind::values && entry.in_from_clause && !found)
      found = &entry;
    else if (entry.kind != expr::RteKind::relation || entry.in_from_clause)
      return nullptr;
  }
  if (!found || found->eref.columns.size() != query.targets.size()) return nullptr;
  int column = 0;
  for (const expr::TargetEntry& entry : query.targets) {
    if (entry.junk) return nullptr;
    const std::string name = output_name(entry, ++column);
    if (name != found->eref.columns[static_cast<std::size_t>(column) - 1]) return nullptr;
  }
  return found;
}

void Printer::simple_select(const expr::Query& query) {
  if (context_.line_breaks) {
    context_.indentation += indent_clause;
    text(" ");
  }
  if (const Entry* rows = plain_values(query)) return values(rows->values);
  select_keyword(query);
  target_list(query.targets);
  from(query, " FROM ");
  where(query.join_tree.where);
  group_by(query);
  if (query.having) {
    clause(" HAVING ");
    node(query.having, false);
  }
  windows(query);
}

void Printer::select_keyword(const expr::Query& query) {
  text(query.is_return ? "RETURN" : "SELECT");
  if (query.distinct.empty()) return;
  text(query.has_distinct_on ? " DISTINCT ON (" : " DISTINCT");
  if (!query.has_distinct_on) return;
  sort_groups(query.distinct, query.targets);
  text(")");
}

void Printer::group_by(const expr::Query& query) {
  if (query.group.empty() && query.grouping_sets.empty()) return;
  clause(" GROUP BY ", 1);
  if (query.group_distinct) text("DISTINCT ");
  context_.in_group_by = true;
  std::string_view separator = "";
  if (query.grouping_sets.empty()) sort_groups(query.group, query.targets);
  for (const expr::GroupingSet& set : query.grouping_sets) {
    text(separator);
    grouping_set(set, query.targets, true);
    separator = ", ";
  }
  context_.in_group_by = false;
}

void Printer::where(const NodePtr& condition) {
  if (!condition) return;
  clause(" WHERE ", 1);
  node(condition, false);
}

void Printer::values(const std::vector<Nodes>& rows) {
  std::string_view separator = "VALUES (";
  for (const Nodes& row : rows) {
    text(separator);
    separator = ", (";
    std::string_view comma = "";
    for (const NodePtr& value : row) {
      text(comma);
      toplevel(value, false);
      comma = ",";
    }
    text(")");
  }
}

}  // namespace pgplumb::engine::deparse

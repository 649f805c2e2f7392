#include "engine/analyze/analyze.h"

#include <fmt/format.h>

#include "engine/analyze/dml.h"
#include "engine/analyze/parse_agg.h"
#include "engine/analyze/parse_clause.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_cte.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/parse_target.h"
#include "engine/analyze/set_operation.h"
#include "engine/analyze/vars.h"

namespace pgplumb::engine::analyze {

namespace {

void limit_clauses(ParseState& state, ast::SelectStmt select, expr::Query& query) {
  bool with_ties = select.limit_option() == ast::LimitOption::LIMIT_OPTION_WITH_TIES;
  query.limit_offset = transform_limit_clause(state, select.limit_offset(), ExprKind::offset, "OFFSET", with_ties);
  query.limit_count = transform_limit_clause(state, select.limit_count(), ExprKind::limit, "LIMIT", with_ties);
  query.limit_option = with_ties ? expr::LimitOption::with_ties : expr::LimitOption::count;
}

void distinct_clause(ParseState& state, ast::SelectStmt select, expr::Query& query) {
  ast::List<ast::Node> distinct = select.distinct_clause();
  if (distinct.empty()) return;
  query.has_distinct_on = static_cast<bool>(distinct[0]);
  query.distinct = query.has_distinct_on ? transform_distinct_on(state, distinct, query.targets, query.sort)
                                         : transform_distinct_clause(state, query.targets, query.sort, false);
}

expr::LockStrength strength_of(ast::LockClauseStrength strength) {
  switch (strength) {
    case ast::LockClauseStrength::LCS_FORKEYSHARE: return expr::LockStrength::for_key_share;
    case ast::LockClauseStrength::LCS_FORSHARE: return expr::LockStrength::for_share;
    case ast::LockClauseStrength::LCS_FORNOKEYUPDATE: return expr::LockStrength::for_no_key_update;
    default: return expr::LockStrength::for_update;
  }
}

expr::LockWait wait_of(ast::LockWaitPolicy wait) {
  switch (wait) {
    case ast::LockWaitPolicy::LockWaitSkip: return expr::LockWait::skip;
    case ast::LockWaitPolicy::LockWaitError: return expr::LockWait::error;
    default: return expr::LockWait::block;
  }
}

// A relation locked twice is locked as strongly as the stronger of the two: applyLockingClause.
void add_row_mark(expr::Query& query, expr::RowMark mark) {
  for (expr::RowMark& known : query.row_marks) {
    if (known.rt_index != mark.rt_index) continue;
    known.strength = std::max(known.strength, mark.strength);
    known.wait = std::max(known.wait, mark.wait);
    return;
  }
  query.row_marks.push_back(mark);
}

bool is_lockable(const expr::RangeTblEntry& entry) {
  return entry.in_from_clause && (entry.kind == expr::RteKind::relation || entry.kind == expr::RteKind::subquery);
}

int locked_entry(const ParseState& state, std::string_view name, int location) {
  for (std::size_t i = 0; i < state.range_table.size(); ++i) {
    const expr::RangeTblEntry& entry = state.range_table[i];
    if (entry.in_from_clause && entry.eref.name == name && is_lockable(entry)) return static_cast<int>(i) + 1;
  }
  fail(errcode::undefined_table, fmt::format("relation \"{}\" in FOR UPDATE clause not found in FROM clause", name),
       location);
}

void locking_clause(ParseState& state, ast::LockingClause clause, expr::Query& query) {
  expr::RowMark mark;
  mark.strength = strength_of(clause.strength());
  mark.wait = wait_of(clause.wait_policy());
  for (ast::Node relation : clause.locked_rels()) {
    auto name = relation.as<ast::RangeVar>();
    mark.rt_index = locked_entry(state, name.relname(), name.location());
    add_row_mark(query, mark);
  }
  if (!clause.locked_rels().empty()) return;
  for (std::size_t i = 0; i < state.range_table.size(); ++i) {
    if (!is_lockable(state.range_table[i])) continue;
    mark.rt_index = static_cast<int>(i) + 1;
    add_row_mark(query, mark);
  }
}

QueryPtr transform_plain_select(ParseState& state, ast::SelectStmt select) {
  expr::Query query;
  transform_with_clause(state, select.with_clause(), query);
  if (select.into_clause() && !state.allow_into) fail(errcode::syntax_error, "SELECT ... INTO is not allowed here");
  state.window_defs = std::make_shared<WindowDefs>();
  for (ast::Node window : select.window_clause()) state.window_defs->defs.push_back(window.as<ast::WindowDef>());
  transform_from_clause(state, select.from_clause());
  query.targets = transform_target_list(state, select.target_list(), ExprKind::select_target);
  mark_target_origins(state, query.targets);
  query.join_tree.where = transform_where_clause(state, select.where_clause(), ExprKind::where, "WHERE");
  query.having = transform_where_clause(state, select.having_clause(), ExprKind::having, "HAVING");
  query.sort = transform_sort_clause(state, select.sort_clause(), query.targets, ExprKind::order_by, false);
  query.group = transform_group_clause(state, select.group_clause(), query.targets, query.sort, query.grouping_sets,
                                       ExprKind::group_by, false);
  query.group_distinct = select.group_distinct();
  distinct_clause(state, select, query);
  limit_clauses(state, select, query);
  query.windows = transform_windows(state, query.targets);
  if (state.resolve_unknowns) resolve_unknown_targets(state, query.targets);
  for (ast::Node lock : select.locking_clause()) locking_clause(state, lock.as<ast::LockingClause>(), query);
  query.has_for_update = !select.locking_clause().empty();
  assign_query_collations(state, query);
  bool grouped = !query.group.empty() || !query.grouping_sets.empty() || query.having;
  if (state.has_aggs || grouped) check_aggregates(state, query);
  finish_query(state, query);
  return share_query(std::move(query));
}

std::vector<std::vector<NodePtr>> values_rows(ParseState& state, ast::List<ast::Node> lists, ExprKind kind) {
  std::vector<std::vector<NodePtr>> rows;
  for (ast::Node list : lists) {
    rows.push_back(transform_expression_list(state, list.items(), kind, false));
    if (rows.back().size() != rows.front().size()) {
      fail(errcode::syntax_error, "VALUES lists must all be the same length",
           rows.back().empty() ? -1 : rows.back().front()->location);
    }
  }
  return rows;
}

expr::ColumnTypes unify_values(ParseState& state, std::vector<std::vector<NodePtr>>& rows) {
  expr::ColumnTypes columns;
  for (std::size_t column = 0; column < rows.front().size(); ++column) {
    std::vector<NodePtr> values;
    for (const auto& row : rows) values.push_back(row[column]);
    Oid type = select_common_type(state, values, "VALUES");
    for (NodePtr& value : values) value = coerce_to_common_type(state, value, type, "VALUES");
    columns.types.push_back(type);
    columns.typmods.push_back(select_common_typmod(values, type));
    columns.collations.push_back(select_common_collation(state, values, true));
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i][column] = values[i];
  }
  for (auto& row : rows) assign_list_collations(state, row);
  return columns;
}

bool refers_outside(const std::vector<std::vector<NodePtr>>& rows) {
  for (const auto& row : rows) {
    for (const NodePtr& value : row) {
      if (contains_vars_of_level(value, 0)) return true;
    }
  }
  return false;
}

QueryPtr transform_values(ParseState& state, ast::SelectStmt select) {
  expr::Query query;
  transform_with_clause(state, select.with_clause(), query);
  auto rows = values_rows(state, select.values_lists(), ExprKind::values);
  expr::ColumnTypes columns = unify_values(state, rows);
  bool lateral = !state.range_table.empty() && refers_outside(rows);
  NamespaceItemPtr item = add_values(state, std::move(rows), std::move(columns), std::nullopt, lateral, true);
  add_item_to_query(state, item, true, true, true);
  for (ExpandedColumn& column : expand_item(state, *item, 0, -1)) {
    expr::TargetEntry target;
    target.expr = std::move(column.var);
    target.resno = state.next_resno++;
    target.name = std::move(column.name);
    target.has_name = true;
    query.targets.push_back(std::move(target));
  }
  query.sort = transform_sort_clause(state, select.sort_clause(), query.targets, ExprKind::order_by, false);
  limit_clauses(state, select, query);
  if (!select.locking_clause().empty()) {
    fail(errcode::feature_not_supported, "FOR UPDATE cannot be applied to VALUES");
  }
  assign_query_collations(state, query);
  finish_query(state, query);
  return share_query(std::move(query));
}

QueryPtr transform_set_operation(ParseState& state, ast::SelectStmt select) {
  expr::Query query;
  transform_with_clause(state, select.with_clause(), query);
  transform_set_operation_tree(state, select, query);
  SetOperationNames names(state, query);
  query.sort = transform_sort_clause(state, select.sort_clause(), query.targets, ExprKind::order_by, false);
  names.restore(query);
  limit_clauses(state, select, query);
  if (!select.locking_clause().empty()) {
    fail(errcode::feature_not_supported, "FOR UPDATE is not allowed with UNION/INTERSECT/EXCEPT");
  }
  assign_query_collations(state, query);
  finish_query(state, query);
  return share_query(std::move(query));
}

}  // namespace

void finish_query(ParseState& state, expr::Query& query) {
  query.ctes = take_ctes(state);
  query.range_table.assign(std::make_move_iterator(state.range_table.begin()),
                           std::make_move_iterator(state.range_table.end()));
  query.join_tree.from = std::move(state.join_list);
  query.has_aggs = state.has_aggs;
  query.has_window_funcs = state.has_window_funcs;
  query.has_target_srfs = state.has_target_srfs;
  query.has_sublinks = state.has_sublinks;
}

QueryPtr transform_select(ParseState& state, ast::SelectStmt select) {
  if (!select.values_lists().empty()) return transform_values(state, select);
  bool is_set_operation = select.op() != ast::SetOperation::SETOP_NONE &&
                          select.op() != ast::SetOperation::SET_OPERATION_UNDEFINED;
  return is_set_operation ? transform_set_operation(state, select) : transform_plain_select(state, select);
}

QueryPtr transform_statement(ParseState& state, ast::Node statement) {
  switch (statement.tag()) {
    case ast::NodeTag::SelectStmt: return transform_select(state, statement.as<ast::SelectStmt>());
    case ast::NodeTag::InsertStmt: return transform_insert(state, statement.as<ast::InsertStmt>());
    case ast::NodeTag::UpdateStmt: return transform_update(state, statement.as<ast::UpdateStmt>());
    case ast::NodeTag::DeleteStmt: return transform_delete(state, statement.as<ast::DeleteStmt>());
    default: not_simulated(fmt::format("{} within a query", to_string(statement.tag())));
  }
}

QueryPtr analyze_subquery(ParseState& outer, ast::Node statement, expr::CommonTableExpr* cte, bool resolve_unknowns) {
  ParseState state(outer.cache, outer.settings, &outer);
  state.parent_cte = cte;
  state.resolve_unknowns = resolve_unknowns;
  return transform_statement(state, statement);
}

}  // namespace pgplumb::engine::analyze

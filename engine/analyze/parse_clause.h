#pragma once
// FROM, WHERE, GROUP BY, ORDER BY, DISTINCT, LIMIT and windows: PostgreSQL's parser/parse_clause.c.
#include <string_view>
#include <vector>

#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// The WINDOW clause's definitions and those written after OVER, in the order of their window_ref.
struct WindowDefs {
  std::vector<ast::WindowDef> defs;
};

void transform_from_clause(ParseState& state, ast::List<ast::Node> from);
/// INSERT's, UPDATE's and DELETE's table as the first entry: setTargetTable.
int set_target_table(ParseState& state, ast::RangeVar relation, bool inherit, bool also_source);

NodePtr transform_where_clause(ParseState& state, ast::Node clause, ExprKind kind, std::string_view construct);
NodePtr transform_limit_clause(ParseState& state, ast::Node clause, ExprKind kind, std::string_view construct,
                               bool with_ties);

using Targets = std::vector<expr::TargetEntry>;
using SortList = std::vector<expr::SortGroupClause>;

/// `sql99`: expressions only, no output names or numbers (within aggregates and windows).
SortList transform_sort_clause(ParseState& state, ast::List<ast::Node> order, Targets& targets, ExprKind kind,
                               bool sql99);
SortList transform_group_clause(ParseState& state, ast::List<ast::Node> group, Targets& targets, const SortList& sort,
                                std::vector<expr::GroupingSet>& sets, ExprKind kind, bool sql99);
SortList transform_distinct_clause(ParseState& state, Targets& targets, const SortList& sort, bool is_aggregate);
SortList transform_distinct_on(ParseState& state, ast::List<ast::Node> distinct, Targets& targets,
                               const SortList& sort);
std::vector<expr::WindowClause> transform_windows(ParseState& state, Targets& targets);
void add_target_to_sort_list(ParseState& state, expr::TargetEntry& target, SortList& list, Targets& targets,
                             ast::SortBy sort_by);
void add_target_to_group_list(ParseState& state, expr::TargetEntry& target, SortList& list, Targets& targets,
                              int location);
/// Gives the entry a sort_group_ref if it has none.
std::uint32_t assign_sort_group_ref(expr::TargetEntry& target, Targets& targets);

}  // namespace pgplumb::engine::analyze

#pragma once
// ParseState and what it holds while one query level is analysed: PostgreSQL's parse_node.h.
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/expr_nodes.h"
#include "catalog/query_nodes.h"
#include "catalog/type_oids.h"
#include "engine/analyze/errors.h"
#include "engine/analyze/settings.h"
#include "engine/analyze/syscache.h"

namespace pgplumb::parser::ast {
struct ColumnRef;
struct ParamRef;
}  // namespace pgplumb::parser::ast

namespace pgplumb::engine::analyze {

namespace ast = parser::ast;
namespace expr = catalog::expr;
namespace types = catalog::types;
using expr::NodePtr;
using expr::QueryPtr;

/// Where an expression stands: ParseExprKind. It decides what is allowed and what messages say.
enum class ExprKind : std::uint8_t {
  none, other, join_on, join_using, from_subselect, from_function, where, having, filter, window_partition,
  window_order, window_frame_range, window_frame_rows, window_frame_groups, select_target, insert_target,
  update_source, update_target, merge_when, group_by, order_by, distinct_on, limit, offset, returning,
  merge_returning, values, values_single, check_constraint, domain_check, column_default, function_default,
  index_expression, index_predicate, stats_expression, alter_column_transform, execute_parameter, trigger_when,
  policy, partition_bound, partition_expression, call_argument, copy_where, generated_column, cycle_mark
};

/// What one visible column stands for: ParseNamespaceColumn.
struct NamespaceColumn {
  int rt_index = 0;  // 0: a dropped column
  int attribute = 0;
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  Oid collation = invalid_oid;
  Oid column = invalid_oid;
  int written_rt_index = 0;
  int written_attribute = 0;
  bool dont_expand = false;
};

/// A range-table entry as far as names see it: ParseNamespaceItem.
struct NamespaceItem {
  expr::Alias names;
  expr::RangeTblEntry* entry = nullptr;  // within some ParseState's range_table
  int rt_index = 0;
  std::vector<NamespaceColumn> columns;
  bool relation_visible = true;
  bool columns_visible = true;
  bool lateral_only = false;
  bool lateral_ok = true;
  expr::VarReturning returning = expr::VarReturning::none;
};
using NamespaceItemPtr = std::shared_ptr<NamespaceItem>;

struct ParseState;
struct WindowDefs;  // parse_clause.h
struct WithScope;   // parse_cte.h

/// Names that only some statements know: VALUE, a function's arguments.
struct ParserHooks {
  /// Before the range table is asked; null result: go on.
  std::function<NodePtr(ParseState&, ast::ColumnRef)> pre_column_ref;
  /// After it; `found` is what the range table gave, perhaps nothing.
  std::function<NodePtr(ParseState&, ast::ColumnRef, NodePtr found)> post_column_ref;
  std::function<NodePtr(ParseState&, ast::ParamRef)> param_ref;
};

struct ParseState {
  ParseState(const Syscache& syscache, const Settings& session, ParseState* outer = nullptr)
      : cache(syscache), settings(session), parent(outer) {
    if (outer) hooks = outer->hooks;
  }
  ParseState(const ParseState&) = delete;
  ParseState& operator=(const ParseState&) = delete;

  const Syscache& cache;
  const Settings& settings;
  ParseState* parent;
  ParserHooks hooks;

  std::deque<expr::RangeTblEntry> range_table;  // addresses stay
  std::vector<expr::JoinTreeItem> join_list;
  std::vector<NamespaceItemPtr> names;
  bool lateral_active = false;

  std::shared_ptr<WithScope> with;              // WITH items of this level
  expr::CommonTableExpr* parent_cte = nullptr;  // the WITH item that this query is, if it is one

  NamespaceItemPtr target;  // of INSERT, UPDATE, DELETE
  bool is_insert = false;
  bool allow_into = false;  // SELECT … INTO: the caller sees to it

  ExprKind expr_kind = ExprKind::none;
  int next_resno = 1;
  std::shared_ptr<WindowDefs> window_defs;
  NodePtr last_srf;
  std::unordered_map<int, std::string> sub_link_columns;  // of scalar subqueries: by location, their column's name
  bool resolve_unknowns = true;

  bool has_aggs = false;
  bool has_window_funcs = false;
  bool has_target_srfs = false;
  bool has_sublinks = false;
  bool has_modifying_cte = false;
};

}  // namespace pgplumb::engine::analyze

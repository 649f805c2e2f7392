#pragma once
// The analysed query: nodes/parsenodes.h's Query and range table, and primnodes.h's join tree. Data only; see
// catalog/expr_nodes.h. What only the planner, the executor or permission checks need is left out.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "catalog/base/ids.h"
#include "catalog/expr_nodes.h"

namespace pgplumb::catalog::expr {

/// `compound` is ours: what a rule does, or the statements of BEGIN ATOMIC … END, kept as one Query.
enum class CommandType : std::uint8_t { select, insert, update, delete_, merge, utility, compound };

/// A name and column names, as written (`AS t(a, b)`) or as in effect (eref).
struct Alias {
  std::string name;
  std::vector<std::string> columns;
  bool operator==(const Alias&) const = default;
};

struct TableSample {
  Oid method = invalid_oid;  // the handler function
  std::vector<NodePtr> args;
  NodePtr repeatable;
  bool operator==(const TableSample&) const = default;
};

/// Types of a function's result columns, from a column definition list.
struct ColumnTypes {
  std::vector<std::string> names;
  std::vector<Oid> types;
  std::vector<std::int32_t> typmods;
  std::vector<Oid> collations;
  bool operator==(const ColumnTypes&) const = default;
};

struct RangeTblFunction {
  NodePtr call;
  int column_count = 0;
  std::optional<ColumnTypes> definition;  // present iff the call had a column definition list
  bool operator==(const RangeTblFunction&) const = default;
};

enum class TableFuncKind : std::uint8_t { xmltable, json_table };

/// One level of JSON_TABLE's plan: JsonTablePathScan and JsonTableSiblingJoin.
struct JsonTablePlan {
  std::string path_name;
  std::string path;  // canonical jsonpath
  bool error_on_error = false;
  int column_min = -1, column_max = -1;  // of TableFunc's columns, -1 for none
  std::vector<JsonTablePlan> children;   // nested path, or siblings
  bool sibling_join = false;
  bool operator==(const JsonTablePlan&) const = default;
};

struct TableFunc {
  TableFuncKind kind = TableFuncKind::xmltable;
  std::vector<std::string> namespace_names;  // empty name for DEFAULT
  std::vector<NodePtr> namespace_uris;
  NodePtr document;
  NodePtr row_expr;
  ColumnTypes columns;
  std::vector<NodePtr> column_exprs;   // null where none
  std::vector<NodePtr> column_defaults;
  std::vector<NodePtr> column_values;  // JSON_TABLE's expression per column
  std::vector<NodePtr> passing_values;
  std::vector<std::string> passing_names;
  std::vector<bool> not_null;
  std::optional<JsonTablePlan> plan;
  int ordinality_column = -1;  // from 0
  bool operator==(const TableFunc&) const = default;
};

enum class RteKind : std::uint8_t { relation, subquery, join, function, table_func, values, cte, result };
enum class JoinKind : std::uint8_t { inner, left, full, right };

struct RangeTblEntry {
  RteKind kind = RteKind::relation;
  std::optional<Alias> alias;  // the user's
  Alias eref;                  // names in effect when the query was analysed; dropped columns have an empty name
  bool lateral = false;
  bool inherit = false;        // false under ONLY
  bool in_from_clause = false;

  // relation
  Oid relation = invalid_oid;
  std::vector<Oid> columns;  // the Catalog's column at each attribute; invalid_oid for built-in and dropped ones
  std::optional<TableSample> sample;

  // subquery
  QueryPtr subquery;
  bool security_barrier = false;

  // join: the columns in eref's order
  JoinKind join_kind = JoinKind::inner;
  int merged_columns = 0;                // the first columns, from USING or NATURAL
  std::vector<NodePtr> join_alias_vars;  // what each column stands for; null where the input's column was dropped
  std::vector<int> left_columns;
  std::vector<int> right_columns;
  std::optional<Alias> join_using_alias;  // 14

  // function
  std::vector<RangeTblFunction> functions;
  bool with_ordinality = false;

  TableFunc table_func;

  // values: rows of expressions
  std::vector<std::vector<NodePtr>> values;

  // cte
  std::string cte_name;
  int cte_levels_up = 0;
  bool self_reference = false;

  // column types of values, cte, table_func, and of functions that have a definition
  std::vector<Oid> column_types;
  std::vector<std::int32_t> column_typmods;
  std::vector<Oid> column_collations;

  bool operator==(const RangeTblEntry&) const = default;
};

struct RangeTblRef {
  int rt_index = 0;
  bool operator==(const RangeTblRef&) const = default;
};

struct JoinTreeItem;

struct JoinExpr {
  JoinKind kind = JoinKind::inner;
  bool natural = false;
  std::vector<JoinTreeItem> sides;  // left, right
  std::vector<std::string> using_columns;
  std::optional<Alias> join_using_alias;
  NodePtr on;
  std::optional<Alias> alias;
  int rt_index = 0;
  bool operator==(const JoinExpr&) const;
};

struct JoinTreeItem {
  std::variant<RangeTblRef, JoinExpr> value;
  bool operator==(const JoinTreeItem&) const = default;
};

struct FromExpr {
  std::vector<JoinTreeItem> from;
  NodePtr where;
  bool operator==(const FromExpr&) const = default;
};

enum class CteMaterialize : std::uint8_t { unspecified, always, never };

struct CteSearchClause {
  std::vector<std::string> columns;
  bool breadth_first = false;
  std::string sequence_column;
  bool operator==(const CteSearchClause&) const = default;
};

struct CteCycleClause {
  std::vector<std::string> columns;
  std::string mark_column;
  NodePtr mark_value;
  NodePtr mark_default;
  std::string path_column;
  Oid mark_type = invalid_oid;
  std::int32_t mark_typmod = -1;
  Oid mark_collation = invalid_oid;
  Oid mark_not_equal_op = invalid_oid;
  bool operator==(const CteCycleClause&) const = default;
};

struct CommonTableExpr {
  std::string name;
  std::vector<std::string> alias_columns;  // as written
  CteMaterialize materialize = CteMaterialize::unspecified;
  QueryPtr query;
  std::optional<CteSearchClause> search;
  std::optional<CteCycleClause> cycle;
  bool recursive = false;
  int reference_count = 0;
  ColumnTypes columns;  // names in effect
  bool operator==(const CommonTableExpr&) const = default;
};

enum class GroupingSetKind : std::uint8_t { empty, simple, rollup, cube, sets };

struct GroupingSet {
  GroupingSetKind kind = GroupingSetKind::empty;
  std::vector<std::uint32_t> refs;    // simple: sort_group_refs
  std::vector<GroupingSet> content;   // the others
  bool operator==(const GroupingSet&) const = default;
};

/// Bits of frame_options: nodes/parsenodes.h's FRAMEOPTION_*, with the same values.
namespace frame {
inline constexpr int non_default = 0x00001, range = 0x00002, rows = 0x00004, groups = 0x00008, between = 0x00010,
                     start_unbounded_preceding = 0x00020, end_unbounded_preceding = 0x00040,
                     start_unbounded_following = 0x00080, end_unbounded_following = 0x00100, start_current_row = 0x00200,
                     end_current_row = 0x00400, start_offset_preceding = 0x00800, end_offset_preceding = 0x01000,
                     start_offset_following = 0x02000, end_offset_following = 0x04000, exclude_current_row = 0x08000,
                     exclude_group = 0x10000, exclude_ties = 0x20000;
}  // namespace frame

struct WindowClause {
  std::string name;      // empty for an inline window
  std::string ref_name;  // the window it builds on
  std::vector<SortGroupClause> partition;
  std::vector<SortGroupClause> order;
  int frame_options = 0;
  NodePtr start_offset;
  NodePtr end_offset;
  Oid start_in_range = invalid_oid;
  Oid end_in_range = invalid_oid;
  Oid in_range_collation = invalid_oid;
  std::uint32_t window_ref = 0;
  bool copied_order = false;
  bool operator==(const WindowClause&) const = default;
};

enum class SetOp : std::uint8_t { union_op, intersect, except };

struct SetOperation;
/// A leaf is a range-table index, else `operation` is set.
struct SetOperationItem {
  int rt_index = 0;
  std::shared_ptr<const SetOperation> operation;
  bool operator==(const SetOperationItem&) const;
};

struct SetOperation {
  SetOp op = SetOp::union_op;
  bool all = false;
  SetOperationItem left;
  SetOperationItem right;
  ColumnTypes columns;  // without names
  std::vector<SortGroupClause> group;
  bool operator==(const SetOperation&) const = default;
};

enum class LockStrength : std::uint8_t { for_key_share, for_share, for_no_key_update, for_update };
enum class LockWait : std::uint8_t { block, skip, error };

struct RowMark {
  int rt_index = 0;
  LockStrength strength = LockStrength::for_update;
  LockWait wait = LockWait::block;
  bool pushed_down = false;
  bool operator==(const RowMark&) const = default;
};

enum class OnConflictAction : std::uint8_t { none, nothing, update };

struct InferenceElem {
  NodePtr expr;
  Oid collation = invalid_oid;
  Oid op_class = invalid_oid;
  bool operator==(const InferenceElem&) const = default;
};

struct OnConflict {
  OnConflictAction action = OnConflictAction::none;
  std::vector<InferenceElem> arbiters;
  NodePtr arbiter_where;
  Oid constraint = invalid_oid;
  std::vector<TargetEntry> set;
  NodePtr where;
  int excluded_rt_index = 0;
  bool operator==(const OnConflict&) const = default;
};

enum class MergeMatch : std::uint8_t { matched, not_matched_by_source, not_matched_by_target };
enum class Overriding : std::uint8_t { not_set, user_value, system_value };

struct MergeAction {
  MergeMatch match = MergeMatch::matched;
  CommandType command = CommandType::utility;  // utility: DO NOTHING
  Overriding overriding = Overriding::not_set;
  NodePtr condition;
  std::vector<TargetEntry> targets;
  bool operator==(const MergeAction&) const = default;
};

/// NOTIFY, the one utility command that a rule may hold.
struct NotifyCommand {
  std::string channel;
  std::optional<std::string> payload;
  bool operator==(const NotifyCommand&) const = default;
};

enum class LimitOption : std::uint8_t { count, with_ties };

struct Query {
  CommandType command = CommandType::select;
  std::vector<QueryPtr> statements;  // compound: in order; empty for a rule's DO NOTHING
  NodePtr condition;                 // compound: a rule's WHERE, over the range table of its first action
  std::optional<NotifyCommand> utility;
  int result_relation = 0;  // range-table index of INSERT, UPDATE, DELETE, MERGE's target

  bool has_aggs = false;
  bool has_window_funcs = false;
  bool has_target_srfs = false;
  bool has_sublinks = false;
  bool has_distinct_on = false;
  bool has_recursive = false;
  bool has_modifying_cte = false;
  bool has_for_update = false;
  bool is_return = false;  // RETURN expression, in an SQL-standard body

  std::vector<CommonTableExpr> ctes;
  std::vector<RangeTblEntry> range_table;
  FromExpr join_tree;
  std::vector<MergeAction> merge_actions;
  NodePtr merge_join_condition;
  std::vector<TargetEntry> targets;
  Overriding overriding = Overriding::not_set;
  OnConflict on_conflict;
  std::vector<TargetEntry> returning;
  std::string returning_old_alias;  // 18: what RETURNING calls the old and the new row; "old" and "new" by default
  std::string returning_new_alias;
  std::vector<SortGroupClause> group;
  bool group_distinct = false;
  std::vector<GroupingSet> grouping_sets;
  NodePtr having;
  std::vector<WindowClause> windows;
  std::vector<SortGroupClause> distinct;
  std::vector<SortGroupClause> sort;
  NodePtr limit_offset;
  NodePtr limit_count;
  LimitOption limit_option = LimitOption::count;
  std::vector<RowMark> row_marks;
  std::shared_ptr<const SetOperation> set_operation;
  std::vector<Oid> constraint_dependencies;  // primary keys that GROUP BY relies on
};

}  // namespace pgplumb::catalog::expr

#pragma once
// Prints one tree into one text: ruleutils.c's deparse_context with its functions, one source file for each family of
// nodes. Only deparse.h is for use elsewhere.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/query_nodes.h"
#include "engine/deparse/level.h"

namespace pgplumb::engine::deparse {

using expr::Node;
using expr::NodePtr;

// PRETTYINDENT_…: by how much clauses, joins and further columns are indented.
inline constexpr int indent_clause = 8, indent_join = 4, indent_part = 4;

/// Whether a constant carries its type: only where it would be read as another, always, or never.
enum class TypeLabel { where_needed, always, never };

/// What changes with the query that is being printed, and with the place in it.
struct Context {
  const Level* level = nullptr;
  const std::vector<expr::TargetEntry>* targets = nullptr;  // the SELECT list of this level
  const std::vector<expr::WindowClause>* windows = nullptr;
  const std::vector<std::string>* result_names = nullptr;   // a view's present column names
  bool line_breaks = true;
  bool qualify_columns = false;      // varprefix
  bool column_names_visible = true;  // the names of output columns can be referred to
  bool in_group_by = false;
  bool simple_order_by = false;  // a column by itself in ORDER BY, which could be taken for one of the output
  int indentation = 0;
};

class Printer {
 public:
  Printer(const Syscache& cache, Context context) : cache_(cache), context_(std::move(context)) {}

  std::string take() { return std::move(out_); }

  /// get_rule_expr. Casts that were not written are shown at the top of the tree only with `show_implicit`.
  void node(const Node& node, bool show_implicit);
  void node(const NodePtr& node, bool show_implicit) {
    if (node) this->node(*node, show_implicit);
  }
  void constant(const expr::Const& constant, TypeLabel label);
  /// A nested query at the present place: get_query_def. `taken`: names that its entries may not have.
  struct QueryPlace {
    bool column_names_visible = true;
    const std::vector<std::string>* result_names = nullptr;
    bool qualify_columns = false;
    const std::vector<std::string>* taken = nullptr;
  };
  void query(const expr::Query& query, const QueryPlace& place);
  void text(std::string_view text) { out_ += text; }
  /// appendContextKeyword: starts a line, unless line breaks are off.
  void keyword(std::string_view word, int indent_before, int indent_after, int indent_plus);
  void clause(std::string_view word, int indent_plus = 0) { keyword(word, -indent_clause, indent_clause, indent_plus); }

  static bool looks_like_function(const Node& node);

  // get_rule_expr, one overload for each node.
  void print(const expr::Const& n, bool show_implicit);
  void print(const expr::Var& n, bool show_implicit);
  void print(const expr::Param& n, bool show_implicit);
  void print(const expr::Aggref& n, bool show_implicit);
  void print(const expr::GroupingFunc& n, bool show_implicit);
  void print(const expr::WindowFunc& n, bool show_implicit);
  void print(const expr::SubscriptingRef& n, bool show_implicit);
  void print(const expr::FuncExpr& n, bool show_implicit);
  void print(const expr::NamedArgExpr& n, bool show_implicit);
  void print(const expr::OpExpr& n, bool show_implicit);
  void print(const expr::DistinctExpr& n, bool show_implicit);
  void print(const expr::NullIfExpr& n, bool show_implicit);
  void print(const expr::ScalarArrayOpExpr& n, bool show_implicit);
  void print(const expr::BoolExpr& n, bool show_implicit);
  void print(const expr::SubLink& n, bool show_implicit);
  void print(const expr::SubLinkParam& n, bool show_implicit);
  void print(const expr::FieldSelect& n, bool show_implicit);
  void print(const expr::FieldStore& n, bool show_implicit);
  void print(const expr::RelabelType& n, bool show_implicit);
  void print(const expr::CoerceViaIO& n, bool show_implicit);
  void print(const expr::ArrayCoerceExpr& n, bool show_implicit);
  void print(const expr::ConvertRowtypeExpr& n, bool show_implicit);
  void print(const expr::CollateExpr& n, bool show_implicit);
  void print(const expr::CaseExpr& n, bool show_implicit);
  void print(const expr::CaseTestExpr& n, bool show_implicit);
  void print(const expr::ArrayExpr& n, bool show_implicit);
  void print(const expr::RowExpr& n, bool show_implicit);
  void print(const expr::RowCompareExpr& n, bool show_implicit);
  void print(const expr::CoalesceExpr& n, bool show_implicit);
  void print(const expr::MinMaxExpr& n, bool show_implicit);
  void print(const expr::SQLValueFunction& n, bool show_implicit);
  void print(const expr::XmlExpr& n, bool show_implicit);
  void print(const expr::JsonValueExpr& n, bool show_implicit);
  void print(const expr::JsonConstructorExpr& n, bool show_implicit);
  void print(const expr::JsonIsPredicate& n, bool show_implicit);
  void print(const expr::JsonExpr& n, bool show_implicit);
  void print(const expr::NullTest& n, bool show_implicit);
  void print(const expr::BooleanTest& n, bool show_implicit);
  void print(const expr::CoerceToDomain& n, bool show_implicit);
  void print(const expr::CoerceToDomainValue& n, bool show_implicit);
  void print(const expr::SetToDefault& n, bool show_implicit);
  void print(const expr::NextValueExpr& n, bool show_implicit);
  void print(const expr::CurrentOfExpr& n, bool show_implicit);
  void print(const expr::MergeSupportFunc& n, bool show_implicit);
  void print(const expr::PartitionBoundSpec& n, bool show_implicit);

 private:
  using Nodes = std::vector<NodePtr>;
  using Targets = std::vector<expr::TargetEntry>;
  using Entry = expr::RangeTblEntry;

  // Text.
  void identifier(std::string_view name);
  void identifiers(const std::vector<std::string>& names);
  void type(Oid type, std::int32_t typmod);
  void list(const Nodes& nodes, bool show_implicit);
  int major() const { return cache_.major(); }
  std::string captured(const std::function<void()>& print);  // what it prints, instead of printing it
  void trim_spaces();
  void wrapped(const std::string& item, bool may_break);

  // Columns and parameters: variable.cc, field_name.cc.
  std::optional<std::string> variable(const expr::Var& var, int levels_up, bool top_level);
  bool names_other_target(const expr::Var& var, const std::string& name) const;
  void toplevel(const NodePtr& node, bool show_implicit);
  void toplevel_list(const Nodes& nodes, bool show_implicit);
  std::string field_name(const Node& node, int field, int levels_up);
  std::string field_name_of_column(const expr::Var& var, int field, int levels_up);
  std::string field_name_in_subquery(const expr::Query& query, int column, int field, const Level* outer);
  std::string field_name_by_type(const Node& node, int field) const;
  const Level& level_at(int levels_up) const;

  // Calls and coercions: call.cc, sql_syntax.cc, coercion.cc.
  void call_arguments(const Nodes& args, bool variadic);
  void binary(const NodePtr& left, std::string_view op, const NodePtr& right);
  bool sql_syntax(const expr::FuncExpr& call, std::string_view name);
  bool string_syntax(const expr::FuncExpr& call, std::string_view name);
  void trim_syntax(std::string_view side, const Nodes& args);
  void coercion(const NodePtr& arg, Oid type, std::int32_t typmod);
  void implicit_or_coercion(const NodePtr& arg, Oid type, std::int32_t typmod, bool hidden);
  void const_collation(const expr::Const& constant);
  void subscripts(const expr::SubscriptingRef& ref);
  NodePtr indirection(NodePtr node);

  // Aggregates: aggregate.cc.
  struct JsonCall {  // of JSON_OBJECTAGG and JSON_ARRAYAGG, printed in place of the aggregate
    std::string_view function;
    std::string options;
    bool object = false;
  };
  void aggregate(const expr::Aggref& call, const JsonCall* json);
  void aggregate_arguments(const expr::Aggref& call, const JsonCall* json);
  void window_call(const expr::WindowFunc& call, const JsonCall* json);
  void filter(const NodePtr& condition);

  // SQL/JSON and XML: json.cc, xml.cc, table_func.cc.
  void json_format(const expr::JsonFormat& format);
  void json_returning(const expr::JsonReturning& returning, bool json_by_default);
  void json_constructor_options(const expr::JsonConstructorExpr& n);
  void json_behavior(const expr::JsonBehavior& behavior, std::string_view on);
  void json_options(const expr::JsonExpr& n, expr::JsonBehaviorKind default_behavior);
  void json_path(const NodePtr& path, bool show_implicit);
  void json_passing(const std::vector<std::string>& names, const Nodes& values, bool show_implicit);
  void xml_arguments(const expr::XmlExpr& n);
  void xml_root_arguments(const expr::XmlExpr& n);
  bool xml_named_arguments(const expr::XmlExpr& n, bool comma);
  void table_func(const expr::TableFunc& table, bool show_implicit);
  void xml_table(const expr::TableFunc& table, bool show_implicit);
  void xml_table_columns(const expr::TableFunc& table, bool show_implicit);
  void xml_namespaces(const expr::TableFunc& table, bool show_implicit);
  void json_table(const expr::TableFunc& table, bool show_implicit);
  void json_table_columns(const expr::TableFunc& table, const expr::JsonTablePlan& scan, bool show_implicit);
  void json_table_column(const expr::TableFunc& table, std::size_t column, bool show_implicit);
  void json_table_nested(const expr::TableFunc& table, const expr::JsonTablePlan& plan, bool show_implicit, bool comma);
  void json_table_passing(const expr::TableFunc& table);

  // Sublinks: sublink.cc.
  std::string sublink_test(const expr::SubLink& n);

  // Queries: select.cc, target_list.cc, order_by.cc, window.cc, set_operation.cc, with.cc.
  void query_body(const expr::Query& query);
  void select(const expr::Query& query);
  void simple_select(const expr::Query& query);
  void select_keyword(const expr::Query& query);
  void group_by(const expr::Query& query);
  void limit(const expr::Query& query);
  void locking(const expr::Query& query);
  const Entry* plain_values(const expr::Query& query) const;
  void target_list(const Targets& targets);
  void target(const expr::TargetEntry& entry, const std::string& name);
  std::string output_name(const expr::TargetEntry& entry, int column) const;
  void values(const std::vector<Nodes>& rows);
  void set_operation(const expr::SetOperationItem& item, const expr::Query& query);
  void set_operation_leaf(const expr::Query& leaf);
  void left_operand(const expr::SetOperation& operation, const expr::Query& query);
  void right_operand(const expr::SetOperation& operation, const expr::Query& query);
  NodePtr sort_group(std::uint32_t ref, const Targets& targets, bool by_number);
  void sort_groups(const std::vector<expr::SortGroupClause>& clauses, const Targets& targets);
  void grouping_set(const expr::GroupingSet& set, const Targets& targets, bool omit_parentheses);
  void order_by(const std::vector<expr::SortGroupClause>& clauses, const Targets& targets, bool by_number);
  void sort_direction(const expr::SortGroupClause& clause, Oid type);
  void windows(const expr::Query& query);
  void window(const expr::WindowClause& window, const Targets& targets);
  void window_frame(const expr::WindowClause& window);
  void with(const expr::Query& query);
  void cte(const expr::CommonTableExpr& cte);
  void cte_search(const expr::CteSearchClause& search);
  void cte_cycle(const expr::CteCycleClause& cycle);

  // FROM: from.cc, range_function.cc.
  void from(const expr::Query& query, std::string_view prefix);
  void from_item(const expr::JoinTreeItem& item, const expr::Query& query);
  void from_entry(int rt_index, const Entry& entry);
  void join(const expr::JoinExpr& join, const expr::Query& query);
  void join_condition(const expr::JoinExpr& join, const ColumnNames& columns);
  std::string relation(const Entry& entry) const;
  bool alias(const Entry& entry, int rt_index, std::string_view before);
  void column_aliases(const ColumnNames& columns);
  bool range_function(const Entry& entry);
  void function_call(const NodePtr& call);
  void column_definitions(const expr::RangeTblFunction& function, const ColumnNames* columns);
  void table_sample(const expr::TableSample& sample);

  // INSERT, UPDATE, DELETE, MERGE: dml.cc, update_list.cc, merge.cc.
  void start_command();
  std::string_view before_alias() const;  // of a command's target
  bool late_minor_release() const;
  void insert(const expr::Query& query);
  Nodes insert_columns(const Targets& targets, const Entry& target);
  void on_conflict(const expr::Query& query, const Entry& target);
  void arbiters(const expr::OnConflict& conflict);
  void update(const expr::Query& query);
  void update_list(const expr::Query& query, const Targets& targets, const Entry& target);
  void delete_from(const expr::Query& query);
  void where(const NodePtr& condition);
  void returning(const expr::Query& query);
  void merge(const expr::Query& query);
  void merge_action(const expr::Query& query, const expr::MergeAction& action, bool by_source, const Entry& target);
  void merge_insert(const expr::MergeAction& action, const Entry& target);
  void utility(const expr::Query& query);
  void overriding(expr::Overriding overriding, std::string_view before, std::string_view after);

  // Partition bounds: partition.cc.
  void range_bound(const std::vector<expr::PartitionRangeDatum>& datums);

  const Syscache& cache_;
  Context context_;
  std::string out_;
};

/// Removes what the parser adds by itself: strip_implicit_coercions.
const Node* without_implicit_coercions(const Node* node);

}  // namespace pgplumb::engine::deparse

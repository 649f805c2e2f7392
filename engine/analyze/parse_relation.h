#pragma once
// The range table and the names it makes visible: PostgreSQL's parser/parse_relation.c.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyze/parse_state.h"
#include "engine/analyze/row_shape.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// The alias as an Alias; nothing where none was written.
std::optional<expr::Alias> alias_of(parser::ast::Alias alias);

// Each adds an entry to state.range_table and gives the item that describes its names; add_item_to_query makes them
// visible.
NamespaceItemPtr add_relation(ParseState& state, Oid relation, std::optional<expr::Alias> alias, bool inherit,
                              bool in_from_clause);
NamespaceItemPtr add_subquery(ParseState& state, QueryPtr query, std::optional<expr::Alias> alias, bool lateral,
                              bool in_from_clause);
struct FunctionEntry {
  std::string name;  // for the default alias and column names
  NodePtr call;
  parser::ast::List<parser::ast::Node> definition;  // the column definition list
  int location = -1;
};
NamespaceItemPtr add_functions(ParseState& state, const std::vector<FunctionEntry>& functions,
                               std::optional<expr::Alias> alias, bool with_ordinality, bool rows_from, bool lateral,
                               bool in_from_clause);
NamespaceItemPtr add_table_func(ParseState& state, expr::TableFunc function, std::optional<expr::Alias> alias,
                                bool lateral, bool in_from_clause);
NamespaceItemPtr add_values(ParseState& state, std::vector<std::vector<NodePtr>> rows, expr::ColumnTypes columns,
                            std::optional<expr::Alias> alias, bool lateral, bool in_from_clause);
NamespaceItemPtr add_cte(ParseState& state, const expr::CommonTableExpr& cte, int levels_up,
                         std::optional<expr::Alias> alias, bool in_from_clause);
struct JoinEntry {
  std::vector<std::string> names;
  std::vector<NamespaceColumn> columns;
  expr::JoinKind kind = expr::JoinKind::inner;
  int merged_columns = 0;
  std::vector<NodePtr> alias_vars;
  std::vector<int> left_columns, right_columns;
  std::optional<expr::Alias> using_alias;
  std::optional<expr::Alias> alias;
};
NamespaceItemPtr add_join(ParseState& state, JoinEntry join, bool in_from_clause);

void add_item_to_query(ParseState& state, const NamespaceItemPtr& item, bool to_join_list, bool to_relations,
                       bool to_columns);
/// Error 42712 where two items would have the same relation name: checkNameSpaceConflicts.
void check_name_conflicts(ParseState& state, const std::vector<NamespaceItemPtr>& first,
                          const std::vector<NamespaceItemPtr>& second);

struct FoundItem {
  NamespaceItemPtr item;
  int levels_up = 0;
};
/// The item that a relation name means; a null item where there is none: refnameNamespaceItem.
FoundItem find_item(ParseState& state, std::string_view schema, std::string_view name, int location);
/// A column of one item, or null: scanNSItemForColumn.
NodePtr find_column_in(ParseState& state, const NamespaceItem& item, int levels_up, std::string_view column,
                       int location);
/// A column by its bare name, or null: colNameToVar.
NodePtr find_column(ParseState& state, std::string_view column, bool local_only, int location);
NodePtr whole_row_ref(ParseState& state, const FoundItem& found, int location);

[[noreturn]] void missing_relation(ParseState& state, std::string_view schema, std::string_view name, int location);
[[noreturn]] void missing_column(ParseState& state, std::string_view relation, std::string_view column, int location);

/// The columns of an item as Vars with their names, dropped ones left out: expandNSItemVars.
struct ExpandedColumn {
  std::string name;
  NodePtr var;
};
std::vector<ExpandedColumn> expand_item(ParseState& state, const NamespaceItem& item, int levels_up, int location);
/// The columns behind a whole-row Var.
std::vector<NodePtr> expand_row_var(ParseState& state, const expr::Var& whole_row, int location);

/// The entry that a Var refers to, in this or an outer query.
expr::RangeTblEntry& entry_of(ParseState& state, int rt_index, int levels_up);
NamespaceItemPtr item_at(ParseState& state, int rt_index, int levels_up);
/// The columns of any entry with names, types and (of relations) the Catalog's columns: expandRTE.
RowShape entry_shape(const Syscache& cache, const expr::RangeTblEntry& entry, ParseState* state);

/// Whether the entry is a relation with a system column of that name.
bool is_system_column(const Syscache& cache, const expr::RangeTblEntry& entry, std::string_view name);

/// The relation that a RangeVar names; error 42P01 where there is none.
Oid open_relation(ParseState& state, parser::ast::RangeVar relation);

}  // namespace pgplumb::engine::analyze

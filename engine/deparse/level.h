#pragma once
// One level of query nesting, and the names that everything in its range table is printed by: deparse_namespace and
// deparse_columns of ruleutils.c. Aliases are chosen so that the printed query means what the tree means even where
// tables have gained, lost or renamed columns since.
#include <optional>
#include <string>
#include <vector>

#include "catalog/query_nodes.h"
#include "engine/analyze/syscache.h"

namespace pgplumb::engine::deparse {

using analyze::Syscache;
using catalog::invalid_oid;
using catalog::Oid;
namespace expr = catalog::expr;

/// The column names of one range-table entry.
struct ColumnNames {
  /// By attribute number, for the columns that the entry had when it was analysed; none for dropped ones. While USING
  /// names are handed down, none means that no name is imposed yet.
  std::vector<std::optional<std::string>> names;

  /// What the entry would have if the text were analysed now: an alias list prints these.
  struct Current {
    std::string name;
    bool added = false;  // since the analysis
  };
  std::vector<Current> current;
  bool print_aliases = false;

  std::vector<std::string> parent_using;  // names that joins above merge

  // of a join
  int left = 0, right = 0;                         // range-table indexes of its sides
  std::vector<int> left_columns, right_columns;    // attribute of the side, by the join's column; 0: not of this side
  std::vector<std::string> using_names;

  /// Makes room for at least that many columns.
  void reserve(std::size_t count) {
    if (names.size() < count) names.resize(count);
  }
};

struct Level {
  const Level* outer = nullptr;
  const std::vector<expr::RangeTblEntry>* range_table = nullptr;
  const std::vector<expr::CommonTableExpr>* ctes = nullptr;
  std::vector<std::optional<std::string>> names;  // by range-table index - 1; unnamed joins have none
  std::vector<ColumnNames> columns;               // likewise
  std::vector<std::string> unique_using_names;    // already given to merged columns that must be unique in the query
  bool unique_using = false;
  std::string returning_old = "old", returning_new = "new";
  Oid function = invalid_oid;  // of a level that stands for a function's arguments

  static std::size_t place(int rt_index) { return static_cast<std::size_t>(rt_index) - 1; }
  const expr::RangeTblEntry& entry(int rt_index) const { return (*range_table)[place(rt_index)]; }
  ColumnNames& columns_of(int rt_index) { return columns[place(rt_index)]; }
  const ColumnNames& columns_of(int rt_index) const { return columns[place(rt_index)]; }
  const std::optional<std::string>& name_of(int rt_index) const { return names[place(rt_index)]; }
  bool holds(int rt_index) const {
    return range_table && rt_index >= 1 && rt_index <= static_cast<int>(range_table->size());
  }
  /// The level that is `up` levels further out; null where there is none.
  const Level* ancestor(int up) const {
    const Level* level = this;
    for (; level && up > 0; --up) level = level->outer;
    return level;
  }
};

/// The level of a query: set_deparse_for_query. `taken` are names not to be used at this level.
Level level_of_query(const Syscache& cache, const expr::Query& query, const Level* outer,
                     const std::vector<std::string>& taken = {});

/// The level of an expression that sees the given relations, none of them joined: deparse_context_for.
Level level_of_relations(const Syscache& cache, const std::vector<expr::RangeTblEntry>& entries);

// --- Parts, one file each --------------------------------------------------------------------------------------------
/// set_rtable_names
void set_entry_names(const Syscache& cache, Level& level, const std::vector<std::string>& taken);
/// set_relation_column_names
void set_column_names(const Syscache& cache, Level& level, const expr::RangeTblEntry& entry, ColumnNames& columns);
/// set_join_column_names, after those of both sides
void set_join_column_names(Level& level, const expr::RangeTblEntry& join, ColumnNames& columns);
/// has_dangerous_join_using and set_using_names
void set_using_names(Level& level, const expr::FromExpr& join_tree);
/// make_colname_unique
std::string unique_column_name(const std::string& name, const Level& level, const ColumnNames& columns);
/// The name with "_<number>" behind it, cut so that it stays an identifier.
std::string numbered_name(const std::string& name, int number);

}  // namespace pgplumb::engine::deparse

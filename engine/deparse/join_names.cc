#include <algorithm>
#include <array>

#include "engine/deparse/level.h"

namespace pgplumb::engine::deparse {

namespace {

using expr::JoinExpr;
using expr::JoinTreeItem;

const JoinExpr* as_join(const JoinTreeItem& item) { return std::get_if<JoinExpr>(&item.value); }

int rt_index_of(const JoinTreeItem& item) {
  const JoinExpr* join = as_join(item);
  return join ? join->rt_index : std::get<expr::RangeTblRef>(item.value).rt_index;
}

// A merged column that is no plain column of either side can only be named as the join's, which has no name itself.
bool needs_unique_using(const Level& level, const JoinTreeItem& item) {
  const JoinExpr* join = as_join(item);
  if (!join) return false;
  if (!join->alias && !join->using_columns.empty()) {
    const expr::RangeTblEntry& entry = level.entry(join->rt_index);
    for (int i = 0; i < entry.merged_columns; ++i)
      if (!expr::as<expr::Var>(entry.join_alias_vars[static_cast<std::size_t>(i)])) return true;
  }
  return std::any_of(join->sides.begin(), join->sides.end(),
                     [&](const JoinTreeItem& side) { return needs_unique_using(level, side); });
}

// identify_join_columns
void find_sides(const JoinExpr& join, const expr::RangeTblEntry& entry, ColumnNames& columns) {
  columns.left = rt_index_of(join.sides[0]);
  columns.right = rt_index_of(join.sides[1]);
  std::size_t count = entry.join_alias_vars.size();
  columns.left_columns = entry.left_columns;
  columns.left_columns.resize(count);
  columns.right_columns.assign(count, 0);
  auto merged = static_cast<std::size_t>(entry.merged_columns);
  std::size_t unmerged = entry.left_columns.size();
  for (std::size_t i = 0; i < entry.right_columns.size(); ++i) {
    std::size_t place = i < merged ? i : unmerged++;
    if (place < count) columns.right_columns[place] = entry.right_columns[i];
  }
}

void impose(ColumnNames& side, int attribute, const std::string& name) {
  if (attribute <= 0) return;
  side.reserve(static_cast<std::size_t>(attribute));
  side.names[static_cast<std::size_t>(attribute) - 1] = name;
}

void impose_on_sides(Level& level, const ColumnNames& join, std::size_t column, const std::string& name) {
  impose(level.columns_of(join.left), join.left_columns[column], name);
  impose(level.columns_of(join.right), join.right_columns[column], name);
}

std::string using_name(Level& level, const expr::RangeTblEntry& entry, ColumnNames& columns, std::size_t i,
                       const std::string& written) {
  if (columns.names[i]) return *columns.names[i];
  bool aliased = entry.alias && i < entry.alias->columns.size();
  std::string name = unique_column_name(aliased ? entry.alias->columns[i] : written, level, columns);
  if (level.unique_using) level.unique_using_names.push_back(name);
  columns.names[i] = name;
  return name;
}

void set_names_below(Level& level, const JoinTreeItem& item, std::vector<std::string> parent_using) {
  const JoinExpr* join = as_join(item);
  if (!join) return;
  const expr::RangeTblEntry& entry = level.entry(join->rt_index);
  ColumnNames& columns = level.columns_of(join->rt_index);
  find_sides(*join, entry, columns);
  if (!entry.alias)
    for (std::size_t i = 0; i < columns.names.size() && i < columns.left_columns.size(); ++i)
      if (columns.names[i]) impose_on_sides(level, columns, i, *columns.names[i]);
  columns.reserve(join->using_columns.size());
  for (std::size_t i = 0; i < join->using_columns.size(); ++i) {
    std::string name = using_name(level, entry, columns, i, join->using_columns[i]);
    columns.using_names.push_back(name);
    parent_using.push_back(name);
    impose_on_sides(level, columns, i, name);
  }
  level.columns_of(columns.left).parent_using = parent_using;
  level.columns_of(columns.right).parent_using = parent_using;
  for (const JoinTreeItem& side : join->sides) set_names_below(level, side, parent_using);
}

// None for an attribute that was dropped; the last ones are then not even counted.
std::optional<std::string> side_name(const ColumnNames& side, int attribute) {
  const auto place = static_cast<std::size_t>(attribute) - 1;
  return place < side.names.size() ? side.names[place] : std::nullopt;
}

// The present name of what the join's column stands for.
std::optional<std::string> source_name(const Level& level, const expr::RangeTblEntry& entry, const ColumnNames& columns,
                                       std::size_t i) {
  if (columns.left_columns[i] > 0) return side_name(level.columns_of(columns.left), columns.left_columns[i]);
  if (columns.right_columns[i] > 0) return side_name(level.columns_of(columns.right), columns.right_columns[i]);
  return entry.eref.columns[i];
}

/// The columns of one side that no USING merges, as they would be found now.
class SideColumns {
 public:
  SideColumns(const Level& level, const expr::RangeTblEntry& entry, ColumnNames& columns, bool& changed)
      : level_(level), entry_(entry), columns_(columns), changed_(changed) {}

  void add(const ColumnNames& side, const std::vector<int>& side_columns, std::size_t merged_count, std::size_t& next) {
    std::size_t attribute = 0;
    for (const ColumnNames::Current& column : side.current) {
      if (column.added) {
        add_new(column.name);
        continue;
      }
      while (attribute < side.names.size() && !side.names[attribute]) ++attribute;
      ++attribute;
      if (is_merged(side_columns, merged_count, static_cast<int>(attribute))) continue;
      while (next < columns_.names.size() && !columns_.names[next]) ++next;
      if (next < columns_.names.size()) columns_.current.push_back({*columns_.names[next++], false});
    }
  }

 private:
  static bool is_merged(const std::vector<int>& side_columns, std::size_t merged_count, int attribute) {
    const auto end = side_columns.begin() + static_cast<std::ptrdiff_t>(merged_count);
    return std::find(side_columns.begin(), end, attribute) != end;
  }
  void add_new(const std::string& name) {
    std::string chosen = entry_.alias ? unique_column_name(name, level_, columns_) : name;
    changed_ = changed_ || chosen != name;
    columns_.current.push_back({std::move(chosen), true});
  }

  const Level& level_;
  const expr::RangeTblEntry& entry_;
  ColumnNames& columns_;
  bool& changed_;
};

}  // namespace

void set_using_names(Level& level, const expr::FromExpr& join_tree) {
  level.unique_using = std::any_of(join_tree.from.begin(), join_tree.from.end(),
                                   [&](const JoinTreeItem& item) { return needs_unique_using(level, item); });
  for (const JoinTreeItem& item : join_tree.from) set_names_below(level, item, {});
}

void set_join_column_names(Level& level, const expr::RangeTblEntry& join, ColumnNames& columns) {
  if (columns.left == 0) return;  // a join that is not in the join tree: nothing refers to it
  columns.reserve(join.eref.columns.size());
  bool changed = false;
  for (std::size_t i = columns.using_names.size(); i < join.eref.columns.size(); ++i) {
    std::optional<std::string> source = source_name(level, join, columns, i);
    if (!source || !join.alias) {
      columns.names[i] = source;
      continue;
    }
    if (!columns.names[i]) {
      bool aliased = i < join.alias->columns.size();
      columns.names[i] = unique_column_name(aliased ? join.alias->columns[i] : *source, level, columns);
    }
    changed = changed || *columns.names[i] != *source;
  }
  std::size_t next = 0;
  while (next < columns.left_columns.size() && columns.left_columns[next] != 0 && columns.right_columns[next] != 0) {
    columns.current.push_back({columns.names[next].value_or(""), false});
    ++next;
  }
  std::size_t merged = next;
  SideColumns sides(level, join, columns, changed);
  sides.add(level.columns_of(columns.left), columns.left_columns, merged, next);
  sides.add(level.columns_of(columns.right), columns.right_columns, merged, next);
  columns.print_aliases = join.alias && changed;
}

}  // namespace pgplumb::engine::deparse

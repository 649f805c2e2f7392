#include <algorithm>

#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/deparse/level.h"

namespace pgplumb::engine::deparse {

namespace {

using RealNames = std::vector<std::optional<std::string>>;

RealNames relation_columns(const Syscache& cache, Oid relation) {
  RealNames names;
  for (const analyze::ColumnRow& column : cache.columns(relation))
    names.push_back(column.dropped ? std::nullopt : std::optional(std::string(column.name)));
  return names;
}

// Columns that a composite result type has lost since have no name any more.
void drop_lost_columns(const Syscache& cache, const expr::RangeTblEntry& entry, RealNames& names) {
  std::size_t first = 0;
  for (const expr::RangeTblFunction& function : entry.functions) {
    auto count = static_cast<std::size_t>(function.column_count);
    Oid relation = function.call ? analyze::type_or_domain_relation(cache, expr::type_of(*function.call)) : invalid_oid;
    if (relation != invalid_oid) {
      const auto& columns = cache.columns(relation);
      for (std::size_t i = 0; i < count && i < columns.size() && first + i < names.size(); ++i)
        if (columns[i].dropped) names[first + i].reset();
    }
    first += count;
  }
}

RealNames real_columns(const Syscache& cache, const expr::RangeTblEntry& entry) {
  if (entry.kind == expr::RteKind::relation) return relation_columns(cache, entry.relation);
  RealNames names;
  for (const std::string& name : entry.eref.columns)
    names.push_back(name.empty() ? std::nullopt : std::optional(name));
  if (entry.kind == expr::RteKind::function) drop_lost_columns(cache, entry, names);
  return names;
}

bool prints_aliases(const expr::RangeTblEntry& entry, bool changed) {
  switch (entry.kind) {
    case expr::RteKind::relation: return changed;
    case expr::RteKind::function: return true;
    case expr::RteKind::table_func: return false;
    default: return (entry.alias && !entry.alias->columns.empty()) || changed;
  }
}

bool among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_unique(const std::string& name, const Level& level, const ColumnNames& columns) {
  for (const auto& other : columns.names)
    if (other == name) return false;
  for (const ColumnNames::Current& other : columns.current)
    if (other.name == name) return false;
  return !among(level.unique_using_names, name) && !among(columns.parent_using, name);
}

}  // namespace

std::string unique_column_name(const std::string& name, const Level& level, const ColumnNames& columns) {
  if (is_unique(name, level, columns)) return name;
  for (int number = 1;; ++number) {
    std::string candidate = numbered_name(name, number);
    if (is_unique(candidate, level, columns)) return candidate;
  }
}

namespace {

// A relation's own names are unique already; nearly always they are all that is needed.
bool take_as_they_are(const Level& level, const expr::RangeTblEntry& entry, const RealNames& real,
                      ColumnNames& columns) {
  const bool aliased = entry.alias && !entry.alias->columns.empty();
  if (entry.kind != expr::RteKind::relation || aliased || !columns.names.empty() || !columns.parent_using.empty() ||
      !level.unique_using_names.empty())
    return false;
  for (std::size_t i = 0; i < real.size(); ++i)
    if (real[i]) columns.current.push_back({*real[i], i >= entry.eref.columns.size()});
  columns.names = real;
  return true;
}

}  // namespace

void set_column_names(const Syscache& cache, Level& level, const expr::RangeTblEntry& entry, ColumnNames& columns) {
  RealNames real = real_columns(cache, entry);
  if (take_as_they_are(level, entry, real, columns)) return;
  columns.reserve(real.size());
  std::vector<ColumnNames::Current> current;
  bool changed = false;
  for (std::size_t i = 0; i < real.size(); ++i) {
    if (!real[i]) continue;
    if (!columns.names[i]) {
      bool aliased = entry.alias && i < entry.alias->columns.size();
      columns.names[i] = unique_column_name(aliased ? entry.alias->columns[i] : *real[i], level, columns);
    }
    current.push_back({*columns.names[i], i >= entry.eref.columns.size()});
    changed = changed || *columns.names[i] != *real[i];
  }
  columns.current = std::move(current);
  columns.print_aliases = prints_aliases(entry, changed);
}

}  // namespace pgplumb::engine::deparse

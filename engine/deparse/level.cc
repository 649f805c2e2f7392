#include "engine/deparse/level.h"

#include <unordered_map>

#include "catalog/base/name.h"

namespace pgplumb::engine::deparse {

std::string numbered_name(const std::string& name, int number) {
  std::string suffix = "_" + std::to_string(number);
  return std::string(catalog::clip_utf8(name, catalog::max_identifier_length - suffix.size())) + suffix;
}

namespace {

std::optional<std::string> preferred_name(const Syscache& cache, const expr::RangeTblEntry& entry) {
  if (entry.alias) return entry.alias->name;
  if (entry.kind == expr::RteKind::join) return std::nullopt;
  if (entry.kind != expr::RteKind::relation) return entry.eref.name;
  const analyze::RelationRow* relation = cache.relation(entry.relation);
  return relation ? std::string(relation->name) : entry.eref.name;
}

/// Names in use, each with the last number that was tried behind it.
using NameCounters = std::unordered_map<std::string, int>;

std::string take_unique(NameCounters& counters, const std::string& name) {
  auto [place, fresh] = counters.emplace(name, 0);
  if (fresh) return name;
  for (int number = place->second;;) {
    std::string candidate = numbered_name(name, ++number);
    if (!counters.emplace(candidate, 0).second) continue;
    counters[name] = number;
    return candidate;
  }
}

}  // namespace

void set_entry_names(const Syscache& cache, Level& level, const std::vector<std::string>& taken) {
  NameCounters counters;
  for (const std::string& name : taken) counters.emplace(name, 0);
  for (const Level* outer = level.outer; outer; outer = outer->outer)
    for (const auto& name : outer->names)
      if (name) counters.emplace(*name, 0);
  for (const expr::RangeTblEntry& entry : *level.range_table) {
    std::optional<std::string> name = preferred_name(cache, entry);
    level.names.push_back(name ? std::optional(take_unique(counters, *name)) : std::nullopt);
  }
}

Level level_of_query(const Syscache& cache, const expr::Query& query, const Level* outer,
                     const std::vector<std::string>& taken) {
  Level level;
  level.outer = outer;
  level.range_table = &query.range_table;
  level.ctes = &query.ctes;
  if (!query.returning_old_alias.empty()) level.returning_old = query.returning_old_alias;
  if (!query.returning_new_alias.empty()) level.returning_new = query.returning_new_alias;
  set_entry_names(cache, level, taken);
  for (const std::string& name : taken) level.names.emplace_back(name);
  level.columns.resize(query.range_table.size());
  set_using_names(level, query.join_tree);
  // A join comes after its sides in the range table.
  for (std::size_t i = 0; i < query.range_table.size(); ++i) {
    const expr::RangeTblEntry& entry = query.range_table[i];
    if (entry.kind == expr::RteKind::join)
      set_join_column_names(level, entry, level.columns[i]);
    else
      set_column_names(cache, level, entry, level.columns[i]);
  }
  return level;
}

Level level_of_relations(const Syscache& cache, const std::vector<expr::RangeTblEntry>& entries) {
  Level level;
  level.range_table = &entries;
  set_entry_names(cache, level, {});
  level.columns.resize(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) set_column_names(cache, level, entries[i], level.columns[i]);
  return level;
}

}  // namespace pgplumb::engine::deparse

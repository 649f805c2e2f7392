// What GROUP BY allows in the rest of the query: parseCheckAggregates of parse_agg.c.
#include <fmt/format.h>

#include <algorithm>

#include "catalog/expr_walk.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_agg.h"
#include "engine/analyze/parse_relation.h"

namespace pgplumb::engine::analyze {

using expr::as;
using expr::make;

namespace {

/// What each grouping set keeps grouped: the refs that all sets have in common.
std::vector<std::vector<std::uint32_t>> expand_set(const expr::GroupingSet& set);

std::vector<std::uint32_t> united(std::vector<std::uint32_t> a, const std::vector<std::uint32_t>& b) {
  for (std::uint32_t ref : b) {
    if (std::find(a.begin(), a.end(), ref) == a.end()) a.push_back(ref);
  }
  return a;
}

// The smallest expansions tell which refs are in every set; larger ones need not be listed.
std::vector<std::vector<std::uint32_t>> expand_set(const expr::GroupingSet& set) {
  switch (set.kind) {
    case expr::GroupingSetKind::simple: return {set.refs};
    case expr::GroupingSetKind::rollup:
    case expr::GroupingSetKind::cube:
    case expr::GroupingSetKind::empty: return {{}};
    case expr::GroupingSetKind::sets: break;
  }
  std::vector<std::vector<std::uint32_t>> all;
  for (const expr::GroupingSet& inner : set.content) {
    for (auto& refs : expand_set(inner)) all.push_back(std::move(refs));
  }
  return all;
}

std::vector<std::uint32_t> common_refs(const expr::Query& query) {
  std::vector<std::uint32_t> common;
  if (query.grouping_sets.empty()) {
    for (const expr::SortGroupClause& clause : query.group) common.push_back(clause.sort_group_ref);
    return common;
  }
  for (const expr::GroupingSet& set : query.grouping_sets) {
    std::vector<std::uint32_t> of_set;
    bool first = true;
    for (const auto& refs : expand_set(set)) {
      if (first) of_set = refs;
      std::erase_if(of_set, [&](std::uint32_t r) { return std::find(refs.begin(), refs.end(), r) == refs.end(); });
      first = false;
    }
    common = united(std::move(common), of_set);
  }
  return common;
}

/// Join columns replaced by what they stand for: flatten_join_alias_vars.
class Flattener {
 public:
  explicit Flattener(const std::deque<expr::RangeTblEntry>& entries) : entries_(entries) {}

  NodePtr node(const NodePtr& part, int depth) {
    const auto* var = as<expr::Var>(part);
    if (var && var->levels_up == depth && var->attribute > 0) {
      const expr::RangeTblEntry& entry = entries_[static_cast<std::size_t>(var->rt_index) - 1];
      if (entry.kind == expr::RteKind::join) return inner(*var, entry, depth);
    }
    return expr::map_parts(part, {[&](const NodePtr& child) { return node(child, depth); },
                                  [&](const QueryPtr& child) { return query(child, depth + 1); }});
  }

 private:
  QueryPtr query(const QueryPtr& part, int depth) {
    return expr::map_parts(part, {[&](const NodePtr& child) { return node(child, depth); },
                                  [&](const QueryPtr& child) { return query(child, depth + 1); }});
  }
  NodePtr inner(const expr::Var& var, const expr::RangeTblEntry& entry, int depth) {
    NodePtr alias = entry.join_alias_vars[static_cast<std::size_t>(var.attribute) - 1];
    return node(raise_levels(alias, depth), depth);
  }
  static NodePtr raise_levels(const NodePtr& part, int by) {
    if (by == 0 || !part) return part;
    if (const auto* var = as<expr::Var>(part)) {
      expr::Var copy = *var;
      copy.levels_up += by;
      return make(std::move(copy), part->location);
    }
    return expr::map_parts(part, {[by](const NodePtr& child) { return raise_levels(child, by); }, {}});
  }

  const std::deque<expr::RangeTblEntry>& entries_;
};

class GroupingCheck {
 public:
  GroupingCheck(ParseState& state, expr::Query& query) : state_(state), query_(query), flattener_(state.range_table) {
    has_joins_ = std::any_of(state.range_table.begin(), state.range_table.end(),
                             [](const auto& entry) { return entry.kind == expr::RteKind::join; });
    std::vector<std::uint32_t> common = common_refs(query);
    for (const expr::SortGroupClause& clause : query.group) {
      const NodePtr& grouped = target(clause.sort_group_ref).expr;
      all_.push_back({flattened(grouped), clause.sort_group_ref});
      if (std::find(common.begin(), common.end(), clause.sort_group_ref) != common.end()) {
        common_.push_back(all_.back().first);
      }
    }
  }

  void run() {
    for (expr::TargetEntry& entry : query_.targets) entry.expr = check_clause(entry.expr);
    query_.having = check_clause(query_.having);
  }

 private:
  const expr::TargetEntry& target(std::uint32_t ref) const {
    return *std::find_if(query_.targets.begin(), query_.targets.end(),
                         [ref](const expr::TargetEntry& entry) { return entry.sort_group_ref == ref; });
  }
  NodePtr flattened(const NodePtr& node) { return has_joins_ ? flattener_.node(node, 0) : node; }

  NodePtr check_clause(const NodePtr& clause) {
    if (!clause) return clause;
    NodePtr result = number_groupings(clause, 0);
    check(flattened(result), 0);
    return result;
  }

  // GROUPING's arguments must be grouping expressions; each is noted by its ref.
  NodePtr number_groupings(const NodePtr& node, int depth) {
    const auto* grouping = as<expr::GroupingFunc>(node);
    if (!grouping || grouping->levels_up != depth) {
      return expr::map_parts(node, {[&](const NodePtr& part) { return number_groupings(part, depth); },
                                    [&](const QueryPtr& part) { return number_in_query(part, depth + 1); }});
    }
    expr::GroupingFunc copy = *grouping;
    copy.refs.clear();
    for (const NodePtr& arg : grouping->args) copy.refs.push_back(ref_of(arg));
    return make(std::move(copy), node->location);
  }
  QueryPtr number_in_query(const QueryPtr& query, int depth) {
    return expr::map_parts(query, {[&](const NodePtr& part) { return number_groupings(part, depth); },
                                   [&](const QueryPtr& part) { return number_in_query(part, depth + 1); }});
  }
  std::uint32_t ref_of(const NodePtr& arg) {
    NodePtr wanted = flattened(arg);
    for (const auto& [grouped, ref] : all_) {
      if (grouped == wanted) return ref;
    }
    fail(errcode::grouping_error,
         "arguments to GROUPING must be grouping expressions of the associated query level", location_of(arg));
  }

  void check(const NodePtr& node, int depth) {
    if (!node || node->is<expr::Const>() || node->is<expr::Param>()) return;
    if (const auto* aggregate = node->as<expr::Aggref>()) {
      // Within its own aggregate a column is free; direct arguments are not.
      if (aggregate->levels_up == depth) {
        for (const NodePtr& arg : aggregate->direct_args) check(arg, depth);
        return;
      }
      if (aggregate->levels_up > depth) return;
    }
    if (const auto* grouping = node->as<expr::GroupingFunc>(); grouping && grouping->levels_up >= depth) return;
    if (depth == 0 && is_grouped(node)) return;
    if (const auto* var = node->as<expr::Var>()) return check_var(node, *var, depth);
    expr::walk(*node, {[&](const NodePtr& part) { check(part, depth); },
                       [&](const QueryPtr& part) { check_query(*part, depth + 1); }});
  }
  void check_query(const expr::Query& query, int depth) {
    expr::walk(query, {[&](const NodePtr& part) { check(part, depth); },
                       [&](const QueryPtr& part) { check_query(*part, depth + 1); }});
  }

  bool is_grouped(const NodePtr& node) const {
    return std::any_of(all_.begin(), all_.end(), [&](const auto& group) { return group.first == node; });
  }

  static bool is_column(const NodePtr& group, const expr::Var& var) {
    const auto* grouped = as<expr::Var>(group);
    return grouped && grouped->rt_index == var.rt_index && grouped->attribute == var.attribute &&
           grouped->levels_up == 0;
  }
  bool is_grouped_var(const expr::Var& var) const {
    return std::any_of(all_.begin(), all_.end(), [&](const auto& group) { return is_column(group.first, var); });
  }

  void check_var(const NodePtr& node, const expr::Var& var, int depth) {
    if (var.levels_up != depth || is_grouped_var(var)) return;
    const expr::RangeTblEntry& entry = state_.range_table[static_cast<std::size_t>(var.rt_index) - 1];
    if (entry.kind == expr::RteKind::relation && depends_on_primary_key(var, entry.relation)) return;
    std::string column = column_name(entry, var.attribute);
    fail(errcode::grouping_error,
         depth == 0 ? fmt::format("column \"{}.{}\" must appear in the GROUP BY clause or be used in an aggregate function",
                                  entry.eref.name, column)
                    : fmt::format("subquery uses ungrouped column \"{}.{}\" from outer query", entry.eref.name, column),
         node->location);
  }

  static std::string column_name(const expr::RangeTblEntry& entry, int attribute) {
    if (attribute == 0) return "*";
    auto at = static_cast<std::size_t>(attribute) - 1;
    return at < entry.eref.columns.size() ? entry.eref.columns[at] : "";
  }

  // All of a primary key in GROUP BY groups the whole row: check_functional_grouping.
  bool depends_on_primary_key(const expr::Var& var, Oid relation) {
    auto key = state_.cache.primary_key(relation);
    if (!key || key->columns.empty()) return false;
    bool whole_key = std::all_of(key->columns.begin(), key->columns.end(), [&](int column) {
      expr::Var part = var;
      part.attribute = column;
      return std::any_of(common_.begin(), common_.end(), [&](const NodePtr& group) { return is_column(group, part); });
    });
    if (!whole_key) return false;
    auto& dependencies = query_.constraint_dependencies;
    if (std::find(dependencies.begin(), dependencies.end(), key->constraint) == dependencies.end()) {
      dependencies.push_back(key->constraint);
    }
    return true;
  }

  ParseState& state_;
  expr::Query& query_;
  Flattener flattener_;
  bool has_joins_ = false;
  std::vector<std::pair<NodePtr, std::uint32_t>> all_;  // grouping expressions with their refs
  std::vector<NodePtr> common_;                         // those that every grouping set has
};

}  // namespace

void check_aggregates(ParseState& state, expr::Query& query) { GroupingCheck(state, query).run(); }

}  // namespace pgplumb::engine::analyze

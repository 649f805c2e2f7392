// ORDER BY.
#include "catalog/base/diagnostic.h"
#include "engine/evaluate/aggregate.h"
#include "engine/evaluate/calls.h"
#include "engine/evaluate/compare.h"

namespace pgplumb::engine::evaluate {

namespace {

int compare_nullable(const analyze::Syscache& cache, const SortKey& key, const Value& left, const Value& right) {
  for (const Value* side : {&left, &right})
    if (side->is_unknown()) throw NotSimulated("an order by " + side->text);
  if (left.is_null() || right.is_null()) {
    if (left.is_null() && right.is_null()) return 0;
    return left.is_null() == key.nulls_first ? -1 : 1;
  }
  const int order = compare(cache, left, right);
  return key.descending ? -order : order;
}

}  // namespace

std::vector<SortKey> sort_keys(const analyze::Syscache& cache, const std::vector<expr::SortGroupClause>& clauses,
                               const std::vector<expr::TargetEntry>& targets) {
  std::vector<SortKey> keys;
  for (const expr::SortGroupClause& clause : clauses)
    for (std::size_t i = 0; i < targets.size(); ++i)
      if (targets[i].sort_group_ref == clause.sort_group_ref)
        keys.push_back({i, comparison_strategy(cache, clause.sort_op) == 5, clause.nulls_first});
  return keys;
}

int compare_rows(const analyze::Syscache& cache, const std::vector<SortKey>& keys, const Values& left,
                 const Values& right) {
  for (const SortKey& key : keys)
    if (const int order = compare_nullable(cache, key, left[key.column], right[key.column])) return order;
  return 0;
}

}  // namespace pgplumb::engine::evaluate

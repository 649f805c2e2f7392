#pragma once
// Aggregates over the rows of a group: nodeAgg.c.
#include "engine/evaluate/executor.h"

namespace pgplumb::engine::evaluate {

/// The rows that one Aggref has seen, and its value at the end.
class Accumulator {
 public:
  explicit Accumulator(const expr::Aggref& call) : call_(&call) {}
  /// One more row, as the frame stands.
  void add(Executor& executor, Frame& frame);
  Value value(Executor& executor) const;

 private:
  std::vector<const Values*> inputs(Executor& executor) const;
  const expr::Aggref* call_;
  Rows rows_;
};

/// Whether the first stands before the second in an ORDER BY; `keys` are the places of the sorted columns.
struct SortKey {
  std::size_t column = 0;
  bool descending = false;
  bool nulls_first = false;
};
std::vector<SortKey> sort_keys(const analyze::Syscache& cache, const std::vector<expr::SortGroupClause>& clauses,
                               const std::vector<expr::TargetEntry>& targets);
int compare_rows(const analyze::Syscache& cache, const std::vector<SortKey>& keys, const Values& left,
                 const Values& right);

}  // namespace pgplumb::engine::evaluate

#pragma once
// One query level at work: which rows its range table stands at, and what it has computed.
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/expr_nodes.h"
#include "catalog/query_nodes.h"
#include "engine/evaluate/relation.h"

namespace pgplumb::engine::evaluate {

namespace expr = catalog::expr;

struct Frame;
struct JoinPlan;  // join.h

/// One range-table entry's present row.
struct Slot {
  RelationPtr relation;
  std::size_t row = 0;
  bool null_row = false;          // an outer join found no partner
  std::unique_ptr<Frame> nested;  // a subquery that is computed as part of its parent: its outputs are expressions
};

/// A subquery within an expression.
struct SubLinkState {
  std::unique_ptr<Frame> frame;
  bool correlated = false;
  std::optional<std::vector<std::vector<Value>>> rows;  // of one that is not correlated
};

struct Frame {
  Frame(const expr::Query& level, Frame* around);
  ~Frame();
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  const expr::Query& query;
  Frame* outer;
  std::vector<Slot> slots;  // range_table[i]'s
  std::unique_ptr<JoinPlan> plan;
  std::unordered_map<const expr::SubLink*, SubLinkState> sublinks;
  std::unordered_map<const void*, RelationPtr>
      relations;                                    // of subqueries and WITH items that are the same for all rows
  std::unordered_map<const void*, Value> computed;  // aggregates and set-returning calls, by node

  Slot& slot(int rt_index) { return slots[static_cast<std::size_t>(rt_index - 1)]; }
  const expr::RangeTblEntry& entry(int rt_index) const {
    return query.range_table[static_cast<std::size_t>(rt_index - 1)];
  }
};

}  // namespace pgplumb::engine::evaluate

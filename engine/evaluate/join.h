#pragma once
// FROM and WHERE as nested loops: which range-table entry is read in which order, where each part of the condition is
// tested, and which equalities find rows without looking at all of them. A small planner and executor in one.
#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "engine/evaluate/executor.h"

namespace pgplumb::engine::evaluate {

/// Entries that rows are read from, those of nested subqueries included.
using SlotSet = std::set<const Slot*>;

/// One AND-ed part of a condition, in the query level that it was written in.
struct Conjunct {
  NodePtr condition;
  Frame* frame = nullptr;
  SlotSet needs;
};

/// `attribute = value`, where the value can be computed before the entry is read.
struct Key {
  int attribute = 0;
  NodePtr value;
  Frame* frame = nullptr;
};

/// What one loop reads: an entry, or an outer join, which is every row of `left` with NULLs where `right` has no
/// partner.
struct Step {
  Frame* frame = nullptr;
  int rt_index = 0;
  std::unique_ptr<JoinPlan> left, right;
  bool full = false;  // every row of `right` too
  std::vector<Conjunct> filters;
  std::vector<Key> keys;
};

struct JoinPlan {
  std::vector<Conjunct> preconditions;  // need no row of the plan
  std::vector<Step> steps;
  std::vector<Slot*> slots;  // all that stand for its rows
};

/// The plan of the query's FROM and WHERE.
std::unique_ptr<JoinPlan> make_join_plan(Executor& executor, Frame& frame);

/// Calls `found` for each combination of rows that meets the condition, until it returns false. NotSimulated where a
/// row's fate depends on what is not known.
void for_each_row(Executor& executor, Frame& frame, const std::function<bool()>& found);

}  // namespace pgplumb::engine::evaluate

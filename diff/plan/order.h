#pragma once
// The order of actions: whatever must come first comes first, and ties go by the actions' keys.
#include "diff/plan/actions.h"

namespace pgplumb::diff {

/// The indexes of the actions in order. What lies on a cycle, or behind one, is left out.
std::vector<std::size_t> order_actions(const std::vector<Action>& actions);

/// The cycles: groups of actions that wait for one another.
std::vector<std::vector<std::size_t>> cycles_of(const std::vector<Action>& actions);

}  // namespace pgplumb::diff

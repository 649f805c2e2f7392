#pragma once
// The queries behind range-table entries.
#include "engine/evaluate/executor.h"

namespace pgplumb::engine::evaluate {

/// The query that the entry stands for: its subquery, or the view's that it names; null for what is no query.
/// NotSimulated where the view's definition is not understood.
const expr::Query* subquery_of(Executor& executor, const expr::RangeTblEntry& entry);

}  // namespace pgplumb::engine::evaluate

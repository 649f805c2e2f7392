#pragma once
// Questions about finished expressions that need no catalog: parts of PostgreSQL's nodes/nodeFuncs.c.
#include "catalog/expr_nodes.h"

namespace pgplumb::engine::analyze {

/// Whether evaluation may give several rows: expression_returns_set.
bool expression_returns_set(const catalog::expr::NodePtr& node);
/// location_of, for a handle that may be null: exprLocation.
int location_of(const catalog::expr::NodePtr& node);
/// The leftmost of several: exprLocation of a List.
int location_of(const std::vector<catalog::expr::NodePtr>& nodes);

}  // namespace pgplumb::engine::analyze

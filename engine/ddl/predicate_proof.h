#pragma once
// Whether one condition follows from others: predicate_implied_by of optimizer/util/predtest.c, for conditions that no
// row may fail rather than that all rows meet (its weak implication, as constraints are compared).
#include <vector>

#include "engine/ddl/expressions.h"

namespace pgplumb::engine::ddl {

/// Whether what is not false by the facts together is not false by the predicate either. Throws NotSimulated where that
/// depends on an order of values that is not known here.
bool implied_by(Interpreter& interpreter, const NodePtr& predicate, const std::vector<NodePtr>& facts);

}  // namespace pgplumb::engine::ddl

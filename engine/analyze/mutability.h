#pragma once
// What may not stand in an index or a generation expression, and what can be folded to a constant: parts of PostgreSQL's
// optimizer/util/clauses.c.
#include "engine/analyze/parse_state.h"

namespace pgplumb::engine::analyze {

/// Whether the tree calls anything that is not immutable: contain_mutable_functions.
bool contains_mutable_functions(const Syscache& cache, const NodePtr& node);

/// The constant that a coercion of a constant gives, where it can be told without running the server's code: length
/// coercions that change nothing, and relabellings. Any other tree comes back as it is.
NodePtr fold_constant(ParseState& state, const NodePtr& node);

}  // namespace pgplumb::engine::analyze

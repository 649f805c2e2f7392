#pragma once
// EXTRACT as PostgreSQL 13 knew it: one of the rules in engine/equivalences.def.
#include "catalog/expr_nodes.h"
#include "engine/analyze/syscache.h"

namespace pgplumb::engine {

/// extract(…), which is numeric, as date_part(…), which is double precision; and the operator or cast around it, whose
/// parts are rewritten already, as that takes it.
catalog::expr::NodePtr as_date_part(const analyze::Syscache& cache, const catalog::expr::NodePtr& node);

}  // namespace pgplumb::engine

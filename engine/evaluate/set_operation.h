#pragma once
// UNION, INTERSECT, EXCEPT, and records made of rows.
#include "engine/evaluate/executor.h"

namespace pgplumb::engine::evaluate {

/// The rows of the query's set operation, before ORDER BY.
Rows set_operation_rows(Executor& executor, const expr::Query& query, Frame& frame);

/// The row as one value of a row type.
Value record_value(Oid type, const Values& row);

}  // namespace pgplumb::engine::evaluate

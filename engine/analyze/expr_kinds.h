#pragma once
// What may stand in which kind of expression, and how messages call that place: the switches over ParseExprKind in
// PostgreSQL's parse_func.c, parse_agg.c and parse_expr.c, as one table.
#include "engine/analyze/parse_state.h"

namespace pgplumb::engine::analyze {

/// ParseExprKindName
const char* expr_kind_name(ExprKind kind);

/// Error 42803 where an aggregate or a GROUPING is not allowed.
void check_aggregate_allowed(ExprKind kind, bool is_aggregate, int location);
/// Error 42P20 where a window function is not allowed.
void check_window_function_allowed(ExprKind kind, int location);
/// Error 0A000 where a subquery is not allowed.
void check_sublink_allowed(ExprKind kind, int location);
/// Error 0A000 where a column reference is not allowed.
void check_column_ref_allowed(ExprKind kind, int location);
/// Error 0A000 where a set-returning function is not allowed; else notes that the target list has one.
void check_srf_call_placement(ParseState& state, const NodePtr& last_srf, int location);

}  // namespace pgplumb::engine::analyze

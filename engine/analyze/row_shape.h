#pragma once
// The columns of composite values, record-returning functions included: PostgreSQL's funcapi.c (get_expr_result_tupdesc)
// and expandRecordVariable.
#include <optional>
#include <string_view>
#include <vector>

#include "engine/analyze/parse_state.h"

namespace pgplumb::engine::analyze {

using RowShape = std::vector<ColumnRow>;

/// Columns of a value of composite type, domains looked through; nothing for other types and for anonymous records.
std::optional<RowShape> type_row_shape(const Syscache& cache, Oid type);
/// Columns of an expression's value; an anonymous record's where they can be told.
std::optional<RowShape> expr_row_shape(ParseState& state, const NodePtr& node);
/// Columns of a function's result from its OUT parameters or RETURNS TABLE; nothing where it has none of these.
std::optional<RowShape> function_out_shape(const Syscache& cache, const expr::FuncExpr& call);

/// composite.column, or null: ParseComplexProjection.
NodePtr parse_complex_projection(ParseState& state, std::string_view column, const NodePtr& composite, int location);

}  // namespace pgplumb::engine::analyze

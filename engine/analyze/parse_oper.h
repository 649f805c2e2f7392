#pragma once
// Operators: PostgreSQL's parser/parse_oper.c.
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyze/parse_state.h"

namespace pgplumb::engine::analyze {

/// An operator's name as written, perhaps with a schema.
struct OperatorName {
  std::string_view schema;
  std::string_view name;
  std::string to_string() const;
};

/// The operator for these operand types; left is 0 for a prefix operator. Errors 42883 and 42725, or, with `no_error`,
/// null.
const OperatorRow* find_operator(const Syscache& cache, OperatorName name, Oid left, Oid right, bool no_error,
                                 int location);
/// Binary-compatible with exactly these types, without asking for coercions: compatible_oper.
const OperatorRow* compatible_operator(const Syscache& cache, OperatorName name, Oid left, Oid right, bool no_error,
                                       int location);
/// The operator of exactly these types along search_path: OpernameGetOprid.
Oid operator_exact(const Syscache& cache, OperatorName name, Oid left, Oid right);

/// The call with its operands coerced; `left` is null for a prefix operator. `last_srf` is the set-returning function
/// that was last seen before the operands.
NodePtr make_op(ParseState& state, OperatorName name, NodePtr left, NodePtr right, const NodePtr& last_srf,
                int location);
/// scalar op ANY | ALL (array)
NodePtr make_scalar_array_op(ParseState& state, OperatorName name, bool use_or, NodePtr left, NodePtr right,
                             int location);

}  // namespace pgplumb::engine::analyze

#pragma once
// Values on their way into columns, and into parts of columns: transformAssignedExpr and transformAssignmentIndirection of
// PostgreSQL's parse_target.c.
#include <string_view>

#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// The value as the column `attribute` of state.target takes it. `indirection` is what was written behind the column.
NodePtr transform_assigned_expr(ParseState& state, NodePtr value, std::string_view column_name, int attribute,
                                ast::List<ast::Node> indirection, int location);

}  // namespace pgplumb::engine::analyze

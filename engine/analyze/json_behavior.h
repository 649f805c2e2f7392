#pragma once
// ON EMPTY and ON ERROR of SQL/JSON functions: transformJsonBehavior.
#include <string_view>

#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// Errors where the function, or the column of JSON_TABLE, does not know the behaviour.
void check_json_behavior(expr::JsonExprOp op, std::string_view column, ast::JsonBehavior behavior, std::string_view clause);

/// The behaviour as what is returned, by default `usual`.
expr::JsonBehavior transform_json_behavior(ParseState& state, ast::JsonBehavior behavior, expr::JsonBehaviorKind usual,
                                           const expr::JsonReturning& returning);

}  // namespace pgplumb::engine::analyze

#pragma once
// What SQL asks of the session without a function's parentheses: CURRENT_USER, CURRENT_TIMESTAMP ….
#include "engine/evaluate/evaluate.h"

namespace pgplumb::engine::evaluate {

/// The value as the session and its clock stand, as the type that the node has.
Value session_value(Interpreter& interpreter, expr::SqlValueOp op, TypeRef type);

/// The schema that new objects are made in; nothing where search_path names none that is there.
std::string current_schema(const Interpreter& interpreter);

}  // namespace pgplumb::engine::evaluate

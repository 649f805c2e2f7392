#pragma once
// Statements about rows, within others.
#include "engine/interpreter.h"
#include "parser/ast/ast_fwd.h"

namespace pgplumb::engine::ddl {

/// For statements that change no schema themselves: throws NotSimulated where what PREPARE, DECLARE or EXPLAIN ANALYZE holds
/// may.
void refuse_effects_within(Interpreter& interpreter, parser::ast::Node statement);

}  // namespace pgplumb::engine::ddl

#pragma once
// Statements about rows, within others.
#include "engine/interpreter.h"
#include "parser/ast/ast_fwd.h"

namespace pgplumb::engine::ddl {

/// For statements that change no schema themselves: throws NotSimulated where what EXPLAIN ANALYZE holds may.
void refuse_effects_within(Interpreter& interpreter, parser::ast::Node statement);
/// Throws NotSimulated where the statement, which reads or changes rows, may change the schema by what it calls.
void refuse_row_effects(Interpreter& interpreter, const parser::ast::View& statement);

}  // namespace pgplumb::engine::ddl

#pragma once
// What the WHERE of a published table may hold: check_simple_rowfilter_expr of commands/publicationcmds.c.
#include "catalog/expr.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Throws 0A000 for what is not built in, or not immutable, or more than a simple expression.
void check_row_filter(const Interpreter& interpreter, const catalog::Expr& filter);

}  // namespace pgplumb::engine::ddl

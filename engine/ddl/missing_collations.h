#pragma once
// Generated columns: the server computes what is constant of their expressions before it has found out which collations
// apply, so that every function which needs one fails (cookDefault of catalog/heap.c).
#include "catalog/expr_nodes.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Throws 42P22 where the constant expression calls such a function.
void refuse_missing_collations(const Interpreter& interpreter, const catalog::expr::NodePtr& constant);

}  // namespace pgplumb::engine::ddl

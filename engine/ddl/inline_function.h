#pragma once
// SQL functions that the planner replaces by their body: inline_function of optimizer/util/clauses.c. Whoever asks how
// volatile an expression is asks after that.
#include "catalog/expr_nodes.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// The expression that stands for a call of the function, over its parameters; null where the call stays.
catalog::expr::NodePtr inlined_body(const Interpreter& interpreter, Oid function);

}  // namespace pgplumb::engine::ddl

#pragma once
// What the planner computes before an expression runs for the first time: eval_const_expressions of optimizer/util/clauses.c.
#include "catalog/expr_nodes.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Whether collations have been found out before.
enum class Collations : bool { missing, known };

/// Computes the parts of the expression that read nothing and are the same always, and throws what they throw. A part that
/// calls a function which isn't known here passes: it works, or the migration would never have been written.
void compute_constant_parts(Interpreter& interpreter, const catalog::expr::NodePtr& expression,
                            Collations collations = Collations::known);

}  // namespace pgplumb::engine::ddl

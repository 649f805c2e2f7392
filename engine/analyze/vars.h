#pragma once
// Vars within trees: PostgreSQL's optimizer/util/var.c.
#include "catalog/expr_nodes.h"

namespace pgplumb::engine::analyze {

/// Whether the tree has a Var, or a value of an aggregate, of the query that is `level` levels out.
bool contains_vars_of_level(const catalog::expr::NodePtr& node, int level);
bool contains_vars_of_level(const catalog::expr::QueryPtr& query, int level);
/// The location of the first such Var, -1 where there is none.
int location_of_var(const catalog::expr::NodePtr& node, int level);

}  // namespace pgplumb::engine::analyze

#pragma once
// Calls with all their arguments by position: expand_function_arguments of optimizer/util/clauses.c, for the functions
// that the Catalog holds.
#include "catalog/catalog.h"
#include "catalog/expr_nodes.h"

namespace pgplumb::engine::plpgsql {

/// The tree with named arguments put in their places and missing ones replaced by their defaults.
catalog::expr::QueryPtr expand_arguments(const catalog::Catalog& catalog, const catalog::expr::QueryPtr& query);
catalog::expr::NodePtr expand_arguments(const catalog::Catalog& catalog, const catalog::expr::NodePtr& node);

}  // namespace pgplumb::engine::plpgsql

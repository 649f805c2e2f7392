#include "engine/analyze/node_funcs.h"

#include "catalog/expr_walk.h"

namespace pgplumb::engine::analyze {

namespace expr = catalog::expr;

bool expression_returns_set(const expr::NodePtr& node) {
  if (!node) return false;
  if (const auto* call = node->as<expr::FuncExpr>(); call && call->returns_set) return true;
  if (const auto* op = node->as<expr::OpExpr>(); op && op->returns_set) return true;
  if (node->is<expr::Aggref>() || node->is<expr::GroupingFunc>() || node->is<expr::WindowFunc>()) return false;
  bool found = false;
  expr::walk(*node, {[&](const expr::NodePtr& part) { found = found || expression_returns_set(part); }, {}});
  return found;
}

int location_of(const expr::NodePtr& node) { return node ? expr::location_of(*node) : -1; }

int location_of(const std::vector<expr::NodePtr>& nodes) {
  for (const expr::NodePtr& node : nodes) {
    if (int location = location_of(node); location >= 0) return location;
  }
  return -1;
}

}  // namespace pgplumb::engine::analyze

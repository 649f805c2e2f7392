#include "engine/analyze/vars.h"

#include "catalog/expr_walk.h"

namespace pgplumb::engine::analyze {

namespace expr = catalog::expr;

namespace {

/// The first Var of a level, subqueries included.
class VarSearch {
 public:
  const expr::Node* found = nullptr;

  void node(const expr::NodePtr& part, int level) {
    if (!part || found) return;
    if (const auto* var = part->as<expr::Var>(); var && var->levels_up == level) {
      found = part.get();
      return;
    }
    expr::walk(*part, walker(level));
  }
  void query(const expr::Query& part, int level) {
    if (!found) expr::walk(part, walker(level));
  }

 private:
  expr::Walker walker(int level) {
    return {[this, level](const expr::NodePtr& part) { node(part, level); },
            [this, level](const expr::QueryPtr& part) { query(*part, level + 1); }};
  }
};

}  // namespace

bool contains_vars_of_level(const expr::NodePtr& node, int level) {
  VarSearch search;
  search.node(node, level);
  return search.found != nullptr;
}

bool contains_vars_of_level(const expr::QueryPtr& query, int level) {
  VarSearch search;
  if (query) search.query(*query, level);
  return search.found != nullptr;
}

int location_of_var(const expr::NodePtr& node, int level) {
  VarSearch search;
  search.node(node, level);
  return search.found ? search.found->location : -1;
}

}  // namespace pgplumb::engine::analyze

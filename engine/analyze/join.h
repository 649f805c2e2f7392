#pragma once
// Items of FROM, and joins among them.
#include <vector>

#include "engine/analyze/parse_relation.h"
#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// What one item of FROM gives: its place in the join tree, its own entry, and the names that it makes visible.
struct FromItem {
  expr::JoinTreeItem tree;
  NamespaceItemPtr item;
  std::vector<NamespaceItemPtr> names;
};

FromItem transform_from_item(ParseState& state, ast::Node node);
FromItem transform_join(ParseState& state, ast::JoinExpr join);
void set_lateral_state(const std::vector<NamespaceItemPtr>& items, bool lateral_only, bool lateral_ok);

}  // namespace pgplumb::engine::analyze

#pragma once
// Whether two parts of parse trees are the same but for where they stand: equal() of nodes/equalfuncs.c.
#include <algorithm>

#include "parser/ast/ast_fwd.h"
#include "parser/ast/view.h"

namespace pgplumb::parser {

bool same_tree(ast::Node a, ast::Node b);

inline bool same_trees(ast::List<ast::Node> a, ast::List<ast::Node> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_tree);
}

}  // namespace pgplumb::parser

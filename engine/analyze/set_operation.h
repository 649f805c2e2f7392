#pragma once
// UNION, INTERSECT and EXCEPT: transformSetOperationStmt of PostgreSQL's analyze.c.
#include <memory>
#include <vector>

#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// Fills in the query's set_operation and target list; each member becomes an entry of the range table.
void transform_set_operation_tree(ParseState& state, ast::SelectStmt select, expr::Query& query);

/// While it lives, ORDER BY sees the output columns and nothing else.
class SetOperationNames {
 public:
  SetOperationNames(ParseState& state, const expr::Query& query);
  /// Takes the names away; error 0A000 if ORDER BY added expressions of its own.
  void restore(const expr::Query& query);

 private:
  ParseState& state_;
  std::vector<NamespaceItemPtr> saved_;
  std::size_t entries_;
  std::size_t targets_;
};

}  // namespace pgplumb::engine::analyze

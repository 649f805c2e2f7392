#pragma once
// DEFERRABLE and INITIALLY …, which stand behind a column's constraint as elements of their own: transformConstraintAttrs
// of parser/parse_utilcmd.c.
#include <vector>

#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

namespace ast = parser::ast;

struct ConstraintAttributes {
  bool deferrable = false;
  bool initially_deferred = false;
};

/// For each element of a column's constraints what follows it; throws 42601 where an attribute is misplaced.
std::vector<ConstraintAttributes> constraint_attributes(ast::List<ast::Node> constraints);

}  // namespace pgplumb::engine::ddl

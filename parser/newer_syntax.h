#pragma once
// Statements that the linked grammar takes, but that older servers refuse as syntax errors: what gram.y took up since 13.
#include "parser/ast/ast.h"

namespace pgplumb::parser {

/// The first major whose grammar has all that the statement says; 13 where every supported one has it.
int syntax_since(ast::Node statement);

}  // namespace pgplumb::parser

#pragma once
// Expressions through their text, as ALTER TABLE takes what depends on a changed column: printed with the old types,
// analysed with the new ones.
#include "engine/ddl/expressions.h"

namespace pgplumb::engine::ddl {

std::string print_for_reparse(Interpreter& interpreter, const Expr& expression, Oid relation);

Expr reparse_check(Interpreter& interpreter, const std::string& text, Oid relation);
Expr reparse_predicate(Interpreter& interpreter, const std::string& text, Oid relation);
Expr reparse_index_expression(Interpreter& interpreter, const std::string& text, Oid relation);

}  // namespace pgplumb::engine::ddl

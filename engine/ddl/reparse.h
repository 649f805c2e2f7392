#pragma once
// Expressions through their text, as ALTER TABLE takes what depends on a changed column: printed with the old types,
// analysed with the new ones.
#include "catalog/kinds/domain.h"
#include "engine/ddl/expressions.h"

namespace pgplumb::engine::ddl {

std::string print_for_reparse(Interpreter& interpreter, const Expr& expression, Oid relation);

Expr reparse_check(Interpreter& interpreter, const std::string& text, Oid relation);
/// A domain's CHECK, where VALUE is of its base type.
Expr reparse_domain_check(Interpreter& interpreter, const std::string& text, const catalog::Domain& domain);
Expr reparse_predicate(Interpreter& interpreter, const std::string& text, Oid relation);
Expr reparse_index_expression(Interpreter& interpreter, const std::string& text, Oid relation);

}  // namespace pgplumb::engine::ddl

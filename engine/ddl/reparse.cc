#include "engine/ddl/reparse.h"

#include "engine/ddl/object_expressions.h"
#include "engine/deparse/deparse.h"
#include "parser/expression.h"

namespace pgplumb::engine::ddl {

namespace {

using Analyze = Expr (*)(Interpreter&, Oid, ast::Node);

Expr reparse(Interpreter& interpreter, const std::string& text, Oid relation, Analyze analyze) {
  const parser::ParsedExpression parsed = parser::parse_expression(text);
  if (parsed.error) throw NotSimulated("an expression that does not parse as printed: " + text);
  return analyze(interpreter, relation, parsed.node);
}

}  // namespace

std::string print_for_reparse(Interpreter& interpreter, const Expr& expression, Oid relation) {
  if (!expression.tree) throw NotSimulated("a change of what an expression that was not analysed refers to: " + expression.text);
  return deparse::print_expression(interpreter.cache(), *expression.tree, deparse::Scope::of_relation(relation));
}

Expr reparse_check(Interpreter& interpreter, const std::string& text, Oid relation) {
  return reparse(interpreter, text, relation, analyze_check);
}

Expr reparse_domain_check(Interpreter& interpreter, const std::string& text, const catalog::Domain& domain) {
  const parser::ParsedExpression parsed = parser::parse_expression(text);
  if (parsed.error) throw NotSimulated("an expression that does not parse as printed: " + text);
  return analyze_domain_check(interpreter, domain.base, domain.collation, parsed.node);
}

Expr reparse_predicate(Interpreter& interpreter, const std::string& text, Oid relation) {
  return reparse(interpreter, text, relation, analyze_index_predicate);
}

Expr reparse_index_expression(Interpreter& interpreter, const std::string& text, Oid relation) {
  return reparse(interpreter, text, relation, analyze_index_expression);
}

}  // namespace pgplumb::engine::ddl

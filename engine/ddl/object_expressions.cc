#include "engine/ddl/object_expressions.h"

#include "engine/ddl/analyzer.h"

namespace pgplumb::engine::ddl {

using catalog::TypeRef;

Expr analyze_argument_default(Interpreter& interpreter, ast::Node raw, Oid type) {
  return analyzer_of(interpreter).argument_default(raw, type);
}

Expr analyze_policy(Interpreter& interpreter, Oid relation, ast::Node raw) {
  return analyzer_of(interpreter).policy(raw, relation);
}

Expr analyze_trigger_when(Interpreter& interpreter, const catalog::Object& relation, ast::Node raw,
                          const TriggerShape& trigger) {
  analyze::Analyzer::TriggerEvents events;
  events.for_each_row = trigger.is_row;
  events.on_insert = trigger.on_insert;
  events.on_update = trigger.on_update;
  events.on_delete = trigger.on_delete;
  events.before = trigger.is_before;
  return analyzer_of(interpreter).trigger_when(raw, relation.oid, events);
}

Expr analyze_domain_check(Interpreter& interpreter, TypeRef base, catalog::AnyRef collation, ast::Node raw) {
  return analyzer_of(interpreter).domain_check(raw, base, collation.oid);
}

Expr analyze_domain_default(Interpreter& interpreter, TypeRef base, Name domain, ast::Node raw) {
  return analyzer_of(interpreter).column_default(raw, {domain.view(), base});
}

Expr analyze_statistics(Interpreter& interpreter, Oid relation, ast::Node raw) {
  return analyzer_of(interpreter).statistics_expression(raw, relation);
}

Expr analyze_row_filter(Interpreter& interpreter, const catalog::Object& relation, ast::Node raw) {
  return analyzer_of(interpreter).publication_filter(raw, relation.oid);
}

catalog::Query analyze_atomic_body(Interpreter&, const catalog::Routine&, ast::Node) {
  throw NotSimulated("a function body in the SQL standard's form");
}

catalog::Query analyze_rule(Interpreter&, const catalog::Object&, ast::RuleStmt) {
  throw NotSimulated("what a rule does");
}

}  // namespace pgplumb::engine::ddl

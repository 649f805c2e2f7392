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

catalog::Query analyze_atomic_body(Interpreter& interpreter, const catalog::Routine& routine, ast::Node body) {
  using catalog::ArgumentMode;
  std::vector<analyze::FunctionArgument> arguments;
  // The server numbers the names of all of them, but has the types of those alone that are read
  // (interpret_function_parameter_list): behind an OUT parameter, names are those of the one before.
  for (const catalog::Argument& argument : routine.arguments)
    if (argument.mode != ArgumentMode::out && argument.mode != ArgumentMode::table)
      arguments.push_back({routine.arguments[arguments.size()].name.view(), argument.type.type});
  return analyzer_of(interpreter).function_body(body, routine.name.view(), arguments);
}

catalog::Query analyze_rule(Interpreter& interpreter, const catalog::Object& relation, ast::RuleStmt statement) {
  return analyzer_of(interpreter).rule(statement, relation.oid);
}

}  // namespace pgplumb::engine::ddl

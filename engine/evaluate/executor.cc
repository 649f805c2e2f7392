#include "engine/evaluate/executor.h"

namespace pgplumb::engine::evaluate {

Executor::Executor(Interpreter& interpreter, const Parameters& parameters)
    : interpreter_(interpreter), parameters_(parameters), settings_(interpreter.analysis_settings()) {}

Value evaluate(Interpreter& interpreter, const NodePtr& node, const Parameters& parameters) {
  const expr::Query nothing;
  Frame frame(nothing, nullptr);
  return Executor(interpreter, parameters).evaluate(node, frame);
}

ResultSet run_query(Interpreter& interpreter, const expr::Query& query, const Parameters& parameters) {
  ResultSet result;
  for (const expr::TargetEntry& target : query.targets)
    if (!target.junk)
      result.columns.push_back({target.name, {expr::type_of(*target.expr), expr::typmod_of(*target.expr)}});
  Executor executor(interpreter, parameters);
  Frame frame(query, nullptr);
  result.rows = executor.run(query, frame);
  return result;
}

}  // namespace pgplumb::engine::evaluate

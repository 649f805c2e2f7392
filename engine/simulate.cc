#include "engine/simulate.h"

#include "engine/bootstrap.h"

namespace pgplumb::engine {

namespace {

using parser::Statement;
using parser::StatementKind;

std::vector<parser::Script> parse(const std::vector<ScriptRun>& runs, const catalog::SourceMap& sources,
                                  bool keep_going = false) {
  std::vector<parser::ScriptSource> files;
  for (const ScriptRun& run : runs) files.emplace_back(run.source).keep_going = keep_going;
  return parser::parse_all(files, sources);
}

Outcome outcome_of_problem(const Statement& statement, Status status) {
  Outcome outcome;
  outcome.status = status;
  outcome.sqlstate = statement.problem ? statement.problem->sqlstate : "";
  if (status == Status::error && outcome.sqlstate.empty()) outcome.sqlstate = "42601";
  if (statement.problem) {
    outcome.message = statement.problem->message;
    outcome.hint = statement.problem->hint;
  }
  return outcome;
}

class Runner {
 public:
  Runner(catalog::SourceMap& sources, Catalog initial, const SimulateOptions& options)
      : interpreter_(std::move(initial), sources, options.environment), keep_going_(options.keep_going) {}

  /// False when the history ends here.
  bool run(const ScriptRun& run, const parser::Script& script) {
    if (run.new_session) interpreter_.start_session();
    if (run.in_transaction) command("BEGIN");
    for (const Statement& statement : script.statements)
      if (!step(statement) && !keep_going_) return false;
    if (run.in_transaction) command("COMMIT");
    return true;
  }

  Simulation finish() && {
    interpreter_.start_session();  // temporary objects end with their session
    forget_stock_comments(interpreter_.catalog());
    return {std::move(interpreter_.catalog()), std::move(results_), interpreter_.diagnostics()};
  }

 private:
  void command(const char* text) {
    const parser::ParseResult parsed = parser::parse(text);
    interpreter_.execute(parsed.tree.statement(), {});
  }

  bool step(const Statement& statement) {
    StatementResult result{statement.span, statement.tag, execute(statement), statement.span};
    if (statement.problem && !statement.problem->span.empty())
      result.at = statement.problem->span;
    else if (result.outcome.location >= 0)
      result.at = statement.at(result.outcome.location);
    const bool failed = result.outcome.status == Status::error;
    results_.push_back(std::move(result));
    return !failed;
  }

  Outcome execute(const Statement& statement) {
    switch (statement.kind) {
      case StatementKind::sql: return interpreter_.execute(statement.node(), statement.span);
      case StatementKind::data: return {Status::skipped, "00000", {}, {}, {}, -1};
      case StatementKind::connect: interpreter_.start_session(); return {Status::skipped, "00000", {}, {}, {}, -1};
      case StatementKind::not_simulated: return outcome_of_problem(statement, Status::not_simulated);
      case StatementKind::error: break;
    }
    return outcome_of_problem(statement, Status::error);
  }

  Interpreter interpreter_;
  bool keep_going_;
  std::vector<StatementResult> results_;
};

}  // namespace

Simulation simulate(const std::vector<ScriptRun>& runs, catalog::SourceMap& sources, Catalog initial,
                    const SimulateOptions& options) {
  const std::vector<parser::Script> scripts = parse(runs, sources, options.keep_going);
  Runner runner(sources, std::move(initial), options);
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (!runner.run(runs[i], scripts[i])) break;
  return std::move(runner).finish();
}

std::size_t parse_only(const std::vector<ScriptRun>& runs, const catalog::SourceMap& sources) {
  std::size_t statements = 0;
  for (const parser::Script& script : parse(runs, sources)) statements += script.statements.size();
  return statements;
}

}  // namespace pgplumb::engine

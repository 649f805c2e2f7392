#pragma once
// Runs the statements of scripts one after another, with what psql itself does between them.
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/evaluate/value.h"
#include "engine/interpreter.h"
#include "engine/psql/psql.h"
#include "engine/simulate.h"
#include "parser/script.h"

namespace pgplumb::engine {

class ScriptRunner {
 public:
  ScriptRunner(catalog::SourceMap& sources, Catalog initial, const SimulateOptions& options);

  /// The next statement of a script; none at its end.
  using Statements = std::function<std::optional<parser::Statement>()>;

  /// False when the history ends here.
  bool run(const ScriptRun& run, const Statements& script);
  Simulation finish() &&;

 private:
  enum class Next { go_on, leave_file, end };

  Next statements(const Statements& next, const ScriptRun& run);
  Next step(parser::Statement& statement, const ScriptRun& run);
  Next sql(const parser::Statement& statement, const ScriptRun& run);
  Next psql_command(const parser::Statement& statement, const ScriptRun& run);
  Next obey(const psql::Request& request, const parser::Statement& command, const ScriptRun& run);
  Next send_buffer(const ScriptRun& run);
  Next include(const psql::Request& request, const parser::Statement& command, const ScriptRun& run);
  Next execute_rows(const parser::Statement& command, const ScriptRun& run);
  void store_row(const std::string& prefix);
  Next connect(const parser::Statement& statement);
  Next execute(const parser::Statement& statement);
  void take_installed_members(ast::NodeTag tag);
  Next record(const parser::Statement& statement, Outcome outcome);
  Outcome executed(const parser::Statement& statement);
  Outcome refused_by_grammar(const parser::Statement& statement) const;
  Next rows(const parser::Statement& statement);
  Next not_simulated(const parser::Statement& statement, const std::string& reason);
  void command(const std::string& text);
  evaluate::ResultSet rows_of_buffer();

  catalog::SourceMap& sources_;
  SimulateOptions options_;
  Interpreter interpreter_;
  psql::Psql psql_;
  bool has_event_triggers_ = false;
  std::uint64_t harmless_since_ = 0;  // the catalog's generation that the changes below were looked at in
  std::set<std::pair<Oid, int>> harmless_;  // relations and how their rows change, without effects
  std::string database_;                       // named by the last \connect that named one
  std::vector<parser::Statement> interpolated_;  // what the query buffer's statement became, if it had variables
  std::optional<parser::Statement> buffer_;      // sent by the command that follows it
  std::vector<catalog::FileId> including_;     // files that are being run, the innermost last
  std::vector<StatementResult> results_;
};

}  // namespace pgplumb::engine

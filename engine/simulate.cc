#include "engine/simulate.h"

#include "engine/script_runner.h"
#include "parser/statement_stream.h"

namespace pgplumb::engine {

namespace {

std::vector<parser::ScriptSource> sources_of(const std::vector<ScriptRun>& runs, bool keep_going) {
  std::vector<parser::ScriptSource> files;
  for (const ScriptRun& run : runs) files.emplace_back(run.source).keep_going = keep_going;
  return files;
}

}  // namespace

Simulation simulate(const std::vector<ScriptRun>& runs, catalog::SourceMap& sources, Catalog initial,
                    const SimulateOptions& options) {
  parser::StatementStream statements(sources_of(runs, options.keep_going), sources);
  ScriptRunner runner(sources, std::move(initial), options);
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (!runner.run(runs[i], [&] { return statements.next(i); })) break;
  return std::move(runner).finish();
}

std::size_t parse_only(const std::vector<ScriptRun>& runs, const catalog::SourceMap& sources) {
  parser::StatementStream statements(sources_of(runs, false), sources);
  std::size_t count = 0;
  for (std::size_t i = 0; i < runs.size(); ++i)
    while (statements.next(i)) ++count;
  return count;
}

}  // namespace pgplumb::engine

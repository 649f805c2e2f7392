#include "engine/simulate.h"

#include "engine/script_runner.h"

namespace pgplumb::engine {

namespace {

std::vector<parser::Script> parse(const std::vector<ScriptRun>& runs, const catalog::SourceMap& sources,
                                  bool keep_going = false) {
  std::vector<parser::ScriptSource> files;
  for (const ScriptRun& run : runs) files.emplace_back(run.source).keep_going = keep_going;
  return parser::parse_all(files, sources);
}

}  // namespace

Simulation simulate(const std::vector<ScriptRun>& runs, catalog::SourceMap& sources, Catalog initial,
                    const SimulateOptions& options) {
  const std::vector<parser::Script> scripts = parse(runs, sources, options.keep_going);
  ScriptRunner runner(sources, std::move(initial), options);
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

#include "engine/prove.h"

#include "engine/live_trees.h"
#include "engine/seal.h"
#include "engine/simulate.h"

namespace pgplumb::engine {

namespace {

std::vector<std::string> refusals(const Simulation& simulation, const catalog::SourceMap& sources) {
  std::vector<std::string> found;
  for (const StatementResult& result : simulation.results)
    if (result.outcome.status == Status::error || result.outcome.status == Status::not_simulated)
      found.push_back(result.outcome.message + " in: " + std::string(sources.text(result.span)));
  return found;
}

}  // namespace

Trial try_out(const catalog::Catalog& from, const std::string& sql) {
  Catalog start = from;
  std::vector<catalog::Oid> opaque;
  if (!sql.empty()) opaque = attach_trees(start);
  catalog::SourceMap sources;
  ScriptRun run;
  run.source.file = sources.add({"the plan", sql, ""});
  run.source.dialect = {false, false};
  SimulateOptions options;
  options.environment.major = start.major();
  Simulation simulation = simulate({run}, sources, std::move(start), options);
  seal(simulation.catalog);
  return {std::move(simulation.catalog), refusals(simulation, sources), std::move(opaque)};
}

}  // namespace pgplumb::engine

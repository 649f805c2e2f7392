#pragma once
// Plans of SQL for the command line, and their proof in memory.
#include <string>
#include <vector>

#include "cli/source.h"
#include "diff/plan.h"

namespace pgplumb::cli {

/// The whole schema as canonical SQL: the plan from an empty database. Throws UsageError where that can't be written.
std::string schema_as_sql(const LoadedSource& source);

struct ProofResult {
  /// What still differs after the plan was run, or why it could not be run; empty when the plan reaches its goal.
  std::vector<std::string> left;
};

/// Runs the plan by the interpreter on a copy of the first side and compares the outcome with the second.
ProofResult prove_plan(const diff::Plan& plan, const LoadedPair& pair);

}  // namespace pgplumb::cli

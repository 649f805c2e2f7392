#pragma once
// Plans of SQL for the command line.
#include <string>

#include "cli/source.h"
#include "diff/plan.h"

namespace pgplumb::cli {

struct ProvenPlan {
  diff::Plan plan;                  // `unproven` says where the proof failed
  std::vector<std::string> opaque;  // what the proof could not follow, by name: it is partial
};

/// The plan from one source to the other, proven in memory unless something in it is impossible anyway.
ProvenPlan proven_plan(const LoadedSource& from, const LoadedSource& to, const diff::PlanOptions& options);

/// The whole schema as canonical SQL: the plan from an empty database. Throws UsageError where that can't be written.
ProvenPlan schema_plan(const LoadedSource& source);

/// Prints on stderr, a line each, what keeps the plan from its goal, and where its proof is partial; whether it does
/// not reach its goal.
bool report_plan(const ProvenPlan& proven);

}  // namespace pgplumb::cli

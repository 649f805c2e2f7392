#pragma once
// The proof of a plan in memory, before it is shown: run on what it starts from, it must give what it is meant to.
#include <string>
#include <vector>

#include "cli/source.h"
#include "diff/plan.h"

namespace pgplumb::cli {

struct Proof {
  std::vector<std::string> failures;  // what was refused, or is left: empty where the plan is proven
  std::vector<std::string> opaque;    // what the proof could not follow, by name
};

/// Runs the whole plan, what it withholds included, on `from` and compares the outcome with `to`.
Proof prove(const diff::Plan& plan, const LoadedSource& from, const LoadedSource& to,
            const diff::CompareOptions& compare);

/// Gives a snapshot's expressions their trees, so that a plan knows what they refer to. Does nothing to other sources.
void analyse_snapshot(LoadedSource& source);

}  // namespace pgplumb::cli

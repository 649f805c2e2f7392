#pragma once
// From two loaded sides and their comparison to a report with a verdict.
#include "cli/source.h"
#include "diff/compare.h"

namespace pgplumb::cli {

struct VerdictOptions {
  diff::CompareOptions compare;
  bool audit = false;                // analyse all live texts, not only those that differ
  std::vector<std::string> ignore;   // patterns over "kind identity"
};

/// Compares `expected` with `actual`. The verdict is never "in sync" when either side was not wholly understood.
diff::Report decide(const LoadedSource& expected, const LoadedSource& actual, const VerdictOptions& options);

}  // namespace pgplumb::cli

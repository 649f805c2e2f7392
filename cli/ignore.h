#pragma once
// Differences that are left out on purpose. Each is counted and named in the report.
#include <string>
#include <vector>

#include "cli/source.h"
#include "diff/compare.h"

namespace pgplumb::cli {

/// Takes out of `comparison` what the migration tool's own bookkeeping tables and the user's patterns cover, and says so.
std::vector<diff::ReportNote> take_out_ignored(diff::Comparison& comparison, const LoadedSource& expected,
                                               const LoadedSource& actual, const std::vector<std::string>& patterns);

/// Shell-like match: * stands for any text, ? for one character.
bool matches_pattern(std::string_view pattern, std::string_view text);

}  // namespace pgplumb::cli

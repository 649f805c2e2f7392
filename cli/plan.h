#pragma once
// Plans of SQL for the command line.
#include <string>

#include "cli/source.h"
#include "diff/plan.h"

namespace pgplumb::cli {

/// The whole schema as canonical SQL: the plan from an empty database. Throws UsageError where that can't be written.
std::string schema_as_sql(const LoadedSource& source);

}  // namespace pgplumb::cli

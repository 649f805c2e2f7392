#pragma once
// From a source of SQL to the scripts that the interpreter runs: files found by their layout, in its order.
#include <string>
#include <vector>

#include "cli/source.h"
#include "engine/simulate.h"
#include "parser/layout/layout.h"

namespace pgplumb::cli {

struct History {
  parser::Migrations migrations;
  std::vector<diff::ReportNote> unread;    // files that can't be read as SQL: what they do is not simulated
  std::vector<diff::ReportNote> left_out;  // files that the tool itself would not run
};

/// Throws UsageError where nothing can be read.
History read_history(const SourceSpec& spec, const LoadOptions& options, catalog::SourceMap& sources);

/// The files as runs, behind the layout's own bookkeeping tables, which exist from the start.
std::vector<engine::ScriptRun> runs_of(const parser::Migrations& migrations, catalog::SourceMap& sources);

/// The bookkeeping tables as "schema.table", or "table" where they may be in any schema.
std::vector<std::string> bookkeeping_names(const parser::Migrations& migrations);

}  // namespace pgplumb::cli

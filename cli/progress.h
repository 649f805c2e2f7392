#pragma once
// How far a live branch has come: what its migration tool's own history table says has run.
#include <string>
#include <vector>

#include "cli/source.h"
#include "parser/layout/layout.h"

namespace pgplumb::cli {

struct Progress {
  bool known = false;                     // the live branch has the tool's history table
  std::vector<std::size_t> applied;       // indexes of the files that have run, ascending
  std::vector<std::size_t> pending;       // of those that have not
  std::vector<std::string> unknown_keys;  // that the table lists and the repository does not have
};

/// Whether the tool keeps a history table in the branch.
bool has_history_table(const parser::Migrations& migrations);

/// Asks the live branch. Without a history table nothing is known, and all files count as applied.
Progress read_progress(const parser::Migrations& migrations, const LoadedSource& live, const LoadOptions& options);

/// Likewise from the rows of the table: for tests.
Progress progress_from(const parser::Migrations& migrations, const std::vector<std::string>& keys);

}  // namespace pgplumb::cli

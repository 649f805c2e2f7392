#pragma once
// Runs whole scripts: the loop around the interpreter, with sessions and transactions as a migration tool opens them.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/interpreter.h"
#include "parser/script.h"

namespace pgplumb::engine {

/// One file of a history, and how its tool runs it.
struct ScriptRun {
  parser::ScriptSource source;
  bool new_session = true;     // connects anew before it
  bool in_transaction = false;  // wrapped in BEGIN … COMMIT
};

/// The file that a script includes by `path`: \i, or \ir where it counts from the including file's directory. Throws
/// NotSimulated where it can't be read.
using IncludeFile = std::function<catalog::FileId(const std::string& path, catalog::FileId including, bool beside)>;

struct SimulateOptions {
  Environment environment;
  std::map<std::string, std::string> variables;  // psql's, as set on its command line
  IncludeFile include;                           // empty: nothing can be included
  /// A database whose installed extensions serve the simulation, where it has no data of its own about one. Asked for only
  /// then; empty: there is none.
  std::function<std::shared_ptr<const Catalog>()> installed;
  bool keep_going = false;  // on after a refused statement or one that never ends
};

struct StatementResult {
  Span span;
  ast::NodeTag tag = ast::NodeTag::none;
  Outcome outcome;
  Span at;  // the place that the outcome speaks of; the statement where it names none
};

struct Simulation {
  Catalog catalog;
  std::vector<StatementResult> results;
  std::vector<catalog::Diagnostic> notices;
};

/// Runs the files in order on `initial`, while threads parse what comes next.
Simulation simulate(const std::vector<ScriptRun>& runs, catalog::SourceMap& sources, Catalog initial,
                    const SimulateOptions& options);

/// Parses the files and does nothing else: what `simulate` costs beyond it is the interpreter's.
std::size_t parse_only(const std::vector<ScriptRun>& runs, const catalog::SourceMap& sources);

}  // namespace pgplumb::engine

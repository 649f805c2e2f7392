#pragma once
// The statements of scripts in the order in which they run, parsed ahead of their use. Nothing is kept of a statement that
// has been handed out: a long history needs no more memory than what is under way.
#include <optional>
#include <vector>

#include "parser/piece_reader.h"
#include "parser/read_ahead.h"
#include "parser/script.h"

namespace pgplumb::parser {

class StatementStream {
 public:
  /// Splits all sources first. A syntax error is its statement's `problem`; what makes the rest of a file unreadable (a quote
  /// or COPY data that never ends, a dump cut short) throws catalog::UsageError with file and line. A source that keeps going
  /// past what never ends has it as a problem of the statement instead: an open quote is sent as it stands, as psql sends it,
  /// and a COPY without its data is not simulated.
  StatementStream(const std::vector<ScriptSource>& sources, const catalog::SourceMap& sources_text);

  /// The next statement of the source with that index; none at its end. Sources are read in their order, and may be left early.
  std::optional<Statement> next(std::size_t source);

 private:
  std::vector<std::size_t> ends_;  // of each source's jobs
  std::vector<Job> jobs_;
  std::vector<std::vector<Statement>> statements_;  // of each job that has been read
  std::size_t job_ = 0;
  std::size_t statement_ = 0;  // of the job
  bool waited_ = false;        // for the job
  ReadAhead ahead_;            // last: its threads use what is above
};

}  // namespace pgplumb::parser

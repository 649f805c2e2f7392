#pragma once
// One piece of a source to the statements that it is.
#include <string_view>
#include <vector>

#include "parser/split.h"
#include "parser/statement.h"

namespace pgplumb::parser {

struct Job {
  catalog::Span span;
  PieceKind kind = PieceKind::statement;
  Dialect dialect;
  std::string_view text;
  bool lacks_data = false;
  bool semicolon = false;  // the text is followed by one
  bool sent_by_command = false;
  bool in_file = true;  // the text is the span's
};

/// What the grammar refuses is a statement with a `problem`.
std::vector<Statement> read_piece(const Job& job);

}  // namespace pgplumb::parser

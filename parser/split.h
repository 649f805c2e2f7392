#pragma once
// A script into its statements, as psql does it: at semicolons outside quotes, comments, parentheses and the BEGIN
// ATOMIC bodies of routines (psqlscan.l). So one statement's syntax error stays its own.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pgplumb::parser {

struct Dialect {
  /// Backslash commands, as psql has them; without, a backslash is the server's to refuse.
  bool meta_commands = true;
  /// COPY … FROM STDIN is followed by its data, up to a line of \. alone.
  bool copy_data = true;
};

enum class PieceKind {
  statement,     // without its semicolon
  meta_command,  // from its backslash to the line's end
};

struct Piece {
  PieceKind kind;
  std::size_t offset;
  std::size_t length;
};

/// Something that the text opens and does not close: it was cut off, or a quote was forgotten.
struct Unclosed {
  std::size_t offset = 0;  // where it opens
  std::string what;        // "quoted string", "comment", …; empty if all is closed
};

struct Split {
  std::vector<Piece> pieces;
  Unclosed unclosed;
};

Split split(std::string_view text, Dialect dialect);

}  // namespace pgplumb::parser

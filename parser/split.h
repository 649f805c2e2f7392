#pragma once
// A script into its statements, as psql does it: at semicolons outside quotes, comments, parentheses and the BEGIN
// ATOMIC bodies of routines (psqlscan.l). So one statement's syntax error stays its own.
#include <cstddef>
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

/// Something that the text opens and does not close: it was cut off, or a quote was forgotten.
struct Unclosed {
  std::size_t offset = 0;  // where it opens
  std::string_view what;   // "quoted string", "comment", …; empty if all is closed
  bool copy_data = false;  // the data that a command should be followed by
};

struct Piece {
  PieceKind kind;
  std::size_t offset;
  std::size_t length;
  Unclosed unclosed = {};
  bool sent_by_command = false;  // a statement that \g or a kin of it ends, no semicolon
};

/// A piece that opens a quote or a comment and never closes it reaches to the end of the text, and is the last. Where the
/// data of a COPY never end, the next piece is what follows the command, as if the data were not there at all.
std::vector<Piece> split(std::string_view text, Dialect dialect);

}  // namespace pgplumb::parser

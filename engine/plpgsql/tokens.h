#pragma once
// PL/pgSQL's lexical structure, pl_scanner.c: that of SQL, with := and .. and << >>, and reserved words of its own.
#include <string>
#include <string_view>
#include <vector>

#include "parser/lexer.h"

namespace pgplumb::engine::plpgsql {

enum class TokenKind : std::uint8_t { end, reserved, word, quoted, string, number, assign, dot_dot, symbol };

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t offset = 0;
  std::string_view text;  // as written
  std::string word;       // of words: folded or unquoted; of symbols: their text

  std::size_t end() const { return offset + text.size(); }
  /// The key word, reserved or not; a quoted name is none.
  bool is(std::string_view key_word) const {
    return (kind == TokenKind::reserved || kind == TokenKind::word) && word == key_word;
  }
  bool is_symbol(std::string_view symbol) const { return kind == TokenKind::symbol && text == symbol; }
  /// A name that may be declared.
  bool is_name() const { return kind == TokenKind::word || kind == TokenKind::quoted; }
};

/// All tokens of the body, an `end` behind them. 42601 for a quote that is not closed.
std::vector<Token> scan(std::string_view body);

/// What a string literal stands for.
std::string string_value(const Token& token);

int line_of(std::string_view body, std::size_t offset);

}  // namespace pgplumb::engine::plpgsql

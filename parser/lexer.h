#pragma once
// PostgreSQL's lexical structure, as far as it takes to find where statements, quotes and comments end. The rules are
// those of scan.l and psqlscan.l, and of "Lexical Structure" in the documentation; text is UTF-8.
#include <cstddef>
#include <string>
#include <string_view>

namespace pgplumb::parser {

enum class TokenKind {
  end,
  word,               // key word or unquoted identifier
  quoted_identifier,  // "…" or U&"…"
  string,             // '…' with any prefix, all the parts of one that goes on over lines
  dollar_string,      // $tag$…$tag$
  number,
  parameter,    // $1
  operator_,    // a run of operator characters
  punctuation,  // one of ( ) [ ] , ; . : and any other single character
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t offset = 0;
  std::string_view text;
  bool terminated = true;  // false for a quote that the text ends within

  bool is(char character) const { return kind == TokenKind::punctuation && text[0] == character; }
  /// Whether it is this key word, given in lower case.
  bool is_word(std::string_view word) const;
};

/// Reads tokens one after another, passing over white space and comments (block comments nest).
class Lexer {
 public:
  explicit Lexer(std::string_view text, std::size_t offset = 0) : text_(text), at_(offset) {}

  Token next();
  /// Where the next token would be looked for.
  std::size_t offset() const { return at_; }
  void seek(std::size_t offset) { at_ = offset; }
  /// Offset of a block comment that was not closed before the text's end; npos if there is none.
  std::size_t open_comment() const { return open_comment_; }

 private:
  bool skip_blank();
  void skip_block_comment();
  bool skip_string(bool escapes);
  bool skip_continuation();
  bool skip_identifier_quotes();
  bool skip_dollar_string();
  void skip_operator();
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  Token finish(TokenKind kind, std::size_t start, bool terminated = true) const;
  Token quoted(TokenKind kind, std::size_t start, std::size_t prefix, bool escapes);

  std::string_view text_;
  std::size_t at_;
  std::size_t open_comment_ = std::string_view::npos;
};

/// Whether the token is a name that `identifier_of` reads: any but those with Unicode escapes (U&"…").
bool is_identifier(const Token& token);
/// The name that it is: in lower case, or without its quotes; cut to what a name can hold.
std::string identifier_of(const Token& token);

/// Case-insensitive over ASCII, as key words are.
bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace pgplumb::parser

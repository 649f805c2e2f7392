#include "parser/lexer.h"

#include <algorithm>

#include "catalog/base/name.h"

namespace pgplumb::parser {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
bool is_newline(char c) { return c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool continues_dollar_tag(char c) { return starts_identifier(c) || is_digit(c); }
bool continues_identifier(char c) { return continues_dollar_tag(c) || c == '$'; }
bool is_operator(char c) {
  return c != '\0' && std::string_view("~!@#^&|`?+-*/%<>=").find(c) != std::string_view::npos;
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool Token::is_word(std::string_view word) const { return kind == TokenKind::word && equals_ignoring_case(text, word); }

Token Lexer::finish(TokenKind kind, std::size_t start, bool terminated) const {
  return {kind, start, text_.substr(start, at_ - start), terminated};
}

void Lexer::skip_block_comment() {
  const std::size_t start = at_;
  int depth = 0;
  while (at_ < text_.size()) {
    if (peek() == '/' && peek(1) == '*') {
      ++depth;
      at_ += 2;
    } else if (peek() == '*' && peek(1) == '/') {
      at_ += 2;
      if (--depth == 0) return;
    } else {
      ++at_;
    }
  }
  open_comment_ = start;
}

// Gives whether a line end was passed: strings go on only across one.
bool Lexer::skip_blank() {
  bool newline = false;
  while (at_ < text_.size()) {
    if (is_space(peek())) {
      newline |= is_newline(peek());
      ++at_;
    } else if (peek() == '-' && peek(1) == '-') {
      while (at_ < text_.size() && !is_newline(peek())) ++at_;
    } else if (peek() == '/' && peek(1) == '*') {
      skip_block_comment();
    } else {
      break;
    }
  }
  return newline;
}

// A string goes on after white space with a line end in it; block comments do not count as white space there.
bool Lexer::skip_continuation() {
  const std::size_t start = at_;
  bool newline = false;
  while (at_ < text_.size()) {
    if (is_space(peek())) {
      newline |= is_newline(peek());
      ++at_;
    } else if (newline && peek() == '-' && peek(1) == '-') {
      while (at_ < text_.size() && !is_newline(peek())) ++at_;
    } else {
      break;
    }
  }
  if (newline && peek() == '\'') return true;
  at_ = start;
  return false;
}

// Stands at the opening quote.
bool Lexer::skip_string(bool escapes) {
  do {
    bool closed = false;
    ++at_;
    while (at_ < text_.size() && !closed) {
      if (escapes && peek() == '\\') {
        at_ += 2;
      } else if (peek() != '\'') {
        ++at_;
      } else if (peek(1) == '\'') {
        at_ += 2;
      } else {
        ++at_;
        closed = true;
      }
    }
    at_ = std::min(at_, text_.size());
    if (!closed) return false;
  } while (skip_continuation());
  return true;
}

bool Lexer::skip_identifier_quotes() {
  for (++at_; at_ < text_.size(); ++at_) {
    if (peek() != '"') continue;
    if (peek(1) != '"') {
      ++at_;
      return true;
    }
    ++at_;
  }
  return false;
}

// Stands at the first dollar of what is known to be an opening tag.
bool Lexer::skip_dollar_string() {
  const std::size_t tag_end = text_.find('$', at_ + 1) + 1;
  const std::string_view tag = text_.substr(at_, tag_end - at_);
  const std::size_t close = text_.find(tag, tag_end);
  at_ = close == std::string_view::npos ? text_.size() : close + tag.size();
  return close != std::string_view::npos;
}

// An operator ends where a comment begins.
void Lexer::skip_operator() {
  for (++at_; is_operator(peek()); ++at_)
    if ((peek() == '-' && peek(1) == '-') || (peek() == '/' && peek(1) == '*')) return;
}

Token Lexer::quoted(TokenKind kind, std::size_t start, std::size_t prefix, bool escapes) {
  at_ += prefix;
  const bool terminated = kind == TokenKind::string ? skip_string(escapes) : skip_identifier_quotes();
  return finish(kind, start, terminated);
}

Token Lexer::next() {
  skip_blank();
  const std::size_t start = at_;
  const char c = peek();
  if (at_ >= text_.size()) return finish(TokenKind::end, start);
  if (c == '\'') return quoted(TokenKind::string, start, 0, false);
  if (c == '"') return quoted(TokenKind::quoted_identifier, start, 0, false);
  if (peek(1) == '\'' && std::string_view("eEbBxXnN").find(c) != std::string_view::npos)
    return quoted(TokenKind::string, start, 1, lower(c) == 'e');
  if (lower(c) == 'u' && peek(1) == '&' && (peek(2) == '\'' || peek(2) == '"'))
    return quoted(peek(2) == '"' ? TokenKind::quoted_identifier : TokenKind::string, start, 2, false);
  if (starts_identifier(c)) {
    while (continues_identifier(peek())) ++at_;
    return finish(TokenKind::word, start);
  }
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
    while (is_digit(peek()) || starts_identifier(peek()) || (peek() == '.' && peek(1) != '.')) ++at_;
    return finish(TokenKind::number, start);
  }
  if (c == '$') {
    std::size_t tag = 1;
    if (is_digit(peek(1))) {
      for (++at_; is_digit(peek()); ++at_) continue;
      return finish(TokenKind::parameter, start);
    }
    while (continues_dollar_tag(peek(tag))) ++tag;
    if (peek(tag) == '$') {
      const bool terminated = skip_dollar_string();
      return finish(TokenKind::dollar_string, start, terminated);
    }
  }
  if (is_operator(c)) {
    skip_operator();
    return finish(TokenKind::operator_, start);
  }
  ++at_;
  return finish(TokenKind::punctuation, start);
}

bool is_identifier(const Token& token) {
  return token.kind == TokenKind::word || (token.kind == TokenKind::quoted_identifier && token.text[0] == '"');
}

std::string identifier_of(const Token& token) {
  std::string name;
  if (token.kind == TokenKind::quoted_identifier) {
    for (std::size_t i = token.text.find('"') + 1; i + 1 < token.text.size(); ++i) {
      name += token.text[i];
      if (token.text[i] == '"') ++i;
    }
  } else {
    for (char c : token.text) name += lower(c);
  }
  return std::string(catalog::clip_utf8(name, catalog::max_identifier_length));
}

}  // namespace pgplumb::parser

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/jsonpath.h"

namespace pgplumb::engine::analyze::literal {

namespace {

constexpr std::string_view keywords[] = {
    "is",      "to",       "abs",      "lax",       "date",       "flag",        "last",    "null",    "size",
    "time",    "true",     "type",     "with",      "false",      "floor",       "bigint",  "double",  "exists",
    "number",  "starts",   "strict",   "string",    "boolean",    "ceiling",     "decimal", "integer", "time_tz",
    "unknown", "datetime", "keyvalue", "timestamp", "like_regex", "timestamp_tz"};

bool is_keyword(std::string_view word) {
  return std::find(std::begin(keywords), std::end(keywords), word) != std::end(keywords);
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_special(char c) { return std::string_view("?%$.[]{}()|&!=<>@#,*:-+/").find(c) != std::string_view::npos; }
bool is_other(char c) { return !is_special(c) && !is_blank(c) && c != '"' && c != '\\'; }

class PathLexer {
 public:
  PathLexer(std::string_view text, int major) : text_(text), major_(major) {}

  std::vector<PathToken> tokens() {
    std::vector<PathToken> found;
    for (;;) {
      skip();
      if (at_ >= text_.size()) break;
      found.push_back(next());
    }
    found.push_back({});
    return found;
  }

 private:
  [[noreturn]] void bad() const {
    fail(errcode::syntax_error, fmt::format("syntax error in jsonpath input: \"{}\"", text_));
  }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void skip() {
    for (;;) {
      while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
      if (text_.substr(at_, 2) != "/*") return;
      std::size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) bad();
      at_ = end + 2;
    }
  }

  PathToken next() {
    char c = peek();
    if (c == '"') {
      ++at_;
      return {PathTokenKind::string, quoted(), {}};
    }
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (c == '$' && peek(1) == '"') {
      at_ += 2;
      return {PathTokenKind::variable, quoted(), {}};
    }
    if (c == '$' && at_ + 1 < text_.size() && (is_other(peek(1)) || peek(1) == '\\')) {
      ++at_;
      return {PathTokenKind::variable, bare(), {}};
    }
    if (is_special(c)) return symbol();
    PathToken word{PathTokenKind::identifier, bare(), {}};
    word.keyword = keyword_of(word.text);
    return word;
  }

  // The three values are keywords in lower case only.
  static std::string keyword_of(const std::string& text) {
    std::string word = lower(text);
    bool exact = word == "null" || word == "true" || word == "false";
    return is_keyword(word) && (!exact || word == text) ? word : "";
  }

  PathToken symbol() {
    for (std::string_view two : {"&&", "||", "**", "==", "<=", ">=", "!=", "<>"}) {
      if (text_.substr(at_, 2) != two) continue;
      at_ += 2;
      return {PathTokenKind::symbol, std::string(two == "<>" ? "!=" : two), {}};
    }
    return {PathTokenKind::symbol, std::string(1, text_[at_++]), {}};
  }

  std::string bare() {
    std::string word;
    while (at_ < text_.size() && (is_other(peek()) || peek() == '\\')) {
      if (text_[at_] == '\\') {
        ++at_;
        escape(word);
      } else {
        word += text_[at_++];
      }
    }
    return word;
  }

  std::string quoted() {
    std::string word;
    for (;;) {
      if (at_ >= text_.size()) bad();
      char c = text_[at_++];
      if (c == '"') return word;
      if (c == '\\') {
        escape(word);
      } else {
        word += c;
      }
    }
  }

  void escape(std::string& out) {
    if (at_ >= text_.size()) bad();
    switch (char c = text_[at_++]) {
      case 'b': out += '\b'; break;
      case 'f': out += '\f'; break;
      case 'n': out += '\n'; break;
      case 'r': out += '\r'; break;
      case 't': out += '\t'; break;
      case 'v': out += '\v'; break;
      case 'x': out += static_cast<char>(hex(2)); break;
      case 'u': unicode(out); break;
      default: out += c;
    }
  }

  std::uint32_t hex(int digits) {
    std::uint32_t code = 0;
    for (int i = 0; i < digits; ++i) {
      int digit = hex_digit(peek());
      if (digit < 0) bad();
      code = code * 16 + static_cast<std::uint32_t>(digit);
      ++at_;
    }
    return code;
  }

  std::uint32_t braced() {
    ++at_;
    std::uint32_t code = 0;
    int digits = 0;
    for (; hex_digit(peek()) >= 0 && digits < 6; ++digits) code = code * 16 + hex(1);
    if (digits == 0 || peek() != '}') bad();
    ++at_;
    return code;
  }

  void unicode(std::string& out) {
    std::uint32_t code = peek() == '{' ? braced() : hex(4);
    if (code == 0) fail(errcode::untranslatable_character, "unsupported Unicode escape sequence");
    if (code >= 0xd800 && code < 0xdc00) {
      if (text_.substr(at_, 2) != "\\u") surrogate();
      at_ += 2;
      std::uint32_t low = peek() == '{' ? braced() : hex(4);
      if (low < 0xdc00 || low > 0xdfff) surrogate();
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    } else if (code >= 0xdc00 && code <= 0xdfff) {
      surrogate();
    }
    append_utf8(out, code);
  }
  [[noreturn]] static void surrogate() {
    fail(errcode::invalid_text_representation, "invalid input syntax for type jsonpath");
  }

  std::size_t digits(std::size_t at) const {
    while (at < text_.size() && (is_digit(text_[at]) || (major_ >= 16 && text_[at] == '_' && at + 1 < text_.size() &&
                                                         is_digit(text_[at + 1])))) {
      ++at;
    }
    return at;
  }

  PathToken number() {
    std::size_t start = at_, end = at_;
    PathTokenKind kind = PathTokenKind::integer;
    bool prefixed = major_ >= 16 && peek() == '0' && std::string_view("xXoObB").find(peek(1)) != std::string_view::npos;
    if (prefixed) {
      end += 2;
      while (end < text_.size() && (hex_digit(text_[end]) >= 0 || text_[end] == '_')) ++end;
    } else {
      end = decimal(kind);
    }
    at_ = end;
    // Trailing junk, and zeros in front.
    if (at_ < text_.size() && (is_other(text_[at_]) || text_[at_] == '\\')) bad();
    std::string token(text_.substr(start, end - start));
    bool leading_zero = !prefixed && token.size() > 1 && token[0] == '0' && is_digit(token[1]);
    if (leading_zero) bad();
    return {kind, prefixed ? numeric_in(token, major_) : token, {}};
  }

  std::size_t decimal(PathTokenKind& kind) const {
    std::size_t end = digits(at_);
    if (end < text_.size() && text_[end] == '.') {
      kind = PathTokenKind::numeric;
      end = digits(end + 1);
    }
    std::size_t exponent = end;
    if (exponent < text_.size() && (text_[exponent] == 'e' || text_[exponent] == 'E')) {
      ++exponent;
      if (exponent < text_.size() && (text_[exponent] == '+' || text_[exponent] == '-')) ++exponent;
      if (exponent < text_.size() && is_digit(text_[exponent])) {
        kind = PathTokenKind::numeric;
        end = digits(exponent);
      }
    }
    return end;
  }

  std::string_view text_;
  int major_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<PathToken> jsonpath_tokens(std::string_view text, int major) { return PathLexer(text, major).tokens(); }

}  // namespace pgplumb::engine::analyze::literal

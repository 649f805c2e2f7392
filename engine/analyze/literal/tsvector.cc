// tsvector: utils/adt/tsvector_parser.c and tsvector.c.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/text_search.h"

namespace pgplumb::engine::analyze::literal {

namespace {

constexpr int max_position = 16383;
constexpr std::size_t max_word = 2047, max_positions = 255;

class LexemeReader {
 public:
  LexemeReader(std::string_view text, std::string_view whole, bool in_query)
      : text_(text), whole_(whole), in_query_(in_query) {}

  std::string_view rest() const { return text_; }

  bool read(Lexeme& out) {
    while (is_space(peek())) text_.remove_prefix(1);
    if (text_.empty()) return false;
    if (peek() == '\'') {
      quoted(out.word);
    } else {
      plain(out.word);
    }
    if (!in_query_ && peek() == ':') positions(out.positions);
    return true;
  }

 private:
  [[noreturn]] void bad() const {
    fail(errcode::syntax_error, fmt::format("syntax error in {}: \"{}\"", in_query_ ? "tsquery" : "tsvector", whole_));
  }
  char peek() const { return text_.empty() ? '\0' : text_.front(); }
  char take() {
    char c = text_.front();
    text_.remove_prefix(1);
    return c;
  }
  bool at_operator() const {
    return in_query_ && !text_.empty() && std::string_view("!&|()").find(peek()) != std::string_view::npos;
  }

  char escaped() {
    text_.remove_prefix(1);
    if (text_.empty()) fail(errcode::syntax_error, fmt::format("there is no escaped character: \"{}\"", whole_));
    return take();
  }

  void plain(std::string& word) {
    if (at_operator()) bad();
    while (!text_.empty() && !is_space(peek()) && !at_operator()) {
      if (peek() == ':' && !word.empty()) return;
      word += peek() == '\\' ? escaped() : take();
    }
    if (word.empty()) bad();
  }

  void quoted(std::string& word) {
    text_.remove_prefix(1);
    for (;;) {
      if (text_.empty()) bad();
      if (peek() == '\\') {
        word += escaped();
      } else if (peek() == '\'') {
        text_.remove_prefix(1);
        if (peek() != '\'') break;
        word += take();
      } else {
        word += take();
      }
    }
    if (word.empty()) bad();
  }

  void positions(std::vector<LexemePosition>& found) {
    do {
      text_.remove_prefix(1);
      if (!is_digit(peek())) bad();
      found.push_back(position());
    } while (peek() == ',');
    if (!text_.empty() && !is_space(peek())) bad();
  }

  LexemePosition position() {
    LexemePosition result;
    while (is_digit(peek())) result.position = std::min(result.position * 10 + (take() - '0'), max_position);
    if (result.position == 0) {
      fail(errcode::syntax_error, fmt::format("wrong position info in tsvector: \"{}\"", whole_));
    }
    // Digits behind a weight are passed over.
    for (; is_digit(peek()) || weight_of(peek()) >= 0; text_.remove_prefix(1)) {
      if (is_digit(peek())) continue;
      if (result.weight != 0) bad();
      result.weight = weight_of(peek());
    }
    return result;
  }

  static int weight_of(char c) {
    switch (c) {
      case 'a':
      case 'A':
      case '*': return 3;
      case 'b':
      case 'B': return 2;
      case 'c':
      case 'C': return 1;
      case 'd':
      case 'D': return 0;
      default: return -1;
    }
  }

  std::string_view text_, whole_;
  bool in_query_;
};

// Of one place the heaviest counts; what lies beyond the last place is dropped.
std::vector<LexemePosition> unique_positions(std::vector<LexemePosition> positions) {
  std::stable_sort(positions.begin(), positions.end(),
                   [](const auto& a, const auto& b) { return a.position < b.position; });
  std::vector<LexemePosition> kept;
  for (const LexemePosition& one : positions) {
    if (!kept.empty() && kept.back().position == one.position) {
      kept.back().weight = std::max(kept.back().weight, one.weight);
      continue;
    }
    if (kept.size() >= max_positions || (!kept.empty() && kept.back().position == max_position)) break;
    kept.push_back(one);
  }
  return kept;
}

std::string positions_text(const std::vector<LexemePosition>& positions) {
  std::string text;
  for (const LexemePosition& one : positions) {
    text += fmt::format("{}{}", text.empty() ? ":" : ",", one.position);
    if (one.weight > 0) text += "DCBA"[one.weight];
  }
  return text;
}

}  // namespace

bool take_lexeme(std::string_view& text, std::string_view whole, bool in_query, Lexeme& out) {
  LexemeReader reader(text, whole, in_query);
  bool found = reader.read(out);
  text = reader.rest();
  if (found && out.word.size() >= max_word) {
    fail(errcode::program_limit_exceeded,
         fmt::format("word is too long ({} bytes, max {} bytes)", out.word.size(), max_word - 1));
  }
  return found;
}

std::string lexeme_text(std::string_view word) {
  std::string text = "'";
  for (char c : word) {
    if (c == '\'' || c == '\\') text += c;
    text += c;
  }
  return text + "'";
}

std::string tsvector_in(std::string_view text) {
  std::map<std::string, std::vector<LexemePosition>> words;
  std::string_view rest = text;
  for (Lexeme lexeme; take_lexeme(rest, text, false, lexeme); lexeme = {}) {
    auto& positions = words[lexeme.word];
    positions.insert(positions.end(), lexeme.positions.begin(), lexeme.positions.end());
  }
  std::string out;
  for (const auto& [word, positions] : words) {
    out += (out.empty() ? "" : " ") + lexeme_text(word) + positions_text(unique_positions(positions));
  }
  return out;
}

}  // namespace pgplumb::engine::analyze::literal

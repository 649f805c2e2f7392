#pragma once
// Words of tsvector and tsquery values, as utils/adt/tsvector_parser.c cuts them.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pgplumb::engine::analyze::literal {

struct LexemePosition {
  int position = 0;
  int weight = 0;  // 3 is A, 0 is D
};

struct Lexeme {
  std::string word;
  std::vector<LexemePosition> positions;
};

/// Takes one word off the front of the text; false at its end. In a query operators end a word, and positions are left.
bool take_lexeme(std::string_view& text, std::string_view whole, bool in_query, Lexeme& out);

/// The word in quotes.
std::string lexeme_text(std::string_view word);

}  // namespace pgplumb::engine::analyze::literal

#include "parser/shape.h"

#include <algorithm>
#include <vector>

#include "parser/lexer.h"

namespace pgplumb::parser {

namespace {

/// One pair of parentheses. Set operations nest to the left across the commas of their target lists, so they count for
/// the whole group.
struct Group {
  std::size_t item = 0;
  std::size_t deepest_item = 0;
  std::size_t set_operations = 0;
  void end_item() {
    deepest_item = std::max(deepest_item, item);
    item = 0;
  }
  std::size_t levels() {
    end_item();
    return deepest_item + set_operations;
  }
};

bool is_set_operation(const Token& token) {
  return token.is_word("union") || token.is_word("intersect") || token.is_word("except");
}

}  // namespace

Shape shape_of(std::string_view text) {
  Shape shape;
  std::vector<Group> groups(1);
  Lexer lexer(text);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    ++shape.tokens;
    if (token.is('(') || token.is('[')) {
      groups.emplace_back();
    } else if ((token.is(')') || token.is(']')) && groups.size() > 1) {
      const std::size_t inner = groups.back().levels();
      groups.pop_back();
      groups.back().item += inner + 1;
    } else if (token.is(',') || token.is(';')) {
      groups.back().end_item();
    } else {
      ++groups.back().item;
      if (is_set_operation(token)) ++groups.back().set_operations;
    }
  }
  for (Group& group : groups) shape.levels += group.levels() + 1;
  return shape;
}

}  // namespace pgplumb::parser

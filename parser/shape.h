#pragma once
// Bounds on what a text can make the grammar build, found without parsing it.
#include <cstddef>
#include <string_view>

namespace pgplumb::parser {

struct Shape {
  std::size_t tokens = 0;
  /// No tree of this text has more levels than this: tokens that a comma or a semicolon parts, or that stand in
  /// different parentheses side by side, can't lie within one another.
  std::size_t levels = 0;
};

Shape shape_of(std::string_view text);

}  // namespace pgplumb::parser

#pragma once
// Integers as the server sends them.
#include <charconv>
#include <string_view>

namespace pgplumb::engine {

/// 0 for an empty text, which is how NULL arrives.
template <class Integer>
Integer number(std::string_view text) {
  Integer value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace pgplumb::engine

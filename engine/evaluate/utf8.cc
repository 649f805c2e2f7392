#include "engine/evaluate/utf8.h"

#include <algorithm>

#include "catalog/base/diagnostic.h"

namespace pgplumb::engine::evaluate {

namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

void require_ascii(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; }))
    throw catalog::NotSimulated("upper and lower case beyond ASCII");
}

}  // namespace

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> found;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && continues(text[end])) ++end;
    found.push_back(text.substr(at, end - at));
    at = end;
  }
  return found;
}

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::string joined(const std::vector<std::string_view>& characters, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < std::min(end, characters.size()); ++i) text += characters[i];
  return text;
}

std::string lower_case(std::string_view text) {
  require_ascii(text);
  std::string folded(text);
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return folded;
}

std::string upper_case(std::string_view text) {
  require_ascii(text);
  std::string folded(text);
  for (char& c : folded)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return folded;
}

}  // namespace pgplumb::engine::evaluate

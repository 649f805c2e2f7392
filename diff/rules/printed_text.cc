#include "diff/rules/printed_text.h"

#include <vector>

namespace pgplumb::diff {

namespace {

/// The position behind the quoted text or identifier that begins at `at`.
std::size_t skip_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool escapes = quote == '\'' && at > 0 && (text[at - 1] == 'E' || text[at - 1] == 'e');
  for (++at; at < text.size(); ++at) {
    if (escapes && text[at] == '\\')
      ++at;
    else if (text[at] == quote)
      return at + 1;
  }
  return at;
}

/// Whether the parenthesis that opens the text closes only at its end.
bool is_parenthesized(std::string_view text) {
  if (text.size() < 2 || text.front() != '(' || text.back() != ')') return false;
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '\'' || c == '"') {
      at = skip_quoted(text, at);
      continue;
    }
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    ++at;
    if (depth == 0) return at == text.size();
  }
  return false;
}

constexpr std::string_view constructor = "(ARRAY[";

/// The positions of the commas and of the closing bracket of the array constructor whose elements begin at `at`; empty
/// where it does not end.
std::vector<std::size_t> element_ends(std::string_view text, std::size_t at) {
  std::vector<std::size_t> ends;
  for (int depth = 0; at < text.size();) {
    const char c = text[at];
    if (c == '\'' || c == '"') {
      at = skip_quoted(text, at);
      continue;
    }
    if (depth == 0 && (c == ',' || c == ']')) ends.push_back(at);
    if (depth == 0 && c == ']') return ends;
    depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
    ++at;
  }
  return {};
}

/// Of a typed literal, 'a'::character varying, the type; empty for any other expression.
std::string_view literal_type(std::string_view element) {
  while (!element.empty() && element.front() == ' ') element.remove_prefix(1);
  if (element.empty() || element.front() != '\'') return {};
  const std::size_t end = skip_quoted(element, 0);
  if (element.substr(end, 2) != "::") return {};
  const std::string_view type = element.substr(end + 2);
  return type.find_first_of("'([]") == std::string_view::npos ? type : std::string_view{};
}

/// The type of all elements, where they are literals of one type.
std::string_view common_type(std::string_view text, std::size_t begin, const std::vector<std::size_t>& ends) {
  std::string_view common;
  for (const std::size_t end : ends) {
    const std::string_view type = literal_type(text.substr(begin, end - begin));
    if (type.empty() || (!common.empty() && type != common)) return {};
    common = type;
    begin = end + 1;
  }
  return common;
}

/// Where a cast of the constructor itself has to be inserted, and what; the position is npos where nowhere.
struct Insertion {
  std::size_t at = std::string_view::npos;
  std::string cast;
};

Insertion missing_cast(std::string_view text, std::size_t constructor_at) {
  const std::size_t begin = constructor_at + constructor.size();
  const std::vector<std::size_t> ends = element_ends(text, begin);
  if (ends.empty() || text.substr(ends.back(), 4) != "])::") return {};
  const std::string_view type = common_type(text, begin, ends);
  if (type.empty()) return {};
  return {ends.back() + 1, "::" + std::string(type) + "[]"};
}

}  // namespace

std::string as_source(std::string_view printed) {
  std::string out;
  for (std::size_t at = 0; at < printed.size();) {
    if (printed[at] == '\'' || printed[at] == '"') {
      const std::size_t end = skip_quoted(printed, at);
      out += printed.substr(at, end - at);
      at = end;
      continue;
    }
    if (printed.substr(at, constructor.size()) == constructor) {
      if (const Insertion insertion = missing_cast(printed, at); insertion.at != std::string_view::npos) {
        out += printed.substr(at, insertion.at - at);
        out += insertion.cast;
        at = insertion.at;
        continue;
      }
    }
    out += printed[at++];
  }
  return out;
}

std::string parenthesized(std::string_view expression) {
  while (is_parenthesized(expression)) expression = expression.substr(1, expression.size() - 2);
  return "(" + as_source(expression) + ")";
}

std::string without_semicolon(std::string_view query) {
  while (!query.empty() && (query.back() == ';' || query.back() == '\n' || query.back() == ' ')) query.remove_suffix(1);
  return as_source(query);
}

}  // namespace pgplumb::diff

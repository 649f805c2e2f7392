#include "catalog/builtin/view_definitions.h"

#include <algorithm>
#include <charconv>
#include <string_view>

extern "C" const char pgplumb_builtin_views[];
extern "C" const char pgplumb_builtin_views_end[];

namespace pgplumb::catalog::builtin {

namespace {

std::string_view next_part(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// "13-15,17"; empty for all.
bool holds(std::string_view majors, int major) {
  if (majors.empty()) return true;
  while (!majors.empty()) {
    std::string_view range = next_part(majors, ',');
    const int first = number(next_part(range, '-'));
    if (first <= major && major <= (range.empty() ? first : number(range))) return true;
  }
  return false;
}

std::string unescaped(std::string_view cell) {
  std::string text;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != '\\') {
      text += cell[i];
      continue;
    }
    const char c = cell[++i];
    text += c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
  }
  return text;
}

}  // namespace

std::optional<std::string> view_definition(int major, Oid view) {
  std::string_view rest(pgplumb_builtin_views,
                        static_cast<std::size_t>(pgplumb_builtin_views_end - pgplumb_builtin_views));
  next_part(rest, '\n');
  while (!rest.empty()) {
    std::string_view line = next_part(rest, '\n');
    const std::string_view majors = next_part(line, '\t');
    const Oid oid = static_cast<Oid>(number(next_part(line, '\t')));
    if (oid == view && holds(majors, major)) return unescaped(line);
  }
  return {};
}

}  // namespace pgplumb::catalog::builtin

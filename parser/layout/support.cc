#include "parser/layout/support.h"

#include <algorithm>
#include <charconv>

#include "parser/lexer.h"

namespace pgplumb::parser {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_digits(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  std::string_view digits = text.substr(0, length);
  text.remove_prefix(length);
  while (digits.size() > 1 && digits[0] == '0') digits.remove_prefix(1);
  return digits;
}

}  // namespace

bool natural_less(std::string_view a, std::string_view b) {
  const std::string_view whole_a = a, whole_b = b;
  while (!a.empty() && !b.empty()) {
    if (is_digit(a[0]) && is_digit(b[0])) {
      const std::string_view x = take_digits(a), y = take_digits(b);
      if (x != y) return x.size() != y.size() ? x.size() < y.size() : x < y;
    } else {
      if (a[0] != b[0]) return static_cast<unsigned char>(a[0]) < static_cast<unsigned char>(b[0]);
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  if (a.empty() != b.empty()) return a.empty();
  return whole_a < whole_b;
}

bool is_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

std::optional<std::uint64_t> parse_number(std::string_view digits) {
  std::uint64_t value = 0;
  if (!is_digits(digits)) return std::nullopt;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec != std::errc()) return std::nullopt;
  return value;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_sql_name(std::string_view name) {
  return name.size() > 4 && name[0] != '.' && equals_ignoring_case(name.substr(name.size() - 4), ".sql");
}

catalog::FileId add_source(const FileTree& tree, catalog::SourceMap& map, const std::string& path,
                           const std::string& migration) {
  const std::string shown = tree.display(path);
  return map.add({shown, source_text(shown, tree.read(path)), migration});
}

catalog::Diagnostic remark(catalog::Severity severity, std::string code, std::string message) {
  return {severity, std::move(code), {}, std::move(message), {}, {}, {}};
}

std::vector<std::string> dated_directories(const FileTree& tree, const std::string& file) {
  std::vector<std::string> names;
  for (const Entry& entry : tree.list("")) {
    const bool dated = entry.name.size() > 15 && entry.name[14] == '_' && is_digits(entry.name.substr(0, 14));
    if (entry.kind == EntryKind::directory && dated && tree.has_file(join_path(entry.name, file)))
      names.push_back(entry.name);
  }
  return names;
}

}  // namespace pgplumb::parser

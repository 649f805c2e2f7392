#include "parser/layout/properties.h"

#include <algorithm>

namespace pgplumb::parser {

namespace {

std::string_view trim(std::string_view text) {
  const std::size_t first = std::min(text.find_first_not_of(" \t\r"), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(" \t\r") + 1);
}

std::string_view unquote(std::string_view text) {
  text = trim(text);
  const bool quoted = text.size() >= 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0];
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::string read_value(std::string_view text) {
  text = trim(text);
  if (text.size() < 2 || text[0] != '[' || text.back() != ']') return std::string(unquote(text));
  text = text.substr(1, text.size() - 2);
  std::string joined;
  while (!trim(text).empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (!joined.empty()) joined += ',';
    joined += unquote(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return joined;
}

}  // namespace

Properties read_properties(std::string_view text) {
  Properties properties;
  std::string table;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line[0] == '#' || line[0] == '!') continue;
    const std::size_t equals = line.find('=');
    if (line[0] == '[' && equals == std::string_view::npos) {
      table = std::string(trim(line.substr(1, line.find(']') - 1))) + '.';
    } else if (equals != std::string_view::npos) {
      properties[table + std::string(unquote(line.substr(0, equals)))] = read_value(line.substr(equals + 1));
    }
  }
  return properties;
}

}  // namespace pgplumb::parser

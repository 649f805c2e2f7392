#include "engine/ddl/text_search_options.h"

namespace pgplumb::engine::ddl {

namespace {

/// The length of the option at the start of the text, up to a comma that no quote hides.
std::size_t option_length(std::string_view text) {
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quote) {
      if (text[i] == quote) quote = 0;
    } else if (text[i] == '\'' || text[i] == '"') {
      quote = text[i];
    } else if (text[i] == ',') {
      return i;
    }
  }
  return text.size();
}

std::string unquoted(std::string_view name) {
  if (name.size() < 2 || name.front() != '"') return std::string(name);
  std::string text;
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    text += name[i];
    if (name[i] == '"') ++i;
  }
  return text;
}

}  // namespace

std::string dictionary_value(ast::DefElem option) {
  const std::string value = def_string(option);
  if (option.arg().is<ast::Integer>() || option.arg().is<ast::Float>()) return value;
  std::string quoted = value.find('\\') == std::string::npos ? "'" : "E'";
  for (char c : value) {
    quoted += c;
    if (c == '\'' || c == '\\') quoted += c;
  }
  return quoted + "'";
}

std::string write_options(const DictionaryOptions& options) {
  std::string text;
  for (const DictionaryOption& option : options) {
    if (!text.empty()) text += ", ";
    text += catalog::quote_identifier(option.name) + " = " + option.value;
  }
  return text;
}

DictionaryOptions read_options(std::string_view text) {
  DictionaryOptions options;
  while (!text.empty()) {
    const std::size_t length = option_length(text);
    const std::string_view option = text.substr(0, length);
    const std::size_t equals = option.find(" = ");
    if (equals != std::string_view::npos)
      options.push_back({unquoted(option.substr(0, equals)), std::string(option.substr(equals + 3))});
    text.remove_prefix(std::min(text.size(), length + 2));
  }
  return options;
}

}  // namespace pgplumb::engine::ddl

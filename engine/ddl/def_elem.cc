#include "engine/ddl/def_elem.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "catalog/base/diagnostic.h"

namespace pgplumb::engine::ddl {

using catalog::SqlError;

namespace {

[[noreturn]] void wrong_value(ast::DefElem option, const char* wanted) {
  throw SqlError("42601", std::string(option.defname()) + " requires " + wanted);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::vector<std::string> names_of(ast::List<ast::Node> list) {
  std::vector<std::string> names;
  for (ast::Node name : list) names.push_back(name.is<ast::A_Star>() ? "*" : std::string(name.str()));
  return names;
}

/// TypeNameToString
std::string type_name_text(ast::TypeName type) {
  std::string text = name_list_text(names_of(type.names()));
  if (type.pct_type()) text += "%TYPE";
  if (!type.array_bounds().empty()) text += "[]";
  return text;
}

}  // namespace

std::string name_list_text(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += '.';
    text += name;
  }
  return text;
}

std::string def_string(ast::DefElem option) {
  const ast::Node value = option.arg();
  if (!value) wrong_value(option, "a parameter");
  switch (value.tag()) {
    case ast::NodeTag::Integer:
      return std::to_string(value.as<ast::Integer>().ival());
    case ast::NodeTag::Float:
      return std::string(value.as<ast::Float>().fval());
    case ast::NodeTag::Boolean:
      return value.as<ast::Boolean>().boolval() ? "true" : "false";
    case ast::NodeTag::TypeName:
      return type_name_text(value.as<ast::TypeName>());
    case ast::NodeTag::ListNode:
      return name_list_text(names_of(value.items()));
    case ast::NodeTag::A_Star:
      return "*";
    default:
      return std::string(value.str());
  }
}

bool def_boolean(ast::DefElem option) {
  const ast::Node value = option.arg();
  if (!value) return true;
  if (value.is<ast::Integer>()) {
    const int number = value.as<ast::Integer>().ival();
    if (number == 0 || number == 1) return number == 1;
  } else {
    const std::string text = def_string(option);
    if (equals_ignoring_case(text, "true") || equals_ignoring_case(text, "on")) return true;
    if (equals_ignoring_case(text, "false") || equals_ignoring_case(text, "off")) return false;
  }
  wrong_value(option, "a Boolean value");
}

std::int32_t def_int32(ast::DefElem option) {
  const ast::Node value = option.arg();
  if (!value.is<ast::Integer>()) wrong_value(option, "an integer value");
  return value.as<ast::Integer>().ival();
}

std::int64_t def_int64(ast::DefElem option) {
  const ast::Node value = option.arg();
  if (value.is<ast::Integer>()) return value.as<ast::Integer>().ival();
  if (!value.is<ast::Float>()) wrong_value(option, "a numeric value");
  const std::string_view text = value.as<ast::Float>().fval();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc::result_out_of_range)
    throw SqlError("22003", "value \"" + std::string(text) + "\" is out of range for type bigint");
  if (error != std::errc() || end != text.data() + text.size())
    throw SqlError("22P02", "invalid input syntax for type bigint: \"" + std::string(text) + "\"");
  return number;
}

double def_numeric(ast::DefElem option) {
  const ast::Node value = option.arg();
  if (!value) wrong_value(option, "a numeric value");
  if (value.is<ast::Integer>()) return value.as<ast::Integer>().ival();
  if (value.is<ast::Float>()) return std::strtod(std::string(value.as<ast::Float>().fval()).c_str(), nullptr);
  wrong_value(option, "a numeric value");
}

std::vector<std::string> def_qualified_name(ast::DefElem option) {
  const ast::Node value = option.arg();
  if (!value) wrong_value(option, "a parameter");
  if (value.is<ast::TypeName>()) return names_of(value.as<ast::TypeName>().names());
  if (value.is<ast::ListNode>()) return names_of(value.items());
  if (value.is<ast::String>()) return {std::string(value.str())};
  throw SqlError("42601", "argument of " + std::string(option.defname()) + " must be a name");
}

TypeSpelling def_type_name(ast::DefElem option) {
  const ast::Node value = option.arg();
  if (!value) wrong_value(option, "a parameter");
  if (value.is<ast::TypeName>()) return {value.as<ast::TypeName>(), {}};
  if (value.is<ast::String>()) return {ast::TypeName(), {std::string(value.str())}};
  throw SqlError("42601", "argument of " + std::string(option.defname()) + " must be a type name");
}

void conflicting_option(ast::DefElem option) {
  SqlError error("42601", "conflicting or redundant options");
  error.location = option.location();
  throw error;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<bool> parse_boolean(std::string_view text) {
  const auto is_prefix_of = [&](std::string_view word, std::size_t least) {
    return text.size() >= least && text.size() <= word.size() &&
           equals_ignoring_case(text, word.substr(0, text.size()));
  };
  if (is_prefix_of("true", 1) || is_prefix_of("yes", 1) || is_prefix_of("on", 2) || text == "1") return true;
  if (is_prefix_of("false", 1) || is_prefix_of("no", 1) || is_prefix_of("off", 2) || text == "0") return false;
  return std::nullopt;
}

}  // namespace pgplumb::engine::ddl

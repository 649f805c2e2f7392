#include "engine/psql/variables.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/diagnostic.h"

namespace pgplumb::engine::psql {

void Variables::unset(std::string_view name) {
  if (const auto found = values_.find(name); found != values_.end()) values_.erase(found);
}

const Variables::Value* Variables::find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

const std::string* Variables::text(std::string_view name) const {
  const Value* value = find(name);
  if (!value) return nullptr;
  if (!*value) throw catalog::NotSimulated(fmt::format("the value of the psql variable {} is not known", name));
  return &**value;
}

bool is_variable_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
  });
}

std::string quoted_value(const std::string& value, char quote) {
  if (quote != '\'' && quote != '"') return value;
  std::string text;
  if (quote == '\'' && value.find('\\') != std::string::npos) text += " E";
  text += quote;
  for (char c : value) {
    if (c == quote || (quote == '\'' && c == '\\')) text += c;
    text += c;
  }
  return text + quote;
}

}  // namespace pgplumb::engine::psql

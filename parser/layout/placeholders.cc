#include "parser/layout/placeholders.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/diagnostic.h"
#include "parser/lexer.h"

namespace pgplumb::parser {

namespace {

const std::string* find(const std::map<std::string, std::string>& values, std::string_view name) {
  for (const auto& [known, value] : values)
    if (equals_ignoring_case(known, name)) return &value;
  return nullptr;
}

}  // namespace

std::string replace_placeholders(const std::string& path, std::string_view text,
                                 const std::map<std::string, std::string>& values, const PlaceholderStyle& style) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = text.find(style.prefix); at != std::string_view::npos; at = text.find(style.prefix, done)) {
    const std::size_t begin = at + style.prefix.size();
    const std::size_t end = text.find(style.suffix, begin);
    if (end == std::string_view::npos) break;
    const std::string_view name = text.substr(begin, end - begin);
    const std::string* value = find(values, name);
    if (value == nullptr)
      throw catalog::UsageError(
          fmt::format("{}:{}: the placeholder {}{}{} has no value; give one with --placeholder {}=VALUE", path,
                      1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'), style.prefix,
                      name, style.suffix, name));
    out.append(text.substr(done, at - done)).append(*value);
    done = end + style.suffix.size();
  }
  return out.append(text.substr(done));
}

}  // namespace pgplumb::parser

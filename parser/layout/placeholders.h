#pragma once
// ${name} in the texts of migrations, as Flyway replaces it before anything else reads the text.
#include <map>
#include <string>
#include <string_view>

namespace pgplumb::parser {

struct PlaceholderStyle {
  std::string prefix = "${";
  std::string suffix = "}";
};

/// The text with its placeholders replaced; names compare without case. Throws catalog::UsageError that names `path`,
/// the line and the placeholder where `values` has none.
std::string replace_placeholders(const std::string& path, std::string_view text,
                                 const std::map<std::string, std::string>& values, const PlaceholderStyle& style);

}  // namespace pgplumb::parser

#pragma once
// Settings files of two kinds, as far as migration tools use them: Java properties (a.b=c), and TOML's tables of plain
// values ([a] and b = "c"), which read the same.
#include <map>
#include <string>
#include <string_view>

namespace pgplumb::parser {

using Properties = std::map<std::string, std::string>;

/// Names with the table they are in: `a.b`. Of an array, the elements joined by commas.
Properties read_properties(std::string_view text);

}  // namespace pgplumb::parser

#pragma once
// What readers of layouts share.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/layout/layout.h"

namespace pgplumb::parser {

#define LAYOUT(name) const Layout& name##_layout();
#include "parser/layout/layouts.def"
#undef LAYOUT

/// Digit sequences compare as numbers, all else by bytes; `2` before `10`.
bool natural_less(std::string_view a, std::string_view b);

/// As an unsigned 64-bit number; nothing where it is none, or too large.
std::optional<std::uint64_t> parse_number(std::string_view digits);

bool is_digits(std::string_view text);
bool ends_with(std::string_view text, std::string_view end);
/// Whether the name ends in .sql, in any case, and is not hidden.
bool is_sql_name(std::string_view name);

/// Reads a file into the map, checked to be text. `transform` may rewrite it.
catalog::FileId add_source(const FileTree& tree, catalog::SourceMap& map, const std::string& path,
                           const std::string& migration);

/// A remark about the layout that belongs to no line.
catalog::Diagnostic remark(catalog::Severity severity, std::string code, std::string message);

/// Directories of the tree's root that hold `file`, of those named <14 digits>_<name>, in byte order.
std::vector<std::string> dated_directories(const FileTree& tree, const std::string& file);

/// The layout that is not read yet whose marks the tree bears, and what they are; empty if there are none.
struct ForeignMark {
  std::string tool;
  std::string evidence;
};
ForeignMark find_foreign_mark(const FileTree& tree);

}  // namespace pgplumb::parser

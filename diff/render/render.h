#pragma once
// Formats of reports. One file a format, one line in formats.def.
#include <span>
#include <string>
#include <string_view>

#include "diff/report.h"

namespace pgplumb::diff {

struct RenderOptions {
  bool color = false;
  bool stats = false;  // show how each comparison was decided
};

struct Format {
  std::string_view word;
  std::string (*render)(const Report& report, const RenderOptions& options);
};

std::span<const Format> formats();
/// Null where there is no such format.
const Format* find_format(std::string_view word);

/// Control characters, which a terminal would obey, as \xNN and \u escapes; line feeds as \n.
std::string visible(std::string_view text);

}  // namespace pgplumb::diff

#include "diff/render/render.h"

#include <fmt/format.h>

namespace pgplumb::diff {

#define FORMAT(word) std::string render_##word(const Report& report, const RenderOptions& options);
#include "diff/render/formats.def"
#undef FORMAT

namespace {

constexpr Format all_formats[] = {
#define FORMAT(word) {#word, render_##word},
#include "diff/render/formats.def"
#undef FORMAT
};

}  // namespace

std::span<const Format> formats() { return all_formats; }

const Format* find_format(std::string_view word) {
  for (const Format& format : all_formats)
    if (format.word == word) return &format;
  return nullptr;
}

std::string visible(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool c1_control = c == 0xC2 && i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xE0) == 0x80;
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c < 0x20 || c == 0x7F)
      out += fmt::format("\\x{:02x}", c);
    else if (c1_control)
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[++i]));
    else
      out += text[i];
  }
  return out;
}

}  // namespace pgplumb::diff

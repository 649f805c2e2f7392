#include "engine/analyze/xml_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/analyze/errors.h"

namespace pgplumb::engine::analyze {

namespace {

/// The code point that begins at the place, and how many bytes it takes.
std::pair<unsigned, std::size_t> code_point(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  unsigned code = lead < 0x80 ? lead : lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length && at + i < text.size(); ++i) code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
  return {code, length};
}

bool is_letter(unsigned code, int location) {
  if (code < 0x80) return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
  if (code < 0xC0) return false;
  if (code < 0x100) return code != 0xD7 && code != 0xF7;
  // XML's tables of letters go on; of them, the Latin ones but for ligatures and digraphs are told here.
  static constexpr unsigned other_than_letters[] = {0x132, 0x133, 0x13F, 0x140, 0x149, 0x17F};
  if (code < 0x17F) return std::find(std::begin(other_than_letters), std::end(other_than_letters), code) == std::end(other_than_letters);
  not_simulated("an XML name with characters beyond Latin Extended-A", location);
}

bool fits(unsigned code, bool first, int location) {
  if (code == '_' || code == ':') return true;
  if (!first && ((code >= '0' && code <= '9') || code == '.' || code == '-' || code == 0xB7)) return true;
  return is_letter(code, location);
}

bool begins_with_xml(std::string_view name) {
  return name.size() >= 3 && (name[0] | 0x20) == 'x' && (name[1] | 0x20) == 'm' && (name[2] | 0x20) == 'l';
}

}  // namespace

std::string to_xml_name(std::string_view name, bool fully_escaped, int location) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const auto [code, length] = code_point(name, at);
    const bool first = at == 0;
    const bool colon = code == ':' && (first || fully_escaped);
    const bool escape_like = code == '_' && at + 1 < name.size() && name[at + 1] == 'x';
    const bool xml = fully_escaped && first && begins_with_xml(name);
    if (colon || escape_like || xml || !fits(code, first, location))
      out += fmt::format("_x{:04X}_", code);
    else
      out += name.substr(at, length);
    at += length;
  }
  return out;
}

}  // namespace pgplumb::engine::analyze

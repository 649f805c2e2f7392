#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "parser/script.h"

namespace pgplumb::parser {

namespace {

using catalog::UsageError;

/// Length of the valid UTF-8 sequence at the front of `text`; 0 if there is none (RFC 3629: no overlong forms, no
/// surrogates, nothing over U+10FFFF).
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF)
    return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
  if (first >= 0xF0 && first <= 0xF4)
    return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3) ? 4 : 0;
  return 0;
}

/// Offset of the first byte that no UTF-8 text has; npos if there is none.
std::size_t find_invalid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = text[at] == '\0' ? 0 : sequence_length(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

bool begins_with(std::string_view text, std::string_view begin) { return text.substr(0, begin.size()) == begin; }

}  // namespace

std::string source_text(const std::string& path, std::string bytes) {
  if (bytes.size() > max_file_bytes)
    throw UsageError(fmt::format(
        "{}: {} MB are more than the {} MB that a file of SQL may have; leave the data out (pg_dump --schema-only)",
        path, bytes.size() >> 20, max_file_bytes >> 20));
  if (begins_with(bytes, "\xFF\xFE") || begins_with(bytes, "\xFE\xFF"))
    throw UsageError(fmt::format("{}: the file is UTF-16; save it as UTF-8", path));
  if (begins_with(bytes, "\xEF\xBB\xBF")) bytes.erase(0, 3);
  if (begins_with(bytes, "PGDMP"))
    throw UsageError(
        fmt::format("{}: the file is an archive of pg_dump; turn it into SQL with pg_restore -f FILE.sql", path));
  const std::size_t invalid = find_invalid(bytes);
  if (invalid == std::string::npos) return bytes;
  const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(invalid), '\n');
  if (bytes[invalid] == '\0')
    throw UsageError(fmt::format("{}:{}: the file holds a NUL byte; it is no SQL text", path, line));
  throw UsageError(fmt::format("{}:{}: the byte 0x{:02X} is not valid UTF-8; save the file as UTF-8", path, line,
                               static_cast<unsigned>(static_cast<unsigned char>(bytes[invalid]))));
}

}  // namespace pgplumb::parser

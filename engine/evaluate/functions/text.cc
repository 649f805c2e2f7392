// Texts: oracle_compat.c, varlena.c, varchar.c, name.c.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>

#include "catalog/base/name.h"
#include "catalog/type_oids.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/functions.h"
#include "engine/evaluate/utf8.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;

namespace {

using Characters = std::vector<std::string_view>;

std::string trimmed(const Call& call, bool left, bool right) {
  const Characters text = characters(call.text(0));
  const Characters set = call.size() > 1 ? characters(call.text(1)) : Characters{" "};
  const auto in_set = [&](std::string_view c) { return std::find(set.begin(), set.end(), c) != set.end(); };
  std::size_t begin = 0, end = text.size();
  while (left && begin < end && in_set(text[begin])) ++begin;
  while (right && end > begin && in_set(text[end - 1])) --end;
  return joined(text, begin, end);
}

std::string padding(const Characters& fill, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += fill[i % fill.size()];
  return text;
}

std::string padded(const Call& call, bool left) {
  const Characters text = characters(call.text(0));
  const Characters fill = call.size() > 2 ? characters(call.text(2)) : Characters{" "};
  const auto length = static_cast<std::size_t>(std::max<std::int64_t>(call.integer(1), 0));
  if (text.size() >= length || fill.empty()) return joined(text, 0, length);
  const std::string more = padding(fill, length - text.size());
  return left ? more + call.text(0) : call.text(0) + more;
}

std::vector<std::string> concat_items(const Call& call, std::size_t first) {
  std::vector<std::string> items;
  if (!call.variadic) {
    for (std::size_t i = first; i < call.size(); ++i)
      if (!call.is_null(i)) items.push_back(output(call.interpreter(), call.args[i]));
    return items;
  }
  if (call.args.back().is_null()) return items;
  for (const Element& element : read_array(call.args.back()).elements)
    if (element) items.push_back(*element);
  return items;
}

std::string joined_by(const std::vector<std::string>& items, const std::string& separator) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) text += (i > 0 ? separator : "") + items[i];
  return text;
}

std::string code_point(std::int64_t code) {
  if (code == 0) throw SqlError("54000", "null character not permitted");
  if (code < 0x80) return std::string(1, static_cast<char>(code));
  std::string text;
  const auto tail = [](std::int64_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (code < 0x800) return {static_cast<char>(0xC0 | code >> 6), tail(code)};
  if (code < 0x10000) return {static_cast<char>(0xE0 | code >> 12), tail(code >> 6), tail(code)};
  return {static_cast<char>(0xF0 | code >> 18), tail(code >> 12), tail(code >> 6), tail(code)};
}

}  // namespace

Value text_concat(const Call& call) {
  return call.of(as_text(call.interpreter(), call.args[0]) + as_text(call.interpreter(), call.args[1]));
}
Value text_lower(const Call& call) { return call.of(lower_case(call.text(0))); }
Value text_upper(const Call& call) { return call.of(upper_case(call.text(0))); }

Value text_initcap(const Call& call) {
  std::string text = lower_case(call.text(0));
  bool inside = false;
  for (char& c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter && !inside && c >= 'a') c = static_cast<char>(c - 32);
    inside = letter;
  }
  return call.of(text);
}

Value text_md5(const Call& call) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(call.text(0).data(), call.text(0).size(), digest, &size, EVP_md5(), nullptr);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return call.of(text);
}

Value text_replace(const Call& call) {
  const std::string &from = call.text(1), &to = call.text(2);
  std::string text = call.text(0);
  if (from.empty()) return call.of(text);
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return call.of(text);
}

Value text_substring(const Call& call) {
  const Characters text = characters(call.text(0));
  const std::int64_t start = call.integer(1);
  std::int64_t end = static_cast<std::int64_t>(text.size()) + 1;
  if (call.size() > 2) {
    if (call.integer(2) < 0) throw SqlError("22011", "negative substring length not allowed");
    end = std::min(end, start + call.integer(2));
  }
  const std::int64_t begin = std::max<std::int64_t>(start, 1);
  if (end <= begin) return call.of("");
  return call.of(joined(text, static_cast<std::size_t>(begin - 1), static_cast<std::size_t>(end - 1)));
}

Value text_position(const Call& call) {
  const std::size_t at = call.text(0).find(call.text(1));
  if (at == std::string::npos) return call.number(0);
  return call.number(static_cast<std::int64_t>(character_count(std::string_view(call.text(0)).substr(0, at))) + 1);
}

Value text_left(const Call& call) {
  const Characters text = characters(call.text(0));
  const std::int64_t count = call.integer(1), size = static_cast<std::int64_t>(text.size());
  return call.of(
      joined(text, 0, static_cast<std::size_t>(std::max<std::int64_t>(count < 0 ? size + count : count, 0))));
}

Value text_right(const Call& call) {
  const Characters text = characters(call.text(0));
  const std::int64_t count = call.integer(1), size = static_cast<std::int64_t>(text.size());
  const std::int64_t wanted = std::clamp<std::int64_t>(count < 0 ? size + count : count, 0, size);
  return call.of(joined(text, static_cast<std::size_t>(size - wanted), text.size()));
}

Value text_split_part(const Call& call) {
  const std::string &text = call.text(0), &separator = call.text(1);
  std::int64_t number = call.integer(2);
  if (number == 0 || (number < 0 && call.cache().major() < 14))
    throw SqlError("22023", call.cache().major() < 14 ? "field position must be greater than zero"
                                                      : "field position must not be zero");
  std::vector<std::string> parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = separator.empty() ? std::string::npos : text.find(separator, at);
    parts.push_back(text.substr(at, end == std::string::npos ? end : end - at));
    if (end == std::string::npos) break;
    at = end + separator.size();
  }
  if (number < 0) number += static_cast<std::int64_t>(parts.size()) + 1;
  const bool there = number >= 1 && number <= static_cast<std::int64_t>(parts.size()) && !text.empty();
  return call.of(there ? parts[static_cast<std::size_t>(number - 1)] : "");
}

Value text_trim(const Call& call) { return call.of(trimmed(call, true, true)); }
Value text_ltrim(const Call& call) { return call.of(trimmed(call, true, false)); }
Value text_rtrim(const Call& call) { return call.of(trimmed(call, false, true)); }
Value text_length(const Call& call) { return call.number(static_cast<std::int64_t>(character_count(call.text(0)))); }
Value bpchar_length(const Call& call) {
  const std::size_t last = call.text(0).find_last_not_of(' ');
  return call.number(static_cast<std::int64_t>(character_count(call.text(0).substr(0, last + 1))));
}
Value text_octets(const Call& call) { return call.number(static_cast<std::int64_t>(call.text(0).size())); }

Value text_reverse(const Call& call) {
  Characters text = characters(call.text(0));
  std::reverse(text.begin(), text.end());
  return call.of(joined(text, 0, text.size()));
}

Value text_repeat(const Call& call) {
  std::string text;
  for (std::int64_t i = 0; i < call.integer(1); ++i) text += call.text(0);
  return call.of(text);
}

Value text_lpad(const Call& call) { return call.of(padded(call, true)); }
Value text_rpad(const Call& call) { return call.of(padded(call, false)); }
Value concat_any(const Call& call) { return call.of(joined_by(concat_items(call, 0), "")); }
Value concat_with_separator(const Call& call) {
  return call.is_null(0) ? call.null() : call.of(joined_by(concat_items(call, 1), call.text(0)));
}

Value text_ascii(const Call& call) {
  if (call.text(0).empty()) return call.number(0);
  const auto first = static_cast<unsigned char>(call.text(0)[0]);
  if (first >= 0x80) throw NotSimulated("ascii() beyond ASCII");
  return call.number(first);
}
Value text_chr(const Call& call) { return call.of(code_point(call.integer(0))); }
Value text_starts_with(const Call& call) { return call.boolean(call.text(0).rfind(call.text(1), 0) == 0); }

Value text_translate(const Call& call) {
  const Characters from = characters(call.text(1)), to = characters(call.text(2));
  std::string text;
  for (std::string_view c : characters(call.text(0))) {
    const auto place = static_cast<std::size_t>(std::find(from.begin(), from.end(), c) - from.begin());
    if (place == from.size())
      text += c;
    else if (place < to.size())
      text += to[place];
  }
  return call.of(text);
}

Value text_overlay(const Call& call) {
  const Characters text = characters(call.text(0));
  const std::int64_t start = call.integer(2);
  const auto length = call.size() > 3 ? call.integer(3) : static_cast<std::int64_t>(character_count(call.text(1)));
  if (start <= 0) throw SqlError("22011", "negative substring length not allowed");
  const std::int64_t rest = std::max<std::int64_t>(start + length - 1, 0);
  return call.of(joined(text, 0, static_cast<std::size_t>(start - 1)) + call.text(1) +
                 joined(text, static_cast<std::size_t>(rest), text.size()));
}

Value integer_hex(const Call& call) {
  const std::int64_t number = call.integer(0);
  const bool small = call.args[0].type == types::int4;
  return call.of(small ? fmt::format("{:x}", static_cast<std::uint32_t>(number))
                       : fmt::format("{:x}", static_cast<std::uint64_t>(number)));
}

Value text_to_name(const Call& call) {
  return call.of(std::string(catalog::clip_utf8(call.text(0), catalog::max_identifier_length)));
}
Value text_to_char(const Call& call) { return call.of(call.text(0).substr(0, 1)); }
Value char_to_integer(const Call& call) {
  return call.number(call.text(0).empty() ? 0 : static_cast<signed char>(call.text(0)[0]));
}
Value boolean_text(const Call& call) { return call.of(call.truth(0) ? "true" : "false"); }

/// varchar(n): an implicit cast refuses what is too long, but for blanks.
Value text_with_limit(const Call& call) {
  const std::int64_t limit = call.integer(1) - 4;
  const Characters text = characters(call.text(0));
  if (limit < 0 || static_cast<std::int64_t>(text.size()) <= limit) return call.of(call.text(0));
  const std::string kept = joined(text, 0, static_cast<std::size_t>(limit)), cut = call.text(0).substr(kept.size());
  if (!call.truth(2) && cut.find_first_not_of(' ') != std::string::npos)
    throw SqlError("22001", "value too long for type character varying(" + std::to_string(limit) + ")");
  return call.of(kept);
}

Value bits_of_length(const Call& call) {
  const std::int64_t length = call.integer(1);
  std::string bits = call.text(0);
  if (length <= 0 || length == static_cast<std::int64_t>(bits.size())) return call.of(bits);
  if (!call.truth(2))
    throw SqlError("22026", "bit string length " + std::to_string(bits.size()) + " does not match type bit(" +
                                std::to_string(length) + ")");
  bits.resize(static_cast<std::size_t>(length), '0');
  return call.of(bits);
}

Value bits_with_limit(const Call& call) {
  const std::int64_t limit = call.integer(1);
  const std::string& bits = call.text(0);
  if (limit <= 0 || limit >= static_cast<std::int64_t>(bits.size())) return call.of(bits);
  if (!call.truth(2)) throw SqlError("22001", "bit string too long for type bit varying(" + std::to_string(limit) + ")");
  return call.of(bits.substr(0, static_cast<std::size_t>(limit)));
}

Value text_padded(const Call& call) {
  const std::int64_t limit = call.integer(1) - 4;
  if (limit < 0) return call.of(call.text(0));
  const Characters text = characters(call.text(0));
  const auto size = static_cast<std::int64_t>(text.size());
  if (size <= limit) return call.of(call.text(0) + std::string(static_cast<std::size_t>(limit - size), ' '));
  const std::string kept = joined(text, 0, static_cast<std::size_t>(limit)), cut = call.text(0).substr(kept.size());
  if (!call.truth(2) && cut.find_first_not_of(' ') != std::string::npos)
    throw SqlError("22001", "value too long for type character(" + std::to_string(limit) + ")");
  return call.of(kept);
}

}  // namespace pgplumb::engine::evaluate

// Strings of bytes, bits and hexadecimal digits: varlena.c, varbit.c, uuid.c, name.c, char.c.
#include <fmt/format.h>

#include "catalog/base/name.h"
#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

constexpr char hex_digits[] = "0123456789abcdef";

void append_hex(std::string& out, unsigned char byte) {
  out += hex_digits[byte >> 4];
  out += hex_digits[byte & 15];
}

std::string bytes_from_hex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r') continue;
    int high = hex_digit(text[i]);
    if (high < 0) {
      fail(errcode::invalid_parameter_value, fmt::format("invalid hexadecimal digit: \"{}\"", text[i]));
    }
    if (++i >= text.size()) {
      fail(errcode::invalid_parameter_value, "invalid hexadecimal data: odd number of digits");
    }
    int low = hex_digit(text[i]);
    if (low < 0) fail(errcode::invalid_parameter_value, fmt::format("invalid hexadecimal digit: \"{}\"", text[i]));
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

bool octal_at(std::string_view text, std::size_t i) {
  return i + 2 < text.size() && text[i] >= '0' && text[i] <= '3' && text[i + 1] >= '0' && text[i + 1] <= '7' &&
         text[i + 2] >= '0' && text[i + 2] <= '7';
}

std::string bytes_from_escaped(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      bytes += text[i];
    } else if (octal_at(text, i + 1)) {
      bytes += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
      i += 3;
    } else if (i + 1 < text.size() && text[i + 1] == '\\') {
      bytes += '\\';
      ++i;
    } else {
      fail(errcode::invalid_text_representation, "invalid input syntax for type bytea");
    }
  }
  return bytes;
}

std::string bits_from_hex(std::string_view digits) {
  std::string bits;
  for (char c : digits) {
    int value = hex_digit(c);
    if (value < 0) {
      fail(errcode::invalid_text_representation, fmt::format("\"{}\" is not a valid hexadecimal digit", c));
    }
    for (int bit = 8; bit > 0; bit /= 2) bits += (value & bit) ? '1' : '0';
  }
  return bits;
}

}  // namespace

std::string bytea_in(std::string_view text) {
  bool is_hex = text.size() >= 2 && text[0] == '\\' && text[1] == 'x';
  std::string bytes = is_hex ? bytes_from_hex(text.substr(2)) : bytes_from_escaped(text);
  std::string out = "\\x";
  for (char byte : bytes) append_hex(out, static_cast<unsigned char>(byte));
  return out;
}

std::string bit_in(std::string_view text) {
  if (!text.empty() && (text[0] == 'x' || text[0] == 'X')) return bits_from_hex(text.substr(1));
  if (!text.empty() && (text[0] == 'b' || text[0] == 'B')) text.remove_prefix(1);
  for (char c : text) {
    if (c != '0' && c != '1') {
      fail(errcode::invalid_text_representation, fmt::format("\"{}\" is not a valid binary digit", c));
    }
  }
  return std::string(text);
}

std::string uuid_in(std::string_view text) {
  std::string_view body = text;
  if (!body.empty() && body.front() == '{') {
    if (body.back() != '}') invalid_syntax("uuid", text);
    body = body.substr(1, body.size() - 2);
  }
  std::string digits;
  for (std::size_t i = 0; i < body.size(); ++i) {
    // A hyphen may follow any group of four digits but the last.
    if (body[i] == '-' && !digits.empty() && digits.size() % 4 == 0 && digits.size() < 32 && body[i - 1] != '-')
      continue;
    if (hex_digit(body[i]) < 0) invalid_syntax("uuid", text);
    digits += lower(body.substr(i, 1));
  }
  if (digits.size() != 32) invalid_syntax("uuid", text);
  std::string_view d = digits;
  return fmt::format("{}-{}-{}-{}-{}", d.substr(0, 8), d.substr(8, 4), d.substr(12, 4), d.substr(16, 4), d.substr(20));
}

std::string name_in(std::string_view text) {
  return std::string(catalog::clip_utf8(text, catalog::max_identifier_length));
}

std::string char_in(std::string_view text, int major) {
  // charin takes any three octal digits, and their last eight bits.
  bool is_octal = major >= 15 && text.size() == 4 && text[0] == '\\' &&
                  text.find_first_not_of("01234567", 1) == std::string_view::npos;
  auto byte = static_cast<unsigned char>(text.empty() ? '\0' : text[0]);
  if (is_octal) byte = static_cast<unsigned char>((text[1] - '0') * 64 + (text[2] - '0') * 8 + (text[3] - '0'));
  if (byte == 0) return "";
  // Up to 14 a byte beyond ASCII is shown as it is, though alone it is no text in UTF-8.
  if (byte < 0x80 || major < 15) return std::string(1, static_cast<char>(byte));
  return fmt::format("\\{:03o}", static_cast<unsigned>(byte));
}

}  // namespace pgplumb::engine::analyze::literal

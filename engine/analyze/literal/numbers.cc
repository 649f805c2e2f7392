// Numbers and booleans: int.c, numutils.c, float.c, numeric.c, cash.c, bool.c.
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

/// Sign and digits of an integer as written; from 16 on also in other bases and with underscores.
struct IntegerText {
  bool negative = false;
  int base = 10;
  std::string digits;
};

bool valid_digit(char c, int base) {
  int value = hex_digit(c);
  return value >= 0 && value < base;
}

bool take_base(std::string_view& text, int& base) {
  if (text.size() < 2 || text[0] != '0') return false;
  switch (text[1]) {
    case 'x':
    case 'X': base = 16; break;
    case 'o':
    case 'O': base = 8; break;
    case 'b':
    case 'B': base = 2; break;
    default: return false;
  }
  text.remove_prefix(2);
  return true;
}

/// Whether a server has seen too great a number before it sees what is no digit: pg_strtoint16 and its like. Up to 15 each
/// digit is checked, from 16 on only whether there is room for another.
bool overflows_before_junk(const IntegerText& integer, std::int64_t low, int major) {
  const auto greatest = std::uint64_t{0} - static_cast<std::uint64_t>(low);
  const auto base = static_cast<std::uint64_t>(integer.base);
  std::uint64_t value = 0;
  for (char c : integer.digits) {
    if (value > greatest / base) return true;
    value = value * base + static_cast<std::uint64_t>(hex_digit(c));
    if (major < 16 && value > greatest) return true;
  }
  return false;
}

/// What could be read, up to the junk where there is any, is in `out`.
bool read_integer(std::string_view text, int major, IntegerText& out) {
  text = trimmed(text);
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    out.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (major >= 16) {
    bool prefixed = take_base(text, out.base);
    if (prefixed && !text.empty() && text[0] == '_') text.remove_prefix(1);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool separator =
        major >= 16 && text[i] == '_' && i > 0 && i + 1 < text.size() && valid_digit(text[i + 1], out.base);
    if (separator) continue;
    if (!valid_digit(text[i], out.base)) return false;
    out.digits += text[i];
  }
  return !out.digits.empty();
}

struct DecimalText {
  bool negative = false;
  std::string digits;  // without the point
  int point = 0;       // digits before the point
  int scale = 0;       // digits to show behind the point
};

// digits [. digits] [e[+-]digits]
bool read_decimal(std::string_view text, bool underscores, DecimalText& out) {
  std::size_t at = 0;
  bool any = false, after_point = false;
  for (; at < text.size(); ++at) {
    if (is_digit(text[at])) {
      out.digits += text[at];
      any = true;
      if (!after_point) ++out.point;
      if (after_point) ++out.scale;
    } else if (text[at] == '.' && !after_point) {
      after_point = true;
    } else if (!(underscores && text[at] == '_' && any && at + 1 < text.size() && is_digit(text[at + 1]))) {
      break;
    }
  }
  if (!any) return false;
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  ++at;
  if (at < text.size() && text[at] == '+') ++at;
  int exponent = 0;
  auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  out.point += exponent;
  out.scale = std::max(out.scale - exponent, 0);
  return true;
}

std::string decimal_out(const DecimalText& number) {
  std::string whole, fraction;
  for (int i = 0; i < number.point; ++i) {
    bool there = i < static_cast<int>(number.digits.size());
    whole += there ? number.digits[static_cast<std::size_t>(i)] : '0';
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  for (int i = number.point; i < number.point + number.scale; ++i) {
    bool there = i >= 0 && i < static_cast<int>(number.digits.size());
    fraction += there ? number.digits[static_cast<std::size_t>(i)] : '0';
  }
  bool zero = whole.empty() && fraction.find_first_not_of('0') == std::string::npos;
  std::string text = number.negative && !zero ? "-" : "";
  text += whole.empty() ? "0" : whole;
  return fraction.empty() ? text : text + "." + fraction;
}

// Half away from zero, to the first `kept` digits.
void round_digits(DecimalText& number, int kept) {
  const bool up = kept >= 0 && number.digits[static_cast<std::size_t>(kept)] >= '5';
  number.digits.resize(static_cast<std::size_t>(std::max(kept, 0)));
  if (!up) return;
  std::size_t at = number.digits.size();
  while (at > 0 && number.digits[at - 1] == '9') number.digits[--at] = '0';
  if (at > 0) {
    ++number.digits[at - 1];
  } else {
    number.digits.insert(0, "1");
    ++number.point;
  }
}

std::string special_number(std::string_view word, bool negative) {
  if (word == "nan" && !negative) return "NaN";
  if (word == "infinity" || word == "inf") return negative ? "-Infinity" : "Infinity";
  return "";
}

std::string_view without_sign(std::string_view text, bool& negative) {
  negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return text;
}

std::string numeric_of_other_base(const IntegerText& integer, std::string_view text) {
  std::uint64_t value = 0;
  auto [end, error] =
      std::from_chars(integer.digits.data(), integer.digits.data() + integer.digits.size(), value, integer.base);
  if (error != std::errc()) not_simulated(fmt::format("the numeric literal \"{}\"", text));
  return (integer.negative && value != 0 ? "-" : "") + std::to_string(value);
}

}  // namespace

std::string numeric_with_modifier(std::string value, std::int32_t typmod) {
  if (typmod < 4) return value;
  const int packed = typmod - 4;
  const int precision = (packed >> 16) & 0xffff, scale = ((packed & 0x7ff) ^ 1024) - 1024;
  DecimalText number;
  const bool is_number = read_decimal(without_sign(value, number.negative), false, number);
  if (value == "NaN") return value;
  if (!is_number) fail(errcode::numeric_value_out_of_range, "numeric field overflow");
  const int kept = number.point + scale;
  if (kept < static_cast<int>(number.digits.size())) round_digits(number, kept);
  number.scale = std::max(scale, 0);
  const std::size_t first = number.digits.find_first_not_of('0');
  if (first != std::string::npos && number.point - static_cast<int>(first) > precision - scale)
    fail(errcode::numeric_value_out_of_range, "numeric field overflow");
  return decimal_out(number);
}

std::string integer_in(std::string_view text, std::int64_t low, std::int64_t high, const char* type_name, int major) {
  IntegerText integer;
  if (!read_integer(text, major, integer)) {
    if (overflows_before_junk(integer, low, major)) out_of_range(type_name, text);
    invalid_syntax(type_name, text);
  }
  std::uint64_t magnitude = 0;
  auto [end, error] =
      std::from_chars(integer.digits.data(), integer.digits.data() + integer.digits.size(), magnitude, integer.base);
  std::uint64_t limit =
      integer.negative ? std::uint64_t{0} - static_cast<std::uint64_t>(low) : static_cast<std::uint64_t>(high);
  if (error != std::errc() || magnitude > limit) out_of_range(type_name, text);
  return (integer.negative && magnitude != 0 ? "-" : "") + std::to_string(magnitude);
}

// strtoul's reading: what is negative counts from the top. Up to 15 a transaction's number is read up to what is none,
// and an oid in decimal digits only.
std::string unsigned_in(std::string_view text, std::uint64_t limit, const char* type_name, int major,
                        bool is_transaction) {
  std::string body(text);
  char* end = nullptr;
  errno = 0;
  std::uint64_t value = std::strtoull(body.c_str(), &end, is_transaction || major >= 16 ? 0 : 10);
  if (is_transaction && major < 16)
    return std::to_string(limit == UINT32_MAX ? static_cast<std::uint32_t>(value) : value);
  bool nothing = end == body.c_str();
  while (is_space(*end)) ++end;
  if (nothing || end != body.c_str() + body.size()) invalid_syntax(type_name, text);
  bool negative =
      limit == UINT32_MAX && static_cast<std::int64_t>(value) < 0 && static_cast<std::int64_t>(value) >= INT32_MIN;
  if (errno == ERANGE || (value > limit && !negative)) out_of_range(type_name, text);
  return std::to_string(limit == UINT32_MAX ? static_cast<std::uint32_t>(value) : value);
}

std::string float_out(double value, bool is_double) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  char buffer[64];
  auto result = is_double ? std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific)
                          : std::to_chars(buffer, buffer + sizeof buffer, static_cast<float>(value),
                                          std::chars_format::scientific);
  std::string_view text(buffer, static_cast<std::size_t>(result.ptr - buffer));
  std::size_t e = text.find('e');
  int exponent = std::atoi(std::string(text.substr(e + 1)).c_str());
  // Plain notation while the exponent is below the type's digits (DBL_DIG, FLT_DIG).
  if (exponent < -4 || exponent >= (is_double ? 15 : 6)) return std::string(text);
  DecimalText plain;
  plain.negative = text[0] == '-';
  for (char c : text.substr(0, e)) {
    if (is_digit(c)) plain.digits += c;
  }
  plain.point = exponent + 1;
  plain.scale = std::max(static_cast<int>(plain.digits.size()) - plain.point, 0);
  std::string out = decimal_out(plain);
  return value == 0 && std::signbit(value) ? "-0" : out;
}

double take_float(std::string_view& text, bool is_double, const char* type_name, std::string_view whole) {
  std::string body(trimmed(text));
  char* end = nullptr;
  errno = 0;
  double value = is_double ? std::strtod(body.c_str(), &end) : static_cast<double>(std::strtof(body.c_str(), &end));
  auto used = static_cast<std::size_t>(end - body.c_str());
  if (used == 0) invalid_syntax(type_name, whole);
  if (errno == ERANGE && (value == 0 || std::isinf(value))) {
    fail(errcode::numeric_value_out_of_range, fmt::format("\"{}\" is out of range for type {}", body.substr(0, used),
                                                          is_double ? "double precision" : "real"));
  }
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  text.remove_prefix(used);
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  return value;
}

std::string float_in(std::string_view text, bool is_double) {
  const char* type_name = is_double ? "double precision" : "real";
  std::string_view rest = text;
  double value = take_float(rest, is_double, type_name, text);
  if (!rest.empty()) invalid_syntax(type_name, text);
  return float_out(value, is_double);
}

std::string numeric_in(std::string_view text, int major) {
  bool negative = false;
  std::string_view body = without_sign(trimmed(text), negative);
  std::string special = special_number(lower(body), negative);
  if (special == "NaN" || (!special.empty() && major >= 14)) return special;
  IntegerText integer;
  if (major >= 16 && read_integer(trimmed(text), major, integer) && integer.base != 10) {
    return numeric_of_other_base(integer, text);
  }
  DecimalText number;
  number.negative = negative;
  if (!read_decimal(body, major >= 16, number)) invalid_syntax("numeric", text);
  if (number.point > 131072 || number.scale > 16383) {
    fail(errcode::numeric_value_out_of_range, "value overflows numeric format");
  }
  return decimal_out(number);
}

std::string bool_in(std::string_view text) {
  std::string word = lower(trimmed(text));
  auto begins = [&](std::string_view whole, std::size_t least) {
    return word.size() >= least && word.size() <= whole.size() && whole.substr(0, word.size()) == word;
  };
  if (begins("true", 1) || begins("yes", 1) || word == "on" || word == "1") return "t";
  if (begins("false", 1) || begins("no", 1) || begins("off", 2) || word == "0") return "f";
  invalid_syntax("boolean", text);
}

}  // namespace pgplumb::engine::analyze::literal

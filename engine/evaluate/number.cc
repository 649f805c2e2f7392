#include "engine/evaluate/number.h"

#include <algorithm>
#include <charconv>

#include "catalog/base/diagnostic.h"
#include "catalog/type_oids.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;
using catalog::NotSimulated;
using catalog::SqlError;

namespace {

[[noreturn]] void too_large() { throw NotSimulated("a number of more than 38 digits"); }

Wide checked_multiply(Wide left, Wide right) {
  Wide product = 0;
  if (__builtin_mul_overflow(left, right, &product)) too_large();
  return product;
}

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power = checked_multiply(power, 10);
  return power;
}

Wide magnitude(Wide number) { return number < 0 ? -number : number; }

void align(Decimal& left, Decimal& right) {
  const int scale = std::max(left.scale, right.scale);
  left = rescaled(left, scale);
  right = rescaled(right, scale);
}

Wide divided_half_up(Wide number, Wide divisor) {
  const Wide quotient = number / divisor, rest = magnitude(number % divisor);
  const bool up = rest >= magnitude(divisor) - rest;
  return up ? quotient + ((number < 0) == (divisor < 0) ? 1 : -1) : quotient;
}

/// Weight in digits of base 10000, and the first of them: what select_div_scale() looks at.
struct FirstDigit {
  int weight = 0;
  int digit = 0;
};

FirstDigit first_digit(Decimal number) {
  if (number.digits == 0) return {};
  const std::string text = decimal_text({magnitude(number.digits), number.scale});
  const std::size_t point = std::min(text.find('.'), text.size());
  const int before = static_cast<int>(point);
  std::string digits = text.substr(0, point) + (point < text.size() ? text.substr(point + 1) : "");
  const int padding = (4 - before % 4) % 4;
  digits.insert(0, static_cast<std::size_t>(padding), '0');
  digits.append(8, '0');
  int weight = (before + padding) / 4 - 1;
  for (std::size_t at = 0;; at += 4, --weight)
    if (const int digit = std::stoi(digits.substr(at, 4)); digit != 0) return {weight, digit};
}

int division_scale(Decimal left, Decimal right) {
  const FirstDigit a = first_digit(left), b = first_digit(right);
  int quotient_weight = a.weight - b.weight;
  if (a.digit <= b.digit) --quotient_weight;
  int scale = 16 - quotient_weight * 4;
  scale = std::max({scale, left.scale, right.scale, 0});
  return std::min(scale, 1000);
}

}  // namespace

Decimal decimal(std::string_view text) {
  Decimal number;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  bool behind_point = false;
  for (char c : text) {
    if (c == '.') {
      behind_point = true;
      continue;
    }
    if (c < '0' || c > '9') throw NotSimulated("arithmetic with " + std::string(text));
    number.digits = checked_multiply(number.digits, 10) + (c - '0');
    if (behind_point) ++number.scale;
  }
  if (negative) number.digits = -number.digits;
  return number;
}

std::string decimal_text(Decimal number) {
  std::string text;
  for (Wide rest = magnitude(number.digits); rest != 0; rest /= 10)
    text += static_cast<char>('0' + static_cast<int>(rest % 10));
  while (static_cast<int>(text.size()) <= number.scale) text += '0';
  if (number.digits < 0) text += '-';
  std::reverse(text.begin(), text.end());
  if (number.scale > 0) text.insert(text.size() - static_cast<std::size_t>(number.scale), 1, '.');
  return text;
}

Decimal rescaled(Decimal number, int scale) {
  if (scale >= number.scale) return {checked_multiply(number.digits, power_of_ten(scale - number.scale)), scale};
  const Wide rounded = divided_half_up(number.digits, power_of_ten(number.scale - scale));
  return scale >= 0 ? Decimal{rounded, scale} : Decimal{checked_multiply(rounded, power_of_ten(-scale)), 0};
}

Decimal truncated(Decimal number, int scale) {
  if (scale >= number.scale) return rescaled(number, scale);
  const Wide cut = number.digits / power_of_ten(number.scale - scale);
  return scale >= 0 ? Decimal{cut, scale} : Decimal{checked_multiply(cut, power_of_ten(-scale)), 0};
}

int compare_decimals(Decimal left, Decimal right) {
  align(left, right);
  return left.digits < right.digits ? -1 : left.digits > right.digits ? 1 : 0;
}

Decimal add(Decimal left, Decimal right) {
  align(left, right);
  Wide sum = 0;
  if (__builtin_add_overflow(left.digits, right.digits, &sum)) too_large();
  return {sum, left.scale};
}

Decimal subtract(Decimal left, Decimal right) { return add(left, {-right.digits, right.scale}); }

Decimal multiply(Decimal left, Decimal right) {
  return {checked_multiply(left.digits, right.digits), left.scale + right.scale};
}

Decimal divide(Decimal left, Decimal right) {
  if (right.digits == 0) throw SqlError("22012", "division by zero");
  const int scale = division_scale(left, right);
  const int shift = scale + right.scale - left.scale;
  const Wide numerator = shift >= 0 ? checked_multiply(left.digits, power_of_ten(shift)) : left.digits;
  const Wide denominator = shift >= 0 ? right.digits : checked_multiply(right.digits, power_of_ten(-shift));
  return {divided_half_up(numerator, denominator), scale};
}

Decimal remainder(Decimal left, Decimal right) {
  if (right.digits == 0) throw SqlError("22012", "division by zero");
  align(left, right);
  return {left.digits % right.digits, left.scale};
}

std::int64_t to_integer(const Value& value) {
  std::int64_t number = 0;
  const char* end = value.text.data() + value.text.size();
  const auto [stop, error] = std::from_chars(value.text.data(), end, number);
  if (error != std::errc() || stop != end) throw NotSimulated("\"" + value.text + "\" as a number");
  return number;
}

Value integer_value(Oid type, Wide number) {
  const auto check = [&](Wide low, Wide high, const char* name) {
    if (number < low || number > high) throw SqlError("22003", std::string(name) + " out of range");
  };
  if (type == types::int2) check(INT16_MIN, INT16_MAX, "smallint");
  if (type == types::int4) check(INT32_MIN, INT32_MAX, "integer");
  if (type == types::int8) check(INT64_MIN, INT64_MAX, "bigint");
  if (type == types::oid) check(0, UINT32_MAX, "OID");
  return Value::of(type, std::to_string(static_cast<std::int64_t>(number)));
}

}  // namespace pgplumb::engine::evaluate

#include "engine/analyze/literal/compare.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "engine/analyze/literal/date_time_decoder.h"
#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

template <class T>
int order_of(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

std::int64_t to_integer(const std::string& text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// NaN is the greatest number.
int compare_floats(const std::string& a, const std::string& b) {
  double x = std::strtod(a.c_str(), nullptr), y = std::strtod(b.c_str(), nullptr);
  if (std::isnan(x) || std::isnan(y)) return (std::isnan(x) ? 1 : 0) - (std::isnan(y) ? 1 : 0);
  return order_of(x, y);
}

// "123.450" without its sign: digits before the point, and all of them without zeros at the end.
struct Decimal {
  std::string whole, fraction;
};

Decimal decimal_of(std::string_view text) {
  std::size_t point = std::min(text.find('.'), text.size());
  Decimal result{std::string(text.substr(0, point)), std::string(text.substr(std::min(point + 1, text.size())))};
  result.fraction.erase(result.fraction.find_last_not_of('0') + 1);
  if (result.whole == "0") result.whole.clear();
  return result;
}

int compare_magnitudes(std::string_view a, std::string_view b) {
  Decimal x = decimal_of(a), y = decimal_of(b);
  if (x.whole.size() != y.whole.size()) return order_of(x.whole.size(), y.whole.size());
  if (x.whole != y.whole) return order_of(x.whole, y.whole);
  return order_of(x.fraction, y.fraction);
}

int rank_of_special(const std::string& text) {
  if (text == "NaN") return 2;
  if (text == "Infinity") return 1;
  return text == "-Infinity" ? -1 : 0;
}

int compare_decimals(const std::string& a, const std::string& b) {
  int x = rank_of_special(a), y = rank_of_special(b);
  if (x != 0 || y != 0) return order_of(x, y);
  bool negative = a[0] == '-', other_negative = b[0] == '-';
  if (negative != other_negative) return negative ? -1 : 1;
  return negative ? compare_magnitudes(std::string_view(b).substr(1), std::string_view(a).substr(1))
                  : compare_magnitudes(a, b);
}

int rank_of_infinity(const std::string& text) { return text == "infinity" ? 1 : text == "-infinity" ? -1 : 0; }

DateTime decoded(const std::string& text) {
  DateTimeOptions iso{static_cast<int>(DateOrder::ymd), 18};
  return decode_date_time(text, iso);
}

int compare_moments(const std::string& a, const std::string& b) {
  int x = rank_of_infinity(a), y = rank_of_infinity(b);
  if (x != 0 || y != 0) return order_of(x, y);
  DateTime left = decoded(a), right = decoded(b);
  int day = order_of(days_of(left.date), days_of(right.date));
  return day != 0 ? day : order_of(left.time.total(), right.time.total());
}

std::optional<std::string> next_day(const std::string& text) {
  Date next = date_of(days_of(decoded(text).date) + 1);
  return date_text(next) + (next.year <= 0 ? " BC" : "");
}

}  // namespace

std::optional<int> compare_values(Oid type, const std::string& a, const std::string& b) {
  switch (type) {
    case types::int2:
    case types::int4:
    case types::int8:
    case types::oid: return order_of(to_integer(a), to_integer(b));
    case types::float4:
    case types::float8: return compare_floats(a, b);
    case types::numeric: return compare_decimals(a, b);
    case types::date:
    case types::timestamp:
    case types::timestamptz: return compare_moments(a, b);
    case types::time: return order_of(a, b);
    default: return std::nullopt;
  }
}

std::optional<std::string> successor(Oid type, const std::string& value) {
  if (type == types::date) return next_day(value);
  std::int64_t number = to_integer(value);
  if (number == (type == types::int4 ? INT32_MAX : INT64_MAX)) return std::nullopt;
  return std::to_string(number + 1);
}

bool is_infinite(const std::string& value) { return rank_of_infinity(value) != 0; }

}  // namespace pgplumb::engine::analyze::literal

#include "engine/evaluate/datetime.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "catalog/base/diagnostic.h"
#include "catalog/type_oids.h"
#include "engine/analyze/literal/calendar.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;
namespace calendar = analyze::literal;
using catalog::NotSimulated;

namespace {

std::int64_t clock_microseconds(std::string_view text) {
  int hour = std::atoi(text.data()), minute = std::atoi(text.data() + 3);
  std::int64_t micro = 0;
  const std::size_t seconds = text.find(':', 3);
  if (seconds != std::string_view::npos) {
    micro = std::atoi(text.data() + seconds + 1) * 1000000LL;
    std::int64_t unit = 100000;
    for (std::size_t at = seconds + 4; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
      micro += (text[at] - '0') * unit;
  }
  return (hour * 60LL + minute) * 60000000LL + micro;
}

/// Time of day of a timestamp's text, behind the date.
std::int64_t time_part(std::string_view text) {
  const std::size_t zone = text.find_first_of("+-");
  return clock_microseconds(text.substr(0, zone));
}

std::string days_text(std::int64_t days) {
  const calendar::Date date = calendar::date_of(days);
  if (date.year < 1) throw NotSimulated("a date before Christ");
  return calendar::date_text(date);
}

}  // namespace

bool is_date_or_time(Oid type) {
  return type == types::date || type == types::timestamp || type == types::timestamptz || type == types::time ||
         type == types::interval;
}

std::optional<std::int64_t> microseconds_of(const Value& value) {
  const std::string& text = value.text;
  if (text == "infinity" || text == "-infinity") return {};
  if (text.find("BC") != std::string::npos) throw NotSimulated("a date before Christ");
  if (value.type == types::time) return clock_microseconds(text);
  const std::size_t first = text.find('-'), second = text.find('-', first + 1);
  calendar::Date date{std::atoi(text.c_str()), std::atoi(text.c_str() + first + 1),
                      std::atoi(text.c_str() + second + 1)};
  const std::int64_t days = calendar::days_of(date) * microseconds_a_day;
  const std::size_t blank = text.find(' ');
  if (blank == std::string::npos) return days;
  return days + time_part(std::string_view(text).substr(blank + 1));
}

Value time_value(Oid type, std::int64_t microseconds) {
  std::int64_t days = microseconds / microseconds_a_day, rest = microseconds % microseconds_a_day;
  if (rest < 0) {
    rest += microseconds_a_day;
    --days;
  }
  if (type == types::time) return Value::of(type, calendar::time_text(rest));
  if (type == types::date) return Value::of(type, days_text(days));
  const char* zone = type == types::timestamptz ? "+00" : "";
  return Value::of(type, days_text(days) + " " + calendar::time_text(rest) + zone);
}

Interval interval_of(const std::string& text) {
  Interval interval;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (word.find(':') != std::string::npos) {
      const bool negative = word.front() == '-';
      std::string clock = negative || word.front() == '+' ? word.substr(1) : word;
      const std::size_t colon = clock.find(':');
      std::int64_t micro = clock_microseconds("00" + clock.substr(colon)) + std::atoll(clock.c_str()) * 3600000000LL;
      interval.microseconds = negative ? -micro : micro;
      break;
    }
    const int number = std::atoi(word.c_str());
    const std::size_t unit_end = std::min(text.find(' ', end + 1), text.size());
    const std::string unit = text.substr(end + 1, unit_end - end - 1);
    if (unit.rfind("year", 0) == 0) interval.months += number * 12;
    if (unit.rfind("mon", 0) == 0) interval.months += number;
    if (unit.rfind("day", 0) == 0) interval.days += number;
    at = unit_end + 1;
  }
  return interval;
}

std::string interval_text(const Interval& interval) {
  std::string text;
  bool negative_before = false;
  const auto part = [&](std::int64_t number, const char* unit) {
    if (number == 0) return;
    text += fmt::format("{}{}{} {}{}", text.empty() ? "" : " ", negative_before && number > 0 ? "+" : "", number, unit,
                        number == 1 ? "" : "s");
    negative_before = number < 0;
  };
  part(interval.months / 12, "year");
  part(interval.months % 12, "mon");
  part(interval.days, "day");
  if (interval.microseconds == 0 && !text.empty()) return text;
  const std::int64_t micro = std::abs(interval.microseconds);
  const std::int64_t fraction = micro % 1000000;
  text += fmt::format("{}{}{:02}:{:02}:{:02}{}", text.empty() ? "" : " ",
                      interval.microseconds < 0 ? "-"
                      : negative_before         ? "+"
                                                : "",
                      micro / 3600000000LL, micro / 60000000 % 60, micro / 1000000 % 60,
                      calendar::fraction_text(static_cast<int>(fraction)));
  return text;
}

std::int64_t plus(std::int64_t microseconds, const Interval& interval) {
  if (interval.months != 0) {
    std::int64_t days = microseconds / microseconds_a_day, rest = microseconds % microseconds_a_day;
    if (rest < 0) {
      rest += microseconds_a_day;
      --days;
    }
    calendar::Date date = calendar::date_of(days);
    const std::int64_t month = date.year * 12 + (date.month - 1) + interval.months;
    date.year = month / 12;
    date.month = static_cast<int>(month % 12) + 1;
    date.day = std::min(date.day, calendar::days_in_month(date.year, date.month));
    microseconds = calendar::days_of(date) * microseconds_a_day + rest;
  }
  return microseconds + interval.days * microseconds_a_day + interval.microseconds;
}

int compare_times(const Value& left, const Value& right) {
  const auto infinite = [](const Value& value) {
    return value.text == "infinity" ? 1 : value.text == "-infinity" ? -1 : 0;
  };
  std::int64_t a = 0, b = 0;
  if (left.type == types::interval) {
    const auto span = [](const Value& value) {
      const Interval interval = interval_of(value.text);
      return (interval.months * 30LL + interval.days) * microseconds_a_day + interval.microseconds;
    };
    a = span(left);
    b = span(right);
  } else if (infinite(left) != 0 || infinite(right) != 0) {
    a = infinite(left);
    b = infinite(right);
  } else {
    a = *microseconds_of(left);
    b = *microseconds_of(right);
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

}  // namespace pgplumb::engine::evaluate

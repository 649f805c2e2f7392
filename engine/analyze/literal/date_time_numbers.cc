#include "engine/analyze/literal/date_time_numbers.h"

#include <algorithm>
#include <vector>

#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

int whole_number(std::string_view& text) {
  return static_cast<int>(take_integer(text, INT32_MAX, DateTimeFault::field_overflow));
}

int digits_of(std::string_view text) { return text.empty() ? 0 : whole_number(text); }

/// Runs of digits and runs of letters, whatever stands between them.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    while (!text.empty() && !is_digit(text.front()) && !is_letter(text.front())) text.remove_prefix(1);
    if (text.empty()) throw DateTimeFault::bad_format;
    bool digits = is_digit(text.front());
    std::size_t end = 0;
    while (end < text.size() && (digits ? is_digit(text[end]) : is_letter(text[end]))) ++end;
    parts.push_back(text.substr(0, end));
    // One character behind it goes too, whatever it is.
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return parts;
}

}  // namespace

int DateTimeNumbers::date(const std::string& text, int seen) {
  std::vector<std::string_view> parts = parts_of(text);
  int brought = 0;
  bool text_month = false;
  auto add = [&](int brings) {
    if (seen & brings) throw DateTimeFault::bad_format;
    seen |= brings;
    brought |= brings;
  };
  for (std::string_view& part : parts) {
    if (!is_letter(part.front())) continue;
    DateTimeWord word = date_time_word(part);
    if (word.kind == WordKind::ignored) continue;
    if (word.kind != WordKind::month) throw DateTimeFault::bad_format;
    moment.date.month = word.value;
    text_month = true;
    add(part::month);
    part = {};
  }
  for (std::string_view part : parts) {
    if (!part.empty()) add(number(part, text_month, seen));
  }
  if ((seen & ~(part::day_of_year | part::zone)) != part::date) throw DateTimeFault::bad_format;
  return brought;
}

int DateTimeNumbers::number(std::string_view text, bool text_month, int seen) {
  std::string_view rest = text;
  int value = whole_number(rest);
  if (rest.size() == text.size()) throw DateTimeFault::bad_format;
  if (!rest.empty()) {
    if (rest.front() != '.') throw DateTimeFault::bad_format;
    if (text.size() - rest.size() > 2) return run_together(std::string(text), seen | part::date);
    moment.time.microsecond = microseconds_of(rest);
  }
  if (text.size() == 3 && (seen & part::date) == part::year && value >= 1 && value <= 366) {
    day_of_year_ = value;
    return part::day_of_year | part::month | part::day;
  }
  if ((seen & part::date) == part::date) return run_together(std::string(text), seen);
  return date_number(text.size(), value, text_month, seen);
}

int DateTimeNumbers::date_number(std::size_t length, int value, bool text_month, int seen) {
  switch (seen & part::date) {
    case 0: return first_number(length, value);
    case part::year:
    case part::day: return set_month(value);
    case part::month: return text_month ? number_beside_month(length, value) : set_day(value);
    case part::year | part::month: return day_after_year(length, value, text_month);
    case part::month | part::day: return set_year(length, value);
    default: throw DateTimeFault::bad_format;
  }
}

int DateTimeNumbers::first_number(std::size_t length, int value) {
  if (length >= 3 || order_ == static_cast<int>(DateOrder::ymd)) return set_year(length, value);
  return order_ == static_cast<int>(DateOrder::dmy) ? set_day(value) : set_month(value);
}

int DateTimeNumbers::number_beside_month(std::size_t length, int value) {
  return length >= 3 || order_ == static_cast<int>(DateOrder::ymd) ? set_year(length, value) : set_day(value);
}

// "99-Jan-1999": what was taken for the year is the day.
int DateTimeNumbers::day_after_year(std::size_t length, int value, bool text_month) {
  if (!text_month || length < 3 || !two_digits_) return set_day(value);
  moment.date.day = static_cast<int>(moment.date.year);
  moment.date.year = value;
  two_digits_ = false;
  return part::day;
}

int DateTimeNumbers::set_year(std::size_t length, int value) {
  moment.date.year = value;
  two_digits_ = length <= 2;
  return part::year;
}

int DateTimeNumbers::set_month(int value) {
  moment.date.month = value;
  return part::month;
}

int DateTimeNumbers::set_day(int value) {
  moment.date.day = value;
  return part::day;
}

int DateTimeNumbers::run_together(std::string text, int seen) {
  std::size_t point = text.find('.');
  if (point != std::string::npos) {
    moment.time.microsecond = microseconds_of(std::string_view(text).substr(point));
    text.resize(point);
  } else if ((seen & part::date) != part::date && text.size() >= 6) {
    std::string_view digits = text;
    std::size_t length = digits.size();
    moment.date = {digits_of(digits.substr(0, length - 4)), digits_of(digits.substr(length - 4, 2)),
                   digits_of(digits.substr(length - 2))};
    if (length == 6) two_digits_ = true;
    return part::date;
  }
  bool complete = (seen & part::time) == part::time;
  if (complete || (text.size() != 6 && text.size() != 4)) throw DateTimeFault::bad_format;
  std::string_view digits = text;
  moment.time.hour = digits_of(digits.substr(0, 2));
  moment.time.minute = digits_of(digits.substr(2, 2));
  moment.time.second = digits_of(digits.substr(4));
  return part::time;
}

void DateTimeNumbers::clock(std::string_view text) {
  TimeOfDay& time = moment.time;
  auto next = [&] {
    if (text.empty() || text.front() != ':') throw DateTimeFault::bad_format;
    text.remove_prefix(1);
    return whole_number(text);
  };
  time.hour = whole_number(text);
  time.minute = next();
  time.second = time.microsecond = 0;
  bool minutes_first = !text.empty() && text.front() == '.';
  if (!text.empty() && !minutes_first) time.second = next();
  if (!text.empty()) {
    if (text.front() != '.') throw DateTimeFault::bad_format;
    time.microsecond = microseconds_of(text);
  }
  if (minutes_first) time = {0, time.hour, time.minute, time.microsecond};
  if (time.minute > 59 || time.second > 60) throw DateTimeFault::field_overflow;
}

void DateTimeNumbers::validate(int seen, bool julian, bool before_christ) {
  Date& date = moment.date;
  if ((seen & part::year) && !julian) {
    if (date.year <= 0 && (before_christ || !two_digits_)) throw DateTimeFault::field_overflow;
    if (before_christ) {
      date.year = 1 - date.year;
    } else if (two_digits_) {
      date.year += date.year < 70 ? 2000 : date.year < 100 ? 1900 : 0;
    }
  }
  if (seen & part::day_of_year) date = date_of(days_of({date.year, 1, 1}) + day_of_year_ - 1);
  bool bad_month = (seen & part::month) && (date.month < 1 || date.month > 12);
  bool bad_day = (seen & part::day) && (date.day < 1 || date.day > 31);
  if (bad_month || bad_day) throw DateTimeFault::field_overflow;
  if ((seen & part::date) == part::date && date.day > days_in_month(date.year, date.month)) {
    throw DateTimeFault::field_overflow;
  }
}

int zone_displacement(std::string_view text) {
  if (text.empty() || (text[0] != '+' && text[0] != '-')) throw DateTimeFault::bad_format;
  bool west = text[0] == '-';
  std::size_t length = text.size();
  text.remove_prefix(1);
  auto number = [&] { return take_integer(text, INT32_MAX, DateTimeFault::zone_overflow); };
  std::int64_t hour = number(), minute = 0, second = 0;
  auto take_colon = [&] {
    if (text.empty() || text.front() != ':') return false;
    text.remove_prefix(1);
    return true;
  };
  if (take_colon()) {
    minute = number();
    if (take_colon()) second = number();
  } else if (text.empty() && length > 3) {
    minute = hour % 100;
    hour /= 100;
  }
  bool in_range = hour >= 0 && hour <= 15 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!in_range) throw DateTimeFault::zone_overflow;
  if (!text.empty()) throw DateTimeFault::bad_format;
  auto offset = static_cast<int>((hour * 60 + minute) * 60 + second);
  return west ? -offset : offset;
}

}  // namespace pgplumb::engine::analyze::literal

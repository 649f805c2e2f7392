// interval: DecodeInterval, DecodeISO8601Interval and EncodeInterval of datetime.c.
#include <fmt/format.h>

#include <cmath>
#include <charconv>
#include <cstdlib>
#include <vector>

#include "engine/analyze/literal/calendar.h"
#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

struct Interval {
  std::int64_t months = 0, days = 0, microseconds = 0;
};

enum class Unit : std::uint8_t { none, microsecond, millisecond, second, minute, hour, day, week, month, year, decade,
                                 century, millennium };

constexpr std::int64_t second_us = 1000000, minute_us = 60 * second_us, hour_us = 60 * minute_us;

// Bits of an interval's range: datetime.h's field numbers.
constexpr int year_bit = 1 << 2, month_bit = 1 << 1, day_bit = 1 << 3, hour_bit = 1 << 10, minute_bit = 1 << 11,
              second_bit = 1 << 12;
constexpr int full_range = 0x7fff, full_precision = 0xffff;

struct UnitName {
  std::string_view name;
  Unit unit;
};

Unit unit_named(std::string_view word) {
  static constexpr UnitName names[] = {
      {"us", Unit::microsecond},     {"usec", Unit::microsecond},        {"microsecond", Unit::microsecond},
      {"microseconds", Unit::microsecond}, {"usecs", Unit::microsecond}, {"microsecon", Unit::microsecond},
      {"ms", Unit::millisecond},     {"msec", Unit::millisecond},        {"millisecond", Unit::millisecond},
      {"milliseconds", Unit::millisecond}, {"msecs", Unit::millisecond}, {"s", Unit::second},
      {"sec", Unit::second},         {"secs", Unit::second},             {"second", Unit::second},
      {"seconds", Unit::second},     {"m", Unit::minute},                {"min", Unit::minute},
      {"mins", Unit::minute},        {"minute", Unit::minute},           {"minutes", Unit::minute},
      {"h", Unit::hour},             {"hr", Unit::hour},                 {"hrs", Unit::hour},
      {"hour", Unit::hour},          {"hours", Unit::hour},              {"d", Unit::day},
      {"day", Unit::day},            {"days", Unit::day},                {"w", Unit::week},
      {"week", Unit::week},          {"weeks", Unit::week},              {"mon", Unit::month},
      {"mons", Unit::month},         {"month", Unit::month},             {"months", Unit::month},
      {"y", Unit::year},             {"yr", Unit::year},                 {"yrs", Unit::year},
      {"year", Unit::year},          {"years", Unit::year},              {"dec", Unit::decade},
      {"decs", Unit::decade},        {"decade", Unit::decade},           {"decades", Unit::decade},
      {"c", Unit::century},          {"cent", Unit::century},            {"century", Unit::century},
      {"centuries", Unit::century},  {"mil", Unit::millennium},          {"mils", Unit::millennium},
      {"millennium", Unit::millennium}, {"millennia", Unit::millennium}};
  for (const UnitName& entry : names) {
    if (entry.name == word) return entry.unit;
  }
  return Unit::none;
}

struct Amount {
  std::int64_t whole = 0;
  double fraction = 0;  // of the whole's sign
  bool negative = false;
};

std::int64_t rounded(double value) { return static_cast<std::int64_t>(std::rint(value)); }

// A fraction of months is days of thirty, a fraction of days is time.
void add_days(Interval& interval, std::int64_t days, double fraction) {
  interval.days += days;
  interval.microseconds += rounded(fraction * static_cast<double>(day_microseconds));
}

void add_fraction_of_month(Interval& interval, double fraction) {
  double days = fraction * 30;
  auto whole = static_cast<std::int64_t>(days);
  add_days(interval, whole, days - static_cast<double>(whole));
}

void add_months(Interval& interval, const Amount& amount, int months) {
  interval.months += amount.whole * months;
  if (months == 1) {
    add_fraction_of_month(interval, amount.fraction);
  } else {
    interval.months += rounded(amount.fraction * months);
  }
}

void add_time(Interval& interval, const Amount& amount, std::int64_t unit) {
  interval.microseconds += amount.whole * unit + rounded(amount.fraction * static_cast<double>(unit));
}

void add(Interval& interval, const Amount& amount, Unit unit) {
  switch (unit) {
    case Unit::microsecond: return add_time(interval, amount, 1);
    case Unit::millisecond: return add_time(interval, amount, 1000);
    case Unit::none:
    case Unit::second: return add_time(interval, amount, second_us);
    case Unit::minute: return add_time(interval, amount, minute_us);
    case Unit::hour: return add_time(interval, amount, hour_us);
    case Unit::day: return add_days(interval, amount.whole, amount.fraction);
    case Unit::week: {
      double days = amount.fraction * 7;
      auto whole = static_cast<std::int64_t>(days);
      return add_days(interval, amount.whole * 7 + whole, days - static_cast<double>(whole));
    }
    case Unit::month: return add_months(interval, amount, 1);
    case Unit::year: return add_months(interval, amount, 12);
    case Unit::decade: return add_months(interval, amount, 120);
    case Unit::century: return add_months(interval, amount, 1200);
    case Unit::millennium: return add_months(interval, amount, 12000);
  }
}

// A number without a unit takes the last field of the declared range.
Unit default_unit(int range) {
  if (range & second_bit) return Unit::second;
  if (range & minute_bit) return Unit::minute;
  if (range & hour_bit) return Unit::hour;
  if (range & day_bit) return Unit::day;
  if (range & month_bit) return Unit::month;
  return range & year_bit ? Unit::year : Unit::second;
}

Amount read_amount(std::string_view text) {
  Amount amount;
  amount.negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  std::size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  if (!whole.empty()) {
    auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), amount.whole);
    if (error != std::errc() || end != whole.data() + whole.size()) throw UnknownForm{};
  }
  if (point != std::string_view::npos) amount.fraction = std::stod("0" + std::string(text.substr(point)) + "0");
  if (amount.negative) {
    amount.whole = -amount.whole;
    amount.fraction = -amount.fraction;
  }
  return amount;
}

// [+-]H:M[:S[.f]], or under MINUTE TO SECOND M:S
std::int64_t read_clock(std::string_view text, int range) {
  bool negative = text[0] == '-';
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  std::vector<std::string> parts;
  for (;;) {
    std::size_t colon = text.find(':');
    parts.emplace_back(text.substr(0, colon));
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
  }
  if (parts.size() > 3) throw UnknownForm{};
  bool minutes_first = parts.size() == 2 && (range == (minute_bit | second_bit) || parts[1].find('.') != std::string::npos);
  if (minutes_first) parts.insert(parts.begin(), "0");
  parts.resize(3, "0");
  Amount hours = read_amount(parts[0]), minutes = read_amount(parts[1]), seconds = read_amount(parts[2]);
  Interval sum;
  add(sum, hours, Unit::hour);
  add(sum, minutes, Unit::minute);
  add(sum, seconds, Unit::second);
  return negative ? -sum.microseconds : sum.microseconds;
}

void negate(Interval& interval) {
  interval.months = -interval.months;
  interval.days = -interval.days;
  interval.microseconds = -interval.microseconds;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  auto numeric = [](char c) { return is_digit(c) || c == '.' || c == ':' || c == '-' || c == '+'; };
  for (std::size_t i = 0; i < text.size();) {
    if (is_space(text[i]) || text[i] == ',') {
      ++i;
      continue;
    }
    std::size_t start = i;
    bool is_number = numeric(text[i]);
    while (i < text.size() && !is_space(text[i]) && text[i] != ',' && numeric(text[i]) == is_number) ++i;
    words.push_back(lower(text.substr(start, i - start)));
  }
  return words;
}

// "1-2": years and months
bool read_year_month(std::string_view text, Interval& interval) {
  std::size_t dash = text.find('-', 1);
  if (dash == std::string_view::npos) return false;
  bool negative = text[0] == '-';
  Amount years = read_amount(text.substr(0, dash)), months = read_amount(text.substr(dash + 1));
  interval.months += years.whole * 12 + (negative ? -months.whole : months.whole);
  return true;
}

[[noreturn]] void invalid(std::string_view text) {
  fail(errcode::invalid_datetime_format, fmt::format("invalid input syntax for type interval: \"{}\"", text));
}

Interval read_words(std::string_view text, int range) {
  Interval interval;
  std::vector<std::string> words = words_of(text);
  std::size_t i = words.empty() || words[0] != "@" ? 0 : 1;
  if (i == words.size()) invalid(text);
  bool ago = words.back() == "ago";
  if (ago) words.pop_back();
  for (; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word[0] >= 'a') invalid(text);
    if (word.find(':') != std::string::npos) {
      interval.microseconds += read_clock(word, range);
      continue;
    }
    if (read_year_month(word, interval)) continue;
    Unit unit = i + 1 < words.size() ? unit_named(words[i + 1]) : Unit::none;
    bool word_follows = i + 1 < words.size() && words[i + 1][0] >= 'a';
    if (word_follows && unit == Unit::none) invalid(text);
    bool clock_follows = i + 1 < words.size() && words[i + 1].find(':') != std::string::npos;
    if (unit != Unit::none) ++i;
    if (unit == Unit::none) unit = clock_follows ? Unit::day : default_unit(range);
    add(interval, read_amount(word), unit);
  }
  if (ago) negate(interval);
  return interval;
}

// P1Y2M3DT4H5M6S
Interval read_iso(std::string_view text) {
  Interval interval;
  bool in_time = false;
  for (std::size_t i = 1; i < text.size();) {
    if (text[i] == 'T') {
      in_time = true;
      ++i;
      continue;
    }
    std::size_t start = i;
    while (i < text.size() && (is_digit(text[i]) || text[i] == '.' || text[i] == '-' || text[i] == '+')) ++i;
    if (i == start || i >= text.size()) throw UnknownForm{};
    Amount amount = read_amount(text.substr(start, i - start));
    switch (text[i++]) {
      case 'Y': add(interval, amount, Unit::year); break;
      case 'M': add(interval, amount, in_time ? Unit::minute : Unit::month); break;
      case 'W': add(interval, amount, Unit::week); break;
      case 'D': add(interval, amount, Unit::day); break;
      case 'H': add(interval, amount, Unit::hour); break;
      case 'S': add(interval, amount, Unit::second); break;
      default: throw UnknownForm{};
    }
  }
  return interval;
}

// Fields below the declared range are cut off: AdjustIntervalForTypmod.
void apply_typmod(Interval& interval, std::int32_t typmod) {
  if (typmod < 0) return;
  int range = (typmod >> 16) & full_range, precision = typmod & full_precision;
  if (range == year_bit) interval.months = interval.months / 12 * 12;
  if (range == year_bit || range == month_bit || range == (year_bit | month_bit)) interval.days = 0;
  if (range != full_range && !(range & (hour_bit | minute_bit | second_bit))) interval.microseconds = 0;
  if (range != full_range && !(range & second_bit)) {
    std::int64_t unit = range & minute_bit ? minute_us : hour_us;
    interval.microseconds = interval.microseconds / unit * unit;
  }
  if (precision == full_precision || precision >= 6) return;
  std::int64_t unit = static_cast<std::int64_t>(std::pow(10, 6 - precision));
  std::int64_t half = interval.microseconds < 0 ? -unit / 2 : unit / 2;
  interval.microseconds = (interval.microseconds + half) / unit * unit;
}

std::string interval_out(const Interval& interval) {
  std::string out;
  bool before = false;  // the last field was negative
  auto part = [&](std::int64_t value, const char* unit) {
    if (value == 0) return;
    out += fmt::format("{}{}{} {}{}", out.empty() ? "" : " ", before && value > 0 ? "+" : "", value, unit,
                       value != 1 ? "s" : "");
    before = value < 0;
  };
  part(interval.months / 12, "year");
  part(interval.months % 12, "mon");
  part(interval.days, "day");
  if (!out.empty() && interval.microseconds == 0) return out;
  bool minus = interval.microseconds < 0;
  std::int64_t size = minus ? -interval.microseconds : interval.microseconds;
  out += fmt::format("{}{}{:02}:{:02}:{:02}{}", out.empty() ? "" : " ", minus ? "-" : before ? "+" : "", size / hour_us,
                     size / minute_us % 60, size / second_us % 60, fraction_text(static_cast<int>(size % second_us)));
  return out;
}

}  // namespace

std::string interval_in(const Context& context, std::string_view text, std::int32_t typmod) {
  if (context.settings.interval_style != IntervalStyle::postgres) throw UnknownForm{};
  std::string_view body = trimmed(text);
  if (body.empty()) invalid(text);
  if (lower(body).find("infinity") != std::string::npos) throw UnknownForm{};
  int range = typmod < 0 ? full_range : (typmod >> 16) & full_range;
  Interval interval = body[0] == 'P' ? read_iso(body) : read_words(body, range);
  apply_typmod(interval, typmod);
  return interval_out(interval);
}

}  // namespace pgplumb::engine::analyze::literal

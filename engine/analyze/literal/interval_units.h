#pragma once
// An interval's units, and what amounts of them add: the token table and the Adjust functions of datetime.c.
#include <cstdint>
#include <string_view>

namespace pgplumb::engine::analyze::literal {

struct Interval {
  std::int64_t months = 0, days = 0, microseconds = 0;
};

enum class Unit : std::uint8_t {
  none,
  ignored,
  ago,
  microsecond,
  millisecond,
  second,
  minute,
  hour,
  day,
  week,
  month,
  year,
  decade,
  century,
  millennium,
  unusable
};

/// `word` in lower case.
Unit interval_unit(std::string_view word);

/// A number of units; the fraction has the whole's sign.
struct Amount {
  std::int64_t whole = 0;
  double fraction = 0;
};

/// Throws DateTimeFault where an interval can't hold it.
void add_amount(Interval& interval, const Amount& amount, Unit unit, int major);
void add_days(Interval& interval, std::int64_t days, double fraction_of_day);

inline constexpr std::int64_t second_us = 1000000, minute_us = 60 * second_us, hour_us = 60 * minute_us;

}  // namespace pgplumb::engine::analyze::literal

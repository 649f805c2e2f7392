#include "engine/analyze/literal/interval_units.h"

#include <cmath>

#include "engine/analyze/literal/calendar.h"
#include "engine/analyze/literal/date_time_fields.h"

namespace pgplumb::engine::analyze::literal {

namespace {

constexpr std::size_t unit_length = 10;

struct UnitName {
  std::string_view name;
  Unit unit;
};

constexpr UnitName names[] = {{"@", Unit::ignored},
                              {"ago", Unit::ago},
                              {"c", Unit::century},
                              {"cent", Unit::century},
                              {"centuries", Unit::century},
                              {"century", Unit::century},
                              {"d", Unit::day},
                              {"day", Unit::day},
                              {"days", Unit::day},
                              {"dec", Unit::decade},
                              {"decade", Unit::decade},
                              {"decades", Unit::decade},
                              {"decs", Unit::decade},
                              {"h", Unit::hour},
                              {"hour", Unit::hour},
                              {"hours", Unit::hour},
                              {"hr", Unit::hour},
                              {"hrs", Unit::hour},
                              {"m", Unit::minute},
                              {"microsecon", Unit::microsecond},
                              {"mil", Unit::millennium},
                              {"millennia", Unit::millennium},
                              {"millennium", Unit::millennium},
                              {"millisecon", Unit::millisecond},
                              {"mils", Unit::millennium},
                              {"min", Unit::minute},
                              {"mins", Unit::minute},
                              {"minute", Unit::minute},
                              {"minutes", Unit::minute},
                              {"mon", Unit::month},
                              {"mons", Unit::month},
                              {"month", Unit::month},
                              {"months", Unit::month},
                              {"ms", Unit::millisecond},
                              {"msec", Unit::millisecond},
                              {"mseconds", Unit::millisecond},
                              {"msecs", Unit::millisecond},
                              {"qtr", Unit::unusable},
                              {"quarter", Unit::unusable},
                              {"s", Unit::second},
                              {"sec", Unit::second},
                              {"second", Unit::second},
                              {"seconds", Unit::second},
                              {"secs", Unit::second},
                              {"timezone", Unit::unusable},
                              {"timezone_h", Unit::unusable},
                              {"timezone_m", Unit::unusable},
                              {"us", Unit::microsecond},
                              {"usec", Unit::microsecond},
                              {"usecond", Unit::microsecond},
                              {"useconds", Unit::microsecond},
                              {"usecs", Unit::microsecond},
                              {"w", Unit::week},
                              {"week", Unit::week},
                              {"weeks", Unit::week},
                              {"y", Unit::year},
                              {"year", Unit::year},
                              {"years", Unit::year},
                              {"yr", Unit::year},
                              {"yrs", Unit::year}};

void add_to(std::int64_t& sum, std::int64_t value, std::int64_t scale, std::int64_t limit) {
  std::int64_t product = 0;
  bool overflow = __builtin_mul_overflow(value, scale, &product) || __builtin_add_overflow(sum, product, &sum);
  if (overflow || sum > limit || sum < -limit - 1) throw DateTimeFault::field_overflow;
}

void add_months(Interval& interval, std::int64_t months, std::int64_t scale = 1) {
  add_to(interval.months, months, scale, INT32_MAX);
}

void add_microseconds(Interval& interval, std::int64_t value, std::int64_t scale = 1) {
  add_to(interval.microseconds, value, scale, INT64_MAX);
}

// Half a microsecond rounds away from zero in time's fractions from 15 on, and to even before.
void add_fraction(Interval& interval, double fraction, std::int64_t scale) {
  if (fraction == 0) return;
  fraction *= static_cast<double>(scale);
  auto whole = static_cast<std::int64_t>(fraction);
  fraction -= static_cast<double>(whole);
  if (fraction > 0.5) ++whole;
  if (fraction < -0.5) --whole;
  add_microseconds(interval, whole);
}

void add_fraction_of_days(Interval& interval, double fraction, int scale) {
  fraction *= scale;
  auto whole = static_cast<std::int64_t>(fraction);
  add_days(interval, whole, fraction - static_cast<double>(whole));
}

// Up to 14 what is less than a month is cut off.
void add_years(Interval& interval, const Amount& amount, int years, int major) {
  add_months(interval, amount.whole, years * 12LL);
  double months = amount.fraction * years * 12;
  add_months(interval, static_cast<std::int64_t>(major >= 15 ? std::rint(months) : months));
}

void add_time(Interval& interval, const Amount& amount, std::int64_t unit) {
  add_microseconds(interval, amount.whole, unit);
  add_fraction(interval, amount.fraction, unit);
}

}  // namespace

Unit interval_unit(std::string_view word) {
  for (const UnitName& entry : names) {
    if (entry.name == word.substr(0, unit_length)) return entry.unit;
  }
  return Unit::none;
}

void add_days(Interval& interval, std::int64_t days, double fraction_of_day) {
  add_to(interval.days, days, 1, INT32_MAX);
  add_fraction(interval, fraction_of_day, day_microseconds);
}

void add_amount(Interval& interval, const Amount& amount, Unit unit, int major) {
  switch (unit) {
    case Unit::microsecond: return add_time(interval, amount, 1);
    case Unit::millisecond: return add_time(interval, amount, 1000);
    case Unit::second: return add_time(interval, amount, second_us);
    case Unit::minute: return add_time(interval, amount, minute_us);
    case Unit::hour: return add_time(interval, amount, hour_us);
    case Unit::day: return add_days(interval, amount.whole, amount.fraction);
    case Unit::week:
      add_to(interval.days, amount.whole, 7, INT32_MAX);
      return add_fraction_of_days(interval, amount.fraction, 7);
    case Unit::month: add_months(interval, amount.whole); return add_fraction_of_days(interval, amount.fraction, 30);
    case Unit::year: return add_years(interval, amount, 1, major);
    case Unit::decade: return add_years(interval, amount, 10, major);
    case Unit::century: return add_years(interval, amount, 100, major);
    case Unit::millennium: return add_years(interval, amount, 1000, major);
    default: throw DateTimeFault::bad_format;
  }
}

}  // namespace pgplumb::engine::analyze::literal

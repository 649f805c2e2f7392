#pragma once
// Days and their names in the proleptic Gregorian calendar.
#include <cstdint>
#include <string>
#include <string_view>

namespace pgplumb::engine::analyze::literal {

struct Date {
  std::int64_t year = 0;  // astronomical: 0 is 1 BC
  int month = 0;
  int day = 0;
};

struct TimeOfDay {
  int hour = 0, minute = 0, second = 0, microsecond = 0;
  std::int64_t total() const { return ((hour * 60LL + minute) * 60 + second) * 1000000 + microsecond; }
};

inline constexpr std::int64_t day_microseconds = 86400LL * 1000000;

/// Days since 1970-01-01.
std::int64_t days_of(const Date& date);
Date date_of(std::int64_t days);
int days_in_month(std::int64_t year, int month);

std::string date_text(const Date& date);  // without BC
std::string time_text(std::int64_t microseconds);
/// "+HH", "+HH:MM" or "+HH:MM:SS"; seconds east of Greenwich.
std::string zone_text(int offset);
/// "" or ".5": up to six digits, no trailing zeros.
std::string fraction_text(int microseconds);

}  // namespace pgplumb::engine::analyze::literal

#pragma once
// Days and their names in the proleptic Gregorian calendar.
#include <cstdint>
#include <optional>
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

/// What read_date_time found; what the text did not have is absent.
struct DateTime {
  std::optional<Date> date;
  std::optional<TimeOfDay> time;
  std::optional<int> zone;   // seconds east of Greenwich
  std::string special;       // "now", "today", "infinity", …
};

/// A text that PostgreSQL may well understand, and this reader does not.
struct UnknownForm {};

/// Throws UnknownForm, or the server's error for fields out of range and for texts that can be nothing at all.
DateTime read_date_time(std::string_view text, int date_order, const char* type_name);
/// "+05:30", "Z", "UTC", "EST"; nothing where it is none that is known.
std::optional<int> zone_offset(std::string_view text);

}  // namespace pgplumb::engine::analyze::literal

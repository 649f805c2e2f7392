#pragma once
// How dates, times and intervals are cut into fields, and the words in them: ParseDateTime and the token tables of
// datetime.c.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pgplumb::engine::analyze::literal {

struct DateTimeField {
  enum class Kind : std::uint8_t { number, word, date, time, zone, signed_word } kind;
  std::string text;  // in lower case
};

/// What is wrong with a date, a time or an interval: the DTERR_ constants.
enum class DateTimeFault : std::uint8_t { bad_format, field_overflow, interval_overflow, zone_overflow, bad_zone };

/// Throws DateTimeFault.
std::vector<DateTimeField> date_time_fields(std::string_view text);

/// Throws the server's error for the fault.
[[noreturn]] void fail_date_time(DateTimeFault fault, const char* type_name, std::string_view text);

/// What a word of a date or time is.
enum class WordKind : std::uint8_t {
  unknown,
  ignored,
  reserved,
  month,
  day_of_week,
  half_of_day,
  era,
  daylight,
  unit,
  iso_time
};
enum class Reserved : std::uint8_t { early, late, now, today, tomorrow, yesterday, epoch, zulu };
inline constexpr int julian_unit = 'j', other_unit = 'u', time_prefix = 't';

struct DateTimeWord {
  WordKind kind = WordKind::unknown;
  int value = 0;  // of reserved: a Reserved; of a half of the day: 1 is PM; of an era: 1 is BC
};

/// Words count up to their tenth letter.
DateTimeWord date_time_word(std::string_view word);

/// The number behind a point, "" and "." being none: ParseFraction.
double fraction_of(std::string_view text);
/// Likewise, in microseconds.
int microseconds_of(std::string_view text);
/// Takes an integer off the front of the text, as strtol does; `overflow` is thrown where it exceeds the limit.
std::int64_t take_integer(std::string_view& text, std::int64_t limit, DateTimeFault overflow);

}  // namespace pgplumb::engine::analyze::literal

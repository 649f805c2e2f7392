// date, time, timestamp: date.c and timestamp.c, in ISO style and, for moments, in UTC.
#include <fmt/format.h>

#include "engine/analyze/literal/date_time_decoder.h"
#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/zones.h"

namespace pgplumb::engine::analyze::literal {

namespace {

// Days since 1970: the first date, the day after the last, and the day after a timestamp's last (datatype/timestamp.h).
constexpr std::int64_t first_day = -2440588, end_of_dates = 2145042906, timestamp_end_day = 106762940;
constexpr std::int64_t postgres_epoch_day = 10957;  // 2000-01-01

bool in_utc(const Settings& settings) {
  NamedZone zone = named_zone(lower(settings.timezone));
  return zone.kind == ZoneKind::fixed && zone.offset == 0;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0); }

// Clock-bound words are those of the session's zone.
std::int64_t local_now(const Context& context) {
  if (!context.settings.now || !in_utc(context.settings)) throw UnknownForm{};
  return *context.settings.now;
}

std::int64_t today(const Context& context) { return floor_div(local_now(context), day_microseconds); }

std::int64_t day_of(const Context& context, const DateTime& value) {
  if (!value.special) return days_of(value.date);
  switch (*value.special) {
    case Reserved::epoch: return 0;
    case Reserved::tomorrow: return today(context) + 1;
    case Reserved::yesterday: return today(context) - 1;
    default: return today(context);
  }
}

const char* infinity_of(const DateTime& value) {
  if (value.special == Reserved::late) return "infinity";
  return value.special == Reserved::early ? "-infinity" : nullptr;
}

std::string date_with_era(const Date& date, const std::string& middle) {
  return date_text(date) + middle + (date.year <= 0 ? " BC" : "");
}

template <class Decode>
DateTime decoded_with(const Context& context, std::string_view text, const char* type_name, Decode decode) {
  DateTimeOptions options{static_cast<int>(context.settings.date_order), context.cache.major()};
  try {
    return decode(text, options);
  } catch (DateTimeFault fault) {
    fail_date_time(fault, type_name, text);
  }
}

[[noreturn]] void overflow(const char* what, std::string_view text) {
  fail(errcode::datetime_field_overflow, fmt::format("{} out of range: \"{}\"", what, text));
}

std::int64_t clock_of(const Context& context, const DateTime& value) {
  if (value.special == Reserved::now) return local_now(context) - today(context) * day_microseconds;
  return value.special == Reserved::epoch ? 0 : value.time.total();
}

// AdjustTimestampForTypmod, AdjustTimeForTypmod: half a unit away from the epoch.
std::int64_t rounded(std::int64_t microseconds, std::int32_t precision) {
  if (precision < 0 || precision >= 6) return microseconds;
  std::int64_t unit = 1;
  for (std::int32_t digit = precision; digit < 6; ++digit) unit *= 10;
  return (microseconds + (microseconds < 0 ? -unit : unit) / 2) / unit * unit;
}

std::int64_t session_offset(const Context& context, const DateTime& value) {
  bool fixed = value.special == Reserved::epoch || value.special == Reserved::now;
  if (fixed) return 0;
  if (!value.zone && !in_utc(context.settings)) throw UnknownForm{};
  return value.zone.value_or(0) * 1000000LL;
}

}  // namespace

std::string date_in(const Context& context, std::string_view text) {
  DateTime value = decoded_with(context, text, "date", decode_date_time);
  if (const char* infinite = infinity_of(value)) return infinite;
  std::int64_t day = day_of(context, value);
  if (day < first_day || day >= end_of_dates) overflow("date", text);
  return date_with_era(date_of(day), "");
}

std::string time_in(const Context& context, std::string_view text, bool with_zone, std::int32_t precision) {
  DateTime value = decoded_with(context, text, with_zone ? "time with time zone" : "time", decode_time);
  std::string time = time_text(rounded(clock_of(context, value), precision));
  if (!with_zone) return time;
  if (!value.zone && !in_utc(context.settings)) throw UnknownForm{};
  return time + zone_text(value.zone.value_or(0));
}

std::string timestamp_in(const Context& context, std::string_view text, bool with_zone, std::int32_t precision) {
  DateTime value = decoded_with(context, text, with_zone ? "timestamp with time zone" : "timestamp", decode_date_time);
  if (const char* infinite = infinity_of(value)) return infinite;
  std::int64_t day = day_of(context, value);
  if (day < first_day || day > timestamp_end_day) overflow("timestamp", text);
  // Counted from 2000 on: from 1970 on, the last years have too many microseconds.
  std::int64_t moment = (day - postgres_epoch_day) * day_microseconds + clock_of(context, value);
  if (with_zone) moment -= session_offset(context, value);
  moment = rounded(moment, precision);
  const std::int64_t days = floor_div(moment, day_microseconds);
  day = days + postgres_epoch_day;
  if (day < first_day || day >= timestamp_end_day) overflow("timestamp", text);
  std::string time = " " + time_text(moment - days * day_microseconds) + (with_zone ? "+00" : "");
  return date_with_era(date_of(day), time);
}

}  // namespace pgplumb::engine::analyze::literal

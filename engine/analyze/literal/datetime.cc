// date, time, timestamp: date.c and timestamp.c, in ISO style and, for moments, in UTC.
#include <fmt/format.h>

#include "engine/analyze/literal/calendar.h"
#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

bool in_utc(const Settings& settings) {
  std::string zone = lower(settings.timezone);
  return zone == "utc" || zone == "gmt" || zone == "etc/utc" || zone == "etc/gmt" || zone == "zulu";
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0); }

// Clock-bound words are those of the session's zone.
std::int64_t local_now(const Context& context) {
  if (!in_utc(context.settings)) throw UnknownForm{};
  return context.settings.now;
}

std::int64_t today(const Context& context) { return floor_div(local_now(context), day_microseconds); }

std::int64_t special_day(const Context& context, const std::string& word) {
  if (word == "epoch") return 0;
  if (word == "today" || word == "now") return today(context);
  if (word == "tomorrow") return today(context) + 1;
  if (word == "yesterday") return today(context) - 1;
  throw UnknownForm{};
}

std::string infinity_of(const std::string& word) {
  if (word == "infinity" || word == "+infinity") return "infinity";
  return word == "-infinity" ? word : "";
}

std::string date_with_era(const Date& date, const std::string& middle) {
  return date_text(date) + middle + (date.year <= 0 ? " BC" : "");
}

std::int64_t moment_of(const Context& context, const DateTime& value, const char* type_name, std::string_view text) {
  if (value.special == "now") return local_now(context);
  std::int64_t day = 0;
  if (!value.special.empty()) {
    day = special_day(context, value.special);
  } else if (value.date) {
    day = days_of(*value.date);
  } else {
    fail(errcode::invalid_datetime_format, fmt::format("invalid input syntax for type {}: \"{}\"", type_name, text));
  }
  return day * day_microseconds + (value.time ? value.time->total() : 0);
}

}  // namespace

std::string date_in(const Context& context, std::string_view text) {
  DateTime value = read_date_time(text, static_cast<int>(context.settings.date_order), "date");
  if (std::string infinite = infinity_of(value.special); !infinite.empty()) return infinite;
  if (!value.special.empty()) return date_with_era(date_of(special_day(context, value.special)), "");
  if (value.date) return date_with_era(*value.date, "");
  invalid_syntax("date", text);
}

std::string time_in(const Context& context, std::string_view text, bool with_zone) {
  const char* type_name = with_zone ? "time with time zone" : "time";
  DateTime value = read_date_time(text, static_cast<int>(context.settings.date_order), type_name);
  if (value.special == "allballs") return with_zone ? "00:00:00+00" : "00:00:00";
  if (!value.special.empty() || !value.time) throw UnknownForm{};
  if (!with_zone) return time_text(value.time->total());
  if (!value.zone && !in_utc(context.settings)) throw UnknownForm{};
  return time_text(value.time->total()) + zone_text(value.zone.value_or(0));
}

std::string timestamp_in(const Context& context, std::string_view text, bool with_zone) {
  const char* type_name = with_zone ? "timestamp with time zone" : "timestamp";
  DateTime value = read_date_time(text, static_cast<int>(context.settings.date_order), type_name);
  if (std::string infinite = infinity_of(value.special); !infinite.empty()) return infinite;
  std::int64_t moment = moment_of(context, value, type_name, text);
  bool is_fixed = value.special == "epoch" || value.special == "now";
  if (with_zone && !is_fixed) {
    if (!value.zone && !in_utc(context.settings)) throw UnknownForm{};
    moment -= value.zone.value_or(0) * 1000000LL;
  }
  std::int64_t day = floor_div(moment, day_microseconds);
  std::string time = " " + time_text(moment - day * day_microseconds) + (with_zone ? "+00" : "");
  return date_with_era(date_of(day), time);
}

}  // namespace pgplumb::engine::analyze::literal

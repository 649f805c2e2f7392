// Dates and times: timestamp.c, date.c, formatting.c.
#include <fmt/format.h>

#include <cstdlib>

#include "catalog/type_oids.h"
#include "engine/analyze/literal/calendar.h"
#include "engine/evaluate/datetime.h"
#include "engine/evaluate/functions.h"
#include "engine/evaluate/number.h"
#include "engine/evaluate/utf8.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;
namespace calendar = analyze::literal;

namespace {

/// Times with time zone are kept in UTC: what depends on the session's zone is only followed there.
void require_utc(const Call& call) {
  const auto zone = call.interpreter().session().parameter("timezone").value_or("UTC");
  if (zone != "UTC" && zone != "GMT" && zone != "Etc/UTC") throw NotSimulated("a time in time zone " + zone);
}

std::int64_t finite(const Value& value) {
  const auto found = microseconds_of(value);
  if (!found) throw NotSimulated("infinity");
  return *found;
}

struct Parts {
  calendar::Date date;
  std::int64_t of_day = 0;
  std::int64_t days = 0;
};

Parts parts_of(std::int64_t microseconds) {
  Parts parts;
  parts.days = microseconds / microseconds_a_day;
  parts.of_day = microseconds % microseconds_a_day;
  if (parts.of_day < 0) {
    parts.of_day += microseconds_a_day;
    --parts.days;
  }
  parts.date = calendar::date_of(parts.days);
  return parts;
}

/// 0 Sunday.
int day_of_week(std::int64_t days) { return static_cast<int>(((days + 4) % 7 + 7) % 7); }

/// ISO 8601.
struct Week {
  std::int64_t year = 0;
  int week = 0;
};
Week week_of(const Parts& parts) {
  const std::int64_t thursday = parts.days - (day_of_week(parts.days) + 6) % 7 + 3;
  const std::int64_t year = calendar::date_of(thursday).year;
  return {year, static_cast<int>((thursday - calendar::days_of({year, 1, 1})) / 7) + 1};
}

int day_of_year(const Parts& parts) {
  return static_cast<int>(parts.days - calendar::days_of({parts.date.year, 1, 1})) + 1;
}

std::int64_t truncated_to(const std::string& unit, std::int64_t microseconds) {
  const Parts parts = parts_of(microseconds);
  const auto start = [](std::int64_t year, int month, int day) {
    return calendar::days_of({year, month, day}) * microseconds_a_day;
  };
  const auto floor_to = [&](std::int64_t size) { return microseconds - parts.of_day % size; };
  if (unit == "year") return start(parts.date.year, 1, 1);
  if (unit == "quarter") return start(parts.date.year, (parts.date.month - 1) / 3 * 3 + 1, 1);
  if (unit == "month") return start(parts.date.year, parts.date.month, 1);
  if (unit == "week") return (parts.days - (day_of_week(parts.days) + 6) % 7) * microseconds_a_day;
  if (unit == "day") return parts.days * microseconds_a_day;
  if (unit == "hour") return floor_to(3600000000LL);
  if (unit == "minute") return floor_to(60000000LL);
  if (unit == "second") return floor_to(1000000LL);
  if (unit == "milliseconds") return floor_to(1000LL);
  throw NotSimulated("date_trunc() to " + unit);
}

std::string extracted(const Call& call, const std::string& field, std::int64_t microseconds) {
  const Parts parts = parts_of(microseconds);
  if (field == "year") return std::to_string(parts.date.year);
  if (field == "month") return std::to_string(parts.date.month);
  if (field == "day") return std::to_string(parts.date.day);
  if (field == "quarter") return std::to_string((parts.date.month - 1) / 3 + 1);
  if (field == "hour") return std::to_string(parts.of_day / 3600000000LL);
  if (field == "minute") return std::to_string(parts.of_day / 60000000 % 60);
  if (field == "dow") return std::to_string(day_of_week(parts.days));
  if (field == "isodow") return std::to_string((day_of_week(parts.days) + 6) % 7 + 1);
  if (field == "doy") return std::to_string(day_of_year(parts));
  if (field == "week") return std::to_string(week_of(parts).week);
  if (field == "isoyear") return std::to_string(week_of(parts).year);
  const bool exact = call.result == types::numeric;
  const auto fraction = [&](std::int64_t micro) {
    if (exact) return decimal_text({micro, 6});
    if (micro % 1000000 != 0) throw NotSimulated("a fraction of seconds");
    return std::to_string(micro / 1000000);
  };
  if (field == "epoch") return fraction(microseconds);
  if (field == "second") return fraction(parts.of_day % 60000000);
  throw NotSimulated("extract() of " + field);
}

// --- to_char()
// ---------------------------------------------------------------------------------------------------------

constexpr std::string_view months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view days[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

/// The value of the pattern that the format starts with, and its length; 0 for none.
std::size_t pattern(std::string_view format, const Parts& at, std::string& out) {
  const std::int64_t hour = at.of_day / 3600000000LL;
  const auto starts = [&](std::string_view word) { return format.substr(0, word.size()) == word; };
  const auto number = [&](std::string_view word, std::int64_t value, int width) {
    out += fmt::format("{:0{}}", value, width);
    return word.size();
  };
  if (starts("YYYY") || starts("yyyy")) return number("YYYY", at.date.year, 4);
  if (starts("IYYY") || starts("iyyy")) return number("IYYY", week_of(at).year, 4);
  if (starts("YY") || starts("yy")) return number("YY", at.date.year % 100, 2);
  if (starts("MM") || starts("mm")) return number("MM", at.date.month, 2);
  if (starts("DDD") || starts("ddd")) return number("DDD", day_of_year(at), 3);
  if (starts("DD") || starts("dd")) return number("DD", at.date.day, 2);
  if (starts("HH24") || starts("hh24")) return number("HH24", hour, 2);
  if (starts("HH12") || starts("hh12")) return number("HH12", hour % 12 == 0 ? 12 : hour % 12, 2);
  if (starts("HH") || starts("hh")) return number("HH", hour % 12 == 0 ? 12 : hour % 12, 2);
  if (starts("MI") || starts("mi")) return number("MI", at.of_day / 60000000 % 60, 2);
  if (starts("SS") || starts("ss")) return number("SS", at.of_day / 1000000 % 60, 2);
  if (starts("MS") || starts("ms")) return number("MS", at.of_day / 1000 % 1000, 3);
  if (starts("US") || starts("us")) return number("US", at.of_day % 1000000, 6);
  if (starts("IW") || starts("iw")) return number("IW", week_of(at).week, 2);
  if (starts("Q") || starts("q")) return number("Q", (at.date.month - 1) / 3 + 1, 1);
  const std::string_view month = months[at.date.month - 1], day = days[day_of_week(at.days)];
  const auto word = [&](std::string_view as, std::string text) {
    out += text;
    return as.size();
  };
  if (starts("Mon") && !starts("Month")) return word("Mon", std::string(month.substr(0, 3)));
  if (starts("MON") && !starts("MONTH")) return word("MON", upper_case(month.substr(0, 3)));
  if (starts("mon") && !starts("month")) return word("mon", lower_case(month.substr(0, 3)));
  if (starts("Dy")) return word("Dy", std::string(day.substr(0, 3)));
  if (starts("DY")) return word("DY", upper_case(day.substr(0, 3)));
  if (starts("dy")) return word("dy", lower_case(day.substr(0, 3)));
  return 0;
}

std::string formatted(std::int64_t microseconds, const std::string& format) {
  const Parts at = parts_of(microseconds);
  std::string out;
  for (std::size_t i = 0; i < format.size();) {
    if (format[i] == '"') {
      const std::size_t end = std::min(format.find('"', i + 1), format.size());
      out += format.substr(i + 1, end - i - 1);
      i = end + 1;
      continue;
    }
    const std::string_view rest = std::string_view(format).substr(i);
    if (const std::size_t length = pattern(rest, at, out)) {
      i += length;
      continue;
    }
    const char c = format[i];
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) throw NotSimulated("to_char() with the format " + format);
    out += c;
    ++i;
  }
  return out;
}

}  // namespace

Value time_plus_interval(const Call& call) {
  require_utc(call);
  if (!microseconds_of(call.args[0])) return call.of(call.text(0));
  return time_value(call.result, plus(*microseconds_of(call.args[0]), interval_of(call.text(1))));
}
Value time_minus_interval(const Call& call) {
  require_utc(call);
  if (!microseconds_of(call.args[0])) return call.of(call.text(0));
  Interval back = interval_of(call.text(1));
  back = {-back.months, -back.days, -back.microseconds};
  return time_value(call.result, plus(*microseconds_of(call.args[0]), back));
}
Value interval_plus_time(const Call& call) {
  require_utc(call);
  return time_value(call.result, plus(finite(call.args[1]), interval_of(call.text(0))));
}
Value date_plus_days(const Call& call) {
  return time_value(call.result, finite(call.args[0]) + call.integer(1) * microseconds_a_day);
}
Value date_minus_days(const Call& call) {
  return time_value(call.result, finite(call.args[0]) - call.integer(1) * microseconds_a_day);
}
Value days_between(const Call& call) {
  return call.number((finite(call.args[0]) - finite(call.args[1])) / microseconds_a_day);
}

Value time_between(const Call& call) {
  const std::int64_t span = finite(call.args[0]) - finite(call.args[1]);
  return call.of(interval_text({0, static_cast<std::int32_t>(span / microseconds_a_day), span % microseconds_a_day}));
}

Value interval_plus(const Call& call) {
  const Interval a = interval_of(call.text(0)), b = interval_of(call.text(1));
  return call.of(interval_text({a.months + b.months, a.days + b.days, a.microseconds + b.microseconds}));
}

/// interval * float8, for whole numbers.
Value interval_times(const Call& call) {
  const bool first = call.args[0].type == types::interval;
  const Interval span = interval_of(call.text(first ? 0 : 1));
  const std::string& factor = call.text(first ? 1 : 0);
  if (factor.find_first_not_of("-0123456789") != std::string::npos) throw NotSimulated("an interval times a fraction");
  const std::int32_t times = std::atoi(factor.c_str());
  return call.of(interval_text({span.months * times, span.days * times, span.microseconds * times}));
}

Value time_truncated(const Call& call) {
  require_utc(call);
  return time_value(call.result, truncated_to(lower_case(call.text(0)), finite(call.args[1])));
}
Value time_extracted(const Call& call) {
  require_utc(call);
  return call.of(extracted(call, lower_case(call.text(0)), finite(call.args[1])));
}
Value time_formatted(const Call& call) {
  require_utc(call);
  return call.of(formatted(finite(call.args[0]), call.text(1)));
}

/// Between date, timestamp and timestamptz.
Value time_cast(const Call& call) {
  require_utc(call);
  const auto micro = microseconds_of(call.args[0]);
  return micro ? time_value(call.result, *micro) : call.of(call.text(0));
}

Rows time_series(const Call& call) {
  require_utc(call);
  Rows rows;
  const std::int64_t last = finite(call.args[1]);
  const Interval step = interval_of(call.text(2));
  const std::int64_t probe = plus(0, step);
  if (probe == 0) throw SqlError("22023", "step size cannot equal zero");
  for (std::int64_t at = finite(call.args[0]); probe > 0 ? at <= last : at >= last; at = plus(at, step)) {
    if (rows.size() > 100000) throw NotSimulated("a series of more than a hundred thousand rows");
    rows.push_back({time_value(call.result, at)});
  }
  return rows;
}

Value date_made(const Call& call) {
  const std::int64_t year = call.integer(0);
  const int month = static_cast<int>(call.integer(1)), day = static_cast<int>(call.integer(2));
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > calendar::days_in_month(year, month))
    throw SqlError("22008", fmt::format("date field value out of range: {}-{:02}-{:02}", year, month, day));
  return time_value(call.result, calendar::days_of({year, month, day}) * microseconds_a_day);
}

}  // namespace pgplumb::engine::evaluate

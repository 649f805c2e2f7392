// interval: DecodeInterval, AdjustIntervalForTypmod and EncodeInterval of datetime.c and timestamp.c.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "engine/analyze/literal/calendar.h"
#include "engine/analyze/literal/date_time_fields.h"
#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/interval_iso.h"

namespace pgplumb::engine::analyze::literal {

namespace {

using IntervalField = DateTimeField;
// Bits of an interval's range: datetime.h's field numbers.
constexpr int year_bit = 1 << 2, month_bit = 1 << 1, day_bit = 1 << 3, hour_bit = 1 << 10, minute_bit = 1 << 11,
              second_bit = 1 << 12;
constexpr int full_range = 0x7fff, full_precision = 0xffff;

// A number without a unit takes the last field of the declared range.
Unit default_unit(int range) {
  if (range & second_bit) return Unit::second;
  if (range & minute_bit) return Unit::minute;
  if (range & hour_bit) return Unit::hour;
  if (range & day_bit) return Unit::day;
  if (range & month_bit) return Unit::month;
  return range & year_bit ? Unit::year : Unit::second;
}

constexpr int bit_of(Unit unit) { return 1 << static_cast<int>(unit); }
constexpr int second_parts = bit_of(Unit::second) | bit_of(Unit::millisecond) | bit_of(Unit::microsecond);
constexpr int clock_parts = bit_of(Unit::hour) | bit_of(Unit::minute) | second_parts;

struct IntervalText {
  int range = full_range;
  int major = 0;
  bool sql_standard = false;
};

/// Reads the fields from the last to the first, so that a unit is known before its number.
class Reader {
 public:
  Reader(std::vector<IntervalField> fields, const IntervalText& options) : fields_(std::move(fields)), options_(options) {
    all_negative_ = options.sql_standard && !fields_.empty() && fields_[0].text[0] == '-' &&
                    std::none_of(fields_.begin() + 1, fields_.end(),
                                 [](const IntervalField& field) { return field.text[0] == '-' || field.text[0] == '+'; });
  }

  std::string infinite;

  Interval read() {
    for (at_ = fields_.size(); at_-- > 0;) {
      int brings = take(fields_[at_]);
      if (brings & seen_) bad();
      seen_ |= brings;
    }
    if (seen_ == 0 || (unit_waits_ && options_.major >= 16)) bad();
    if (ago_) negate(interval_);
    return interval_;
  }

 private:
  [[noreturn]] static void bad() { throw DateTimeFault::bad_format; }
  static void negate(Interval& interval) {
    interval.months = -interval.months;
    interval.days = -interval.days;
    interval.microseconds = -interval.microseconds;
  }

  int take(const IntervalField& field) {
    switch (field.kind) {
      case IntervalField::Kind::time: return take_clock(*clock(field.text, true), false);
      case IntervalField::Kind::zone:
        if (field.text.find(':', 1) != std::string::npos) {
          if (auto time = clock(field.text.substr(1), false)) return take_clock(*time, field.text[0] == '-');
        }
        return take_number(field.text);
      case IntervalField::Kind::date:
      case IntervalField::Kind::number: return take_number(field.text);
      case IntervalField::Kind::word:
      case IntervalField::Kind::signed_word: return take_word(field.text);
    }
    bad();
  }

  // H:M[:S[.f]], or under MINUTE TO SECOND M:S; nothing where it is none and may be something else.
  std::optional<std::int64_t> clock(std::string_view text, bool must) {
    try {
      return read_clock(text);
    } catch (DateTimeFault) {
      if (must) throw;
      return std::nullopt;
    }
  }
  std::int64_t read_clock(std::string_view text) const {
    auto number = [&] { return take_integer(text, INT64_MAX, DateTimeFault::field_overflow); };
    auto next = [&] {
      if (text.empty() || text.front() != ':') bad();
      text.remove_prefix(1);
      return number();
    };
    std::int64_t hour = number(), minute = next(), second = 0;
    bool minutes_first = !text.empty() ? text.front() == '.' : options_.range == (minute_bit | second_bit);
    if (!text.empty() && !minutes_first) second = next();
    std::int64_t fraction = 0;
    if (!text.empty()) {
      if (text.front() != '.') bad();
      fraction = microseconds_of(text);
    }
    if (minutes_first) {
      second = minute;
      minute = hour;
      hour = 0;
    }
    if (hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 60) throw DateTimeFault::field_overflow;
    std::int64_t total = 0;
    if (__builtin_mul_overflow(hour, hour_us, &total)) throw DateTimeFault::field_overflow;
    return total + minute * minute_us + second * second_us + fraction;
  }

  int take_clock(std::int64_t time, bool negative) {
    if (negative || (all_negative_ && time > 0)) time = -time;
    interval_.microseconds += time;
    unit_ = Unit::day;
    unit_waits_ = false;
    return clock_parts;
  }

  int take_number(const std::string& text) {
    if (unit_ == Unit::ignored) unit_ = default_unit(options_.range);
    std::string_view rest = text;
    Amount amount;
    amount.whole = take_integer(rest, INT64_MAX, DateTimeFault::field_overflow);
    bool negative = text[0] == '-';
    if (!rest.empty() && rest.front() == '-') {
      add_months(amount, rest.substr(1), negative);
    } else if (!rest.empty()) {
      if (rest.front() != '.') bad();
      amount.fraction = negative ? -fraction_of(rest) : fraction_of(rest);
    }
    if (all_negative_)
      amount = {amount.whole > 0 ? -amount.whole : amount.whole,
                amount.fraction > 0 ? -amount.fraction : amount.fraction};
    add_amount(interval_, amount, unit_, options_.major);
    unit_waits_ = false;
    return unit_ == Unit::second && amount.fraction != 0 ? second_parts : bit_of(unit_);
  }

  // "1-2": years and months
  void add_months(Amount& amount, std::string_view text, bool negative) {
    std::int64_t months = take_integer(text, INT32_MAX, DateTimeFault::field_overflow);
    if (months < 0 || months >= 12) throw DateTimeFault::field_overflow;
    if (!text.empty()) bad();
    unit_ = Unit::month;
    if (__builtin_mul_overflow(amount.whole, 12, &amount.whole)) throw DateTimeFault::field_overflow;
    amount.whole += negative ? -months : months;
  }

  int take_word(const std::string& text) {
    if (unit_waits_ && options_.major >= 16) bad();
    Unit unit = interval_unit(text);
    if (unit == Unit::ignored) return 0;
    bool last = at_ + 1 == fields_.size();
    if (unit == Unit::none) return take_infinity(text, last);
    if (unit == Unit::ago) {
      if (!last && options_.major >= 17) bad();
      ago_ = true;
      unit_ = Unit::unusable;
      return 0;
    }
    unit_ = unit;
    unit_waits_ = true;
    return 0;
  }

  int take_infinity(const std::string& text, bool last) {
    DateTimeWord word = date_time_word(text);
    auto reserved = static_cast<Reserved>(word.value);
    bool known = options_.major >= 17 && word.kind == WordKind::reserved && last &&
                 (reserved == Reserved::early || reserved == Reserved::late);
    if (!known) bad();
    infinite = reserved == Reserved::late ? "infinity" : "-infinity";
    return ~0;
  }

  std::vector<IntervalField> fields_;
  IntervalText options_;
  std::size_t at_ = 0;
  Interval interval_;
  Unit unit_ = Unit::ignored;
  int seen_ = 0;
  bool ago_ = false, unit_waits_ = false, all_negative_ = false;
};

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
  out += fmt::format("{}{}{:02}:{:02}:{:02}{}", out.empty() ? "" : " ",
                     minus    ? "-"
                     : before ? "+"
                              : "",
                     size / hour_us, size / minute_us % 60, size / second_us % 60,
                     fraction_text(static_cast<int>(size % second_us)));
  return out;
}

Interval read_any(std::string_view text, const IntervalText& options, std::string& infinite) {
  try {
    Reader reader(date_time_fields(text), options);
    Interval interval = reader.read();
    infinite = reader.infinite;
    return interval;
  } catch (DateTimeFault fault) {
    if (fault != DateTimeFault::bad_format) throw;
    return read_iso_interval(text, options.major);
  }
}

}  // namespace

std::string interval_in(const Context& context, std::string_view text, std::int32_t typmod) {
  IntervalText options;
  options.range = typmod < 0 ? full_range : (typmod >> 16) & full_range;
  options.major = context.cache.major();
  options.sql_standard = context.settings.interval_style == IntervalStyle::sql_standard;
  try {
    std::string infinite;
    Interval interval = read_any(text, options, infinite);
    if (!infinite.empty()) return infinite;
    apply_typmod(interval, typmod);
    return interval_out(interval);
  } catch (DateTimeFault fault) {
    bool overflow = fault == DateTimeFault::field_overflow;
    fail_date_time(overflow ? DateTimeFault::interval_overflow : fault, "interval", text);
  }
}

}  // namespace pgplumb::engine::analyze::literal

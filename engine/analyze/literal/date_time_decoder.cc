#include "engine/analyze/literal/date_time_decoder.h"

#include <string>
#include <vector>

#include "engine/analyze/literal/date_time_numbers.h"
#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/zones.h"

namespace pgplumb::engine::analyze::literal {

namespace {

using DecodedField = DateTimeField;
constexpr std::int64_t first_julian_unix_day = 2440588;

/// Reads the fields in order; each says which parts of a moment it brings, and none may be brought twice.
class Decoder {
 public:
  Decoder(std::string_view text, const DateTimeOptions& options, bool time_only)
      : fields_(date_time_fields(text)), major_(options.major), time_only_(time_only), numbers_(options.date_order) {}

  DateTime decode() {
    for (at_ = 0; at_ < fields_.size(); ++at_) {
      int brings = take(fields_[at_]);
      if (brings & seen_) bad();
      seen_ |= brings;
    }
    if (prefix_ != 0 && major_ >= 16) bad();
    // Up to 15 what goes with infinity or the epoch is checked, and then passed over.
    bool fixed = numbers_.moment.special && !is_clock();
    if (fixed && major_ < 16) {
      numbers_.validate(seen_, julian_, before_christ_);
      apply_half_of_day();
    }
    if (!fixed) finish();
    if (zone_of_place_) throw UnknownForm{};
    return numbers_.moment;
  }

 private:
  [[noreturn]] static void bad() { throw DateTimeFault::bad_format; }
  bool is_clock() const {
    Reserved word = *numbers_.moment.special;
    return word != Reserved::early && word != Reserved::late && word != Reserved::epoch;
  }
  bool has(int parts) const { return (seen_ & parts) == parts; }
  // A time alone reads its numbers as if there were a date already.
  int seen_by_numbers() const { return time_only_ ? seen_ | part::date : seen_; }

  int take(const DecodedField& field) {
    switch (field.kind) {
      case DecodedField::Kind::date: return take_date(field.text);
      case DecodedField::Kind::time: return take_time(field.text);
      case DecodedField::Kind::zone: numbers_.moment.zone = zone_displacement(field.text); return part::zone;
      case DecodedField::Kind::number: return prefix_ != 0 ? take_prefixed(field.text) : take_number(field.text);
      case DecodedField::Kind::word:
      case DecodedField::Kind::signed_word: return take_word(field.text);
    }
    bad();
  }

  int take_date(const std::string& text) {
    if (time_only_) return date_is_allowed() ? numbers_.date(text, seen_) : zone_or_run_together(text);
    if (prefix_ == julian_unit) return julian_with_zone(text);
    if (prefix_ != 0 || has(part::month | part::day)) return zone_or_run_together(text);
    return numbers_.date(text, seen_);
  }

  // A time's date stands in front.
  bool date_is_allowed() const {
    return at_ == 0 && fields_.size() >= 2 && (fields_.back().kind == DecodedField::Kind::date || fields_[1].kind == DecodedField::Kind::time);
  }

  int julian_with_zone(std::string_view text) {
    std::int64_t day = take_integer(text, INT32_MAX, DateTimeFault::field_overflow);
    set_julian(day);
    numbers_.moment.zone = zone_displacement(text);
    prefix_ = 0;
    return part::date | part::time | part::zone;
  }

  void set_julian(std::int64_t day) {
    if (day < 0) throw DateTimeFault::field_overflow;
    numbers_.moment.date = date_of(day - first_julian_unix_day);
    julian_ = true;
  }

  // "hhmmss-zz", or a zone's name.
  int zone_or_run_together(const std::string& text) {
    if (!is_digit(text[0]) && (prefix_ == 0 || time_only_)) return take_zone_name(text, DateTimeFault::bad_zone);
    if (prefix_ != 0 && prefix_ != time_prefix) bad();
    prefix_ = 0;
    if (has(part::time)) bad();
    std::size_t sign = text.find('-');
    if (sign == std::string::npos) bad();
    numbers_.moment.zone = zone_displacement(std::string_view(text).substr(sign));
    return numbers_.run_together(text.substr(0, sign), seen_by_numbers()) | part::zone;
  }

  int take_zone_name(std::string_view name, DateTimeFault otherwise) {
    NamedZone zone = named_zone(name);
    if (zone.kind == ZoneKind::unknown) throw otherwise;
    zone_of_place_ = zone_of_place_ || zone.kind != ZoneKind::fixed;
    needs_date_ = needs_date_ || zone.kind == ZoneKind::with_summer;
    numbers_.moment.zone = zone.offset;
    return part::zone;
  }

  int take_time(std::string_view text) {
    if (prefix_ != 0 && (!time_only_ || major_ >= 16)) {
      if (prefix_ != time_prefix) bad();
      prefix_ = 0;
    }
    if (major_ < 15 && text.back() == '.') bad();
    numbers_.clock(text);
    if (!time_only_ && numbers_.moment.time.total() > day_microseconds) throw DateTimeFault::field_overflow;
    return part::time;
  }

  // A word told what the number is.
  int take_prefixed(const std::string& text) {
    std::string_view rest = text;
    std::int64_t value = take_integer(rest, INT32_MAX, DateTimeFault::field_overflow);
    if (!rest.empty() && rest.front() != '.') bad();
    int prefix = prefix_;
    prefix_ = 0;
    if (prefix == time_prefix) {
      if (numbers_.run_together(text, seen_ | part::date) != part::time) bad();
      return part::time;
    }
    if (prefix != julian_unit) {
      // Up to 15 such units were read in a way of their own.
      if (major_ < 16) throw UnknownForm{};
      bad();
    }
    set_julian(value);
    if (rest.empty()) return part::date;
    numbers_.moment.time =
        time_of(static_cast<std::int64_t>(fraction_of(rest) * static_cast<double>(day_microseconds)));
    return part::date | part::time;
  }

  static TimeOfDay time_of(std::int64_t microseconds) {
    auto seconds = static_cast<int>(microseconds / 1000000);
    return {seconds / 3600, seconds / 60 % 60, seconds % 60, static_cast<int>(microseconds % 1000000)};
  }

  int take_number(const std::string& text) {
    std::size_t point = text.find('.');
    bool has_point = point != std::string::npos;
    if (time_only_) return number_of_time(text, point);
    if (has_point && !(seen_ & part::date)) return numbers_.date(text, seen_);
    if (has_point && point > 2) return numbers_.run_together(text, seen_);
    // The server asks whether any field of the date, and of the time, is missing altogether.
    if (!has_point && text.size() >= 6 && (!(seen_ & part::date) || !(seen_ & part::time))) {
      return numbers_.run_together(text, seen_);
    }
    return numbers_.number(text, text_month_, seen_);
  }

  int number_of_time(const std::string& text, std::size_t point) {
    if (point != std::string::npos) {
      if (at_ == 0 && fields_.size() >= 2 && fields_.back().kind == DecodedField::Kind::date) return numbers_.date(text, seen_);
      if (point <= 2) bad();
      return numbers_.run_together(text, seen_by_numbers());
    }
    if (text.size() > 4) return numbers_.run_together(text, seen_by_numbers());
    return numbers_.number(text, false, seen_by_numbers());
  }

  int take_word(const std::string& text) {
    if (auto abbreviation = zone_abbreviation(std::string_view(text).substr(0, 10))) {
      zone_of_place_ = zone_of_place_ || !abbreviation->offset;
      numbers_.moment.zone = abbreviation->offset.value_or(0);
      return part::zone;
    }
    DateTimeWord word = date_time_word(text);
    switch (word.kind) {
      case WordKind::ignored: return 0;
      case WordKind::reserved: return take_reserved(static_cast<Reserved>(word.value));
      case WordKind::month: return take_month(word.value);
      case WordKind::day_of_week: return time_only_ ? (bad(), 0) : part::day_of_week;
      case WordKind::half_of_day: afternoon_ = word.value == 1; return part::half_of_day;
      case WordKind::era: before_christ_ = word.value == 1; return part::era;
      case WordKind::daylight: return take_daylight();
      case WordKind::unit: return take_prefix(word.value);
      case WordKind::iso_time: return take_iso_time();
      case WordKind::unknown: return take_zone_name(text, DateTimeFault::bad_format);
    }
    bad();
  }

  int take_daylight() {
    numbers_.moment.zone = numbers_.moment.zone.value_or(0) + 3600;
    return part::daylight;
  }

  int take_prefix(int prefix) {
    if (prefix_ != 0 && major_ >= 16) bad();
    prefix_ = prefix;
    return 0;
  }

  int take_iso_time() {
    if (!time_only_ && !has(part::date)) bad();
    if (at_ + 1 >= fields_.size()) bad();
    DecodedField::Kind next = fields_[at_ + 1].kind;
    if (next != DecodedField::Kind::number && next != DecodedField::Kind::time && next != DecodedField::Kind::date) bad();
    return take_prefix(time_prefix);
  }

  int take_reserved(Reserved word) {
    bool of_time = word == Reserved::now || word == Reserved::zulu;
    if (time_only_ && !of_time) bad();
    if (word == Reserved::zulu) {
      numbers_.moment.time = {};
      numbers_.moment.zone = 0;
      numbers_.moment.special.reset();
      return part::time | part::zone;
    }
    numbers_.moment.special = word;
    // Up to 15 infinity and the epoch go with anything else that can be read.
    if (!is_clock() && major_ < 16) return part::reserved;
    if (time_only_) return part::time;
    bool day_only = word == Reserved::today || word == Reserved::tomorrow || word == Reserved::yesterday;
    return day_only ? part::date : part::date | part::time | part::zone;
  }

  // "1 January" may have been taken for a month's number first.
  int take_month(int month) {
    if (time_only_) bad();
    int brings = part::month;
    Date& date = numbers_.moment.date;
    if (has(part::month) && !text_month_ && !has(part::day) && date.month >= 1 && date.month <= 31) {
      date.day = date.month;
      brings = part::day;
    }
    text_month_ = true;
    date.month = month;
    return brings;
  }

  void finish() {
    bool is_day = numbers_.moment.special && *numbers_.moment.special != Reserved::now;
    if (!numbers_.moment.special) numbers_.validate(seen_, julian_, before_christ_);
    if (numbers_.moment.special && !is_day) return;
    apply_half_of_day();
    if (time_only_ && numbers_.moment.time.total() > day_microseconds) throw DateTimeFault::field_overflow;
    if (!has(time_only_ ? part::time : part::date)) bad();
    if (has(part::daylight) && !has(part::zone)) bad();
    if (needs_date_ && !has(part::date)) bad();
  }

  void apply_half_of_day() {
    if (!has(part::half_of_day)) return;
    int& hour = numbers_.moment.time.hour;
    if (hour > 12) throw DateTimeFault::field_overflow;
    if (!afternoon_ && hour == 12) hour = 0;
    if (afternoon_ && hour != 12) hour += 12;
  }

  std::vector<DecodedField> fields_;
  std::size_t at_ = 0;
  int major_;
  bool time_only_;
  DateTimeNumbers numbers_;
  int seen_ = 0, prefix_ = 0;
  bool zone_of_place_ = false;  // whose offset is not known here: all else is checked first, as a server does
  bool needs_date_ = false;     // a zone's offset depends on it
  bool text_month_ = false, julian_ = false, before_christ_ = false, afternoon_ = false;
};

}  // namespace

DateTime decode_date_time(std::string_view text, const DateTimeOptions& options) {
  return Decoder(text, options, false).decode();
}

DateTime decode_time(std::string_view text, const DateTimeOptions& options) {
  return Decoder(text, options, true).decode();
}

}  // namespace pgplumb::engine::analyze::literal

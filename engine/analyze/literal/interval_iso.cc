// Intervals of ISO 8601, with designators or in the alternative form: DecodeISO8601Interval.
#include "engine/analyze/literal/interval_iso.h"

#include <charconv>
#include <cstdlib>
#include <string>

#include "engine/analyze/literal/date_time_fields.h"
#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

class IsoReader {
 public:
  IsoReader(std::string_view text, int major) : text_(text), major_(major) {}

  Interval read() {
    if (text_.size() < 2 || text_.front() != 'P') throw DateTimeFault::bad_format;
    text_.remove_prefix(1);
    while (!text_.empty()) {
      if (text_.front() == 'T') {
        text_.remove_prefix(1);
        begin_time();
        continue;
      }
      std::size_t width = 0;
      Amount amount = number(&width);
      bool go_on = in_time_ ? time_part(amount, width) : date_part(amount, width);
      if (!go_on) break;
    }
    return interval_;
  }

 private:
  [[noreturn]] static void bad() { throw DateTimeFault::bad_format; }
  void begin_time() {
    in_time_ = true;
    any_ = false;
  }
  char take() {
    char c = text_.empty() ? '\0' : text_.front();
    if (!text_.empty()) text_.remove_prefix(1);
    return c;
  }
  void add(const Amount& amount, Unit unit) { add_amount(interval_, amount, unit, major_); }

  Amount number(std::size_t* width = nullptr) {
    std::size_t end = !text_.empty() && text_[0] == '-' ? 1 : 0, start = end;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    std::size_t digits = end - start;
    if (end < text_.size() && text_[end] == '.') ++end;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    if (end == start) bad();
    std::string_view own = text_.substr(0, end);
    if (width) *width = start == 0 ? digits : 0;
    text_.remove_prefix(end);
    std::string_view rest = own;
    Amount amount;
    amount.whole = take_integer(rest, INT64_MAX, DateTimeFault::field_overflow);
    if (std::size_t point = own.find('.'); point != std::string_view::npos)
      amount.fraction = fraction_of(own.substr(point));
    if (own[0] == '-') amount.fraction = -amount.fraction;
    return amount;
  }

  // false: the text has ended in the alternative form.
  bool date_part(const Amount& amount, std::size_t width) {
    char designator = take();
    switch (designator) {
      case 'Y': add(amount, Unit::year); break;
      case 'M': add(amount, Unit::month); break;
      case 'W': add(amount, Unit::week); break;
      case 'D': add(amount, Unit::day); break;
      case 'T':
      case '\0':
        if (width == 8 && !any_) return basic_date(amount, designator);
        return extended_date(amount, designator);
      case '-': return extended_date(amount, designator);
      default: bad();
    }
    any_ = true;
    return true;
  }

  bool basic_date(const Amount& amount, char designator) {
    add({amount.whole / 10000, 0}, Unit::year);
    add({amount.whole / 100 % 100, 0}, Unit::month);
    add({amount.whole % 100, amount.fraction}, Unit::day);
    return time_follows(designator);
  }

  bool time_follows(char designator) {
    if (designator == 'T') begin_time();
    return designator == 'T';
  }

  bool extended_date(const Amount& years, char designator) {
    if (any_) bad();
    add(years, Unit::year);
    if (designator != '-') return time_follows(designator);
    add(number(), Unit::month);
    if (text_.empty() || text_.front() == 'T') return time_follows(take());
    if (take() != '-') bad();
    add(number(), Unit::day);
    if (!text_.empty() && text_.front() != 'T') bad();
    return time_follows(take());
  }

  bool time_part(const Amount& amount, std::size_t width) {
    char designator = take();
    switch (designator) {
      case 'H': add(amount, Unit::hour); break;
      case 'M': add(amount, Unit::minute); break;
      case 'S': add(amount, Unit::second); break;
      case '\0':
        if (width == 6 && !any_) return basic_time(amount);
        return extended_time(amount, designator);
      case ':': return extended_time(amount, designator);
      default: bad();
    }
    any_ = true;
    return true;
  }

  bool basic_time(const Amount& amount) {
    add({amount.whole / 10000, 0}, Unit::hour);
    add({amount.whole / 100 % 100, 0}, Unit::minute);
    add({amount.whole % 100, amount.fraction}, Unit::second);
    return false;
  }

  bool extended_time(const Amount& hours, char designator) {
    if (any_) bad();
    add(hours, Unit::hour);
    if (designator == '\0') return false;
    add(number(), Unit::minute);
    if (text_.empty()) return false;
    if (take() != ':') bad();
    add(number(), Unit::second);
    if (!text_.empty()) bad();
    return false;
  }

  std::string_view text_;
  int major_;
  Interval interval_;
  bool in_time_ = false, any_ = false;
};

}  // namespace

Interval read_iso_interval(std::string_view text, int major) { return IsoReader(text, major).read(); }

}  // namespace pgplumb::engine::analyze::literal

#pragma once
// Which number of a date or time means what: DecodeDate, DecodeNumber, DecodeNumberField, DecodeTime, ValidateDate.
#include <string>
#include <string_view>

#include "engine/analyze/literal/date_time_decoder.h"

namespace pgplumb::engine::analyze::literal {

/// The parts of a moment that a field may bring: DTK_M's bits.
namespace part {
inline constexpr int year = 1, month = 2, day = 4, date = year | month | day, time = 8, zone = 16, day_of_year = 32,
                     day_of_week = 64, half_of_day = 128, era = 256, daylight = 512, reserved = 1024;
}

/// Collects numbers into a moment. Each function returns the parts that its text brings, given those `seen` before,
/// and throws DateTimeFault.
class DateTimeNumbers {
 public:
  explicit DateTimeNumbers(int date_order) : order_(date_order) {}

  DateTime moment;

  /// What separators hold together.
  int date(const std::string& text, int seen);
  int number(std::string_view text, bool text_month, int seen);
  /// Digits without separators: yyyymmdd, hhmmss.
  int run_together(std::string text, int seen);
  void clock(std::string_view text);
  void validate(int seen, bool julian, bool before_christ);

 private:
  int date_number(std::size_t length, int value, bool text_month, int seen);
  int first_number(std::size_t length, int value);
  int number_beside_month(std::size_t length, int value);
  int day_after_year(std::size_t length, int value, bool text_month);
  int set_year(std::size_t length, int value);
  int set_month(int value);
  int set_day(int value);

  int order_;
  int day_of_year_ = 0;
  bool two_digits_ = false;
};

/// "+05:30", "-0800": seconds east of Greenwich.
int zone_displacement(std::string_view text);

}  // namespace pgplumb::engine::analyze::literal

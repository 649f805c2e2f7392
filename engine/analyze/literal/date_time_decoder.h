#pragma once
// Dates and times as people write them: DecodeDateTime and DecodeTimeOnly of datetime.c, for servers of any major.
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/analyze/literal/calendar.h"
#include "engine/analyze/literal/date_time_fields.h"

namespace pgplumb::engine::analyze::literal {

/// What was read; what the text did not have is absent.
struct DateTime {
  Date date;
  TimeOfDay time;
  std::optional<int> zone;  // seconds east of Greenwich
  std::optional<Reserved> special;
};

struct DateTimeOptions {
  int date_order = 0;  // a DateOrder
  int major = 0;
};

/// A date, perhaps with a time. Throws DateTimeFault, or UnknownForm for a zone that takes a database of places.
DateTime decode_date_time(std::string_view text, const DateTimeOptions& options);
/// A time, perhaps with a date in front that only a zone needs.
DateTime decode_time(std::string_view text, const DateTimeOptions& options);

}  // namespace pgplumb::engine::analyze::literal

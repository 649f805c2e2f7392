#pragma once
// Dates and times in their canonical text: microseconds since 1970 and back (timestamp.c, date.c).
#include <cstdint>
#include <optional>
#include <string>

#include "engine/evaluate/value.h"

namespace pgplumb::engine::evaluate {

inline constexpr std::int64_t microseconds_a_day = 86400LL * 1000000;

bool is_date_or_time(Oid type);

/// A known date, timestamp or timestamptz; nothing for infinity. NotSimulated for years before Christ.
std::optional<std::int64_t> microseconds_of(const Value& value);
Value time_value(Oid type, std::int64_t microseconds);

struct Interval {
  std::int32_t months = 0, days = 0;
  std::int64_t microseconds = 0;
};
/// From the style "postgres", in which canonical texts are.
Interval interval_of(const std::string& text);
std::string interval_text(const Interval& interval);

std::int64_t plus(std::int64_t microseconds, const Interval& interval);

/// date, timestamp, timestamptz, interval among their like.
int compare_times(const Value& left, const Value& right);

}  // namespace pgplumb::engine::evaluate

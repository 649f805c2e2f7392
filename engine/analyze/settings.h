#pragma once
// What of a session's state decides how text becomes an analysed tree.
#include <cstdint>
#include <optional>
#include <string>

namespace pgplumb::engine::analyze {

enum class DateOrder : std::uint8_t { mdy, dmy, ymd };
enum class IntervalStyle : std::uint8_t { postgres, postgres_verbose, sql_standard, iso_8601 };

struct Settings {
  std::string timezone = "UTC";
  DateOrder date_order = DateOrder::mdy;
  IntervalStyle interval_style = IntervalStyle::postgres;
  bool xml_document = false;            // xmloption = document
  bool standard_conforming_strings = true;
  bool transform_null_equals = false;
  bool array_nulls = true;
  /// The statement's time, microseconds since 1970-01-01 UTC: what 'now' and 'today' mean. Nothing where nobody knows it.
  std::optional<std::int64_t> now;
};

}  // namespace pgplumb::engine::analyze

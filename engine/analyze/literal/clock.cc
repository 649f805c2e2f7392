#include "engine/analyze/literal/clock.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "catalog/base/diagnostic.h"
#include "engine/analyze/literal/date_time_decoder.h"
#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/literal.h"

namespace pgplumb::engine::analyze {

namespace {

// What arrays, ranges and rows have between their elements.
constexpr std::string_view delimiters = "{}()[],\"";

std::optional<literal::DateTime> decoded_by(decltype(&literal::decode_time) decode, std::string_view text, int major) {
  try {
    literal::DateTime value = decode(text, {0, major});
    if (!value.special) return value;
  } catch (const literal::DateTimeFault&) {
  } catch (const literal::UnknownForm&) {
  }
  return std::nullopt;
}

/// Microseconds since 1970; of a time alone since midnight.
std::optional<std::int64_t> moment_of(std::string_view text, int major) {
  if (const auto value = decoded_by(&literal::decode_date_time, text, major))
    return literal::days_of(value->date) * literal::day_microseconds + value->time.total() - value->zone.value_or(0) * 1000000LL;
  if (const auto value = decoded_by(&literal::decode_time, text, major)) return value->time.total();
  return std::nullopt;
}

bool becomes(const Syscache& cache, catalog::Oid type, std::string_view word, std::string_view value, std::int64_t now) {
  Settings settings;
  settings.now = now;
  try {
    return literal_in(cache, settings, type, -1, word).text == value;
  } catch (const catalog::SqlError&) {
    return false;
  }
}

}  // namespace

bool could_become(const Syscache& cache, catalog::Oid type, std::string_view word, std::string_view value) {
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t end = std::min(value.find_first_of(delimiters, at), value.size());
    if (const auto moment = moment_of(value.substr(at, end - at), cache.major()))
      for (const std::int64_t days : {0, -1, 1})  // 'tomorrow' is a day ahead of the clock
        if (becomes(cache, type, word, value, *moment + days * literal::day_microseconds)) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace pgplumb::engine::analyze

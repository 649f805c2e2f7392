// Names of time zones, as pgtz.c finds them in the time zone database's folders.
#include <algorithm>
#include <iterator>

#include "engine/analyze/literal/input.h"
#include "engine/analyze/literal/zones.h"

namespace pgplumb::engine::analyze::literal {

namespace {

constexpr std::string_view names_of_utc[] = {
    "etc/gmt", "etc/gmt+0", "etc/gmt-0", "etc/gmt0", "etc/greenwich", "etc/uct", "etc/universal", "etc/utc", "etc/zulu",
    "gmt",     "gmt+0",     "gmt-0",     "gmt0",     "greenwich",     "uct",     "universal",     "utc",     "zulu"};

// Those without a slash or a digit.
constexpr std::string_view places[] = {
    "cet",       "cuba", "eet",     "egypt",     "eire",   "est",     "factory", "gb",        "gb-eire",
    "hongkong",  "hst",  "iceland", "iran",      "israel", "jamaica", "japan",   "kwajalein", "libya",
    "localtime", "met",  "mst",     "navajo",    "nz",     "nz-chat", "poland",  "portugal",  "posixrules",
    "prc",       "roc",  "rok",     "singapore", "turkey", "w-su",    "wet"};

constexpr std::string_view areas[] = {"africa/",    "america/", "antarctica/", "arctic/", "asia/",  "atlantic/",
                                      "australia/", "brazil/",  "canada/",     "chile/",  "etc/",   "europe/",
                                      "indian/",    "mexico/",  "pacific/",    "posix/",  "right/", "us/"};

template <std::size_t N>
bool is_one_of(const std::string_view (&names)[N], std::string_view word) {
  return std::find(std::begin(names), std::end(names), word) != std::end(names);
}

/// A zone in POSIX's form, "XYZ+5:30" or "XYZ5ABC", as tzparse (localtime.c) reads it: a name, the hours west of Greenwich,
/// and where there is a summer time its name and perhaps its hours. Its rules, which need a comma, no field of a moment holds.
class PosixZone {
 public:
  explicit PosixZone(std::string_view text) : text_(text) {}

  NamedZone read() {
    name();
    const std::optional<int> west = offset();
    if (!west) return {};
    if (text_.empty()) return {ZoneKind::fixed, -*west};
    const bool has_summer = name() && (text_.empty() || offset()) && text_.empty();
    return {has_summer ? ZoneKind::with_summer : ZoneKind::unknown};
  }

 private:
  // A name ends at a digit, a sign or a comma.
  bool name() {
    const std::size_t end = std::min(text_.find_first_of("0123456789,-+"), text_.size());
    text_.remove_prefix(end);
    return end > 0;
  }

  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  std::optional<int> number(int limit) {
    if (text_.empty() || !is_digit(text_.front())) return std::nullopt;
    int value = 0;
    while (!text_.empty() && is_digit(text_.front()) && value <= limit) {
      value = value * 10 + (text_.front() - '0');
      text_.remove_prefix(1);
    }
    return value <= limit ? std::optional(value) : std::nullopt;
  }

  // Seconds; a minute may have sixty-one, as leap seconds make it.
  std::optional<int> offset() {
    const bool negative = take('-');
    if (!negative) take('+');
    std::optional<int> hours = number(167), minutes = 0, seconds = 0;
    if (hours && take(':')) {
      minutes = number(59);
      if (minutes && take(':')) seconds = number(60);
    }
    if (!hours || !minutes || !seconds) return std::nullopt;
    const int total = (*hours * 60 + *minutes) * 60 + *seconds;
    return negative ? -total : total;
  }

  std::string_view text_;
};

}  // namespace

NamedZone named_zone(std::string_view word) {
  if (is_one_of(names_of_utc, word)) return {ZoneKind::fixed, 0};
  bool in_area = std::any_of(std::begin(areas), std::end(areas), [&](auto area) { return word.starts_with(area); });
  return in_area || is_one_of(places, word) ? NamedZone{ZoneKind::place} : PosixZone(word).read();
}

}  // namespace pgplumb::engine::analyze::literal

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

// "XYZ+5:30", west of Greenwich: a name, and hours as tzparse takes them. With a name for summer it is a place's.
NamedZone posix_zone(std::string_view word) {
  std::size_t digits = word.find_first_of("0123456789");
  if (digits == std::string_view::npos) return {};
  std::size_t sign = digits > 0 && (word[digits - 1] == '+' || word[digits - 1] == '-') ? digits - 1 : digits;
  bool plain_name =
      sign > 0 && word.substr(0, sign).find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
  if (!plain_name) return {ZoneKind::place};
  int parts[3] = {};
  std::size_t at = digits;
  for (int& part : parts) {
    std::size_t start = at;
    while (at < word.size() && is_digit(word[at]) && part < 1000) part = part * 10 + (word[at++] - '0');
    if (at == start || (&part == parts ? part > 167 : part > 59)) return {};
    if (at == word.size() || word[at] != ':') break;
    ++at;
  }
  bool has_summer = at < word.size() && (word[at] == '<' || (word[at] >= 'a' && word[at] <= 'z'));
  if (at < word.size()) return {has_summer ? ZoneKind::place : ZoneKind::unknown};
  int west = (parts[0] * 60 + parts[1]) * 60 + parts[2];
  return {ZoneKind::fixed, word[sign] == '-' ? west : -west};
}

}  // namespace

NamedZone named_zone(std::string_view word) {
  if (is_one_of(names_of_utc, word)) return {ZoneKind::fixed, 0};
  bool in_area = std::any_of(std::begin(areas), std::end(areas), [&](auto area) { return word.starts_with(area); });
  return in_area || is_one_of(places, word) ? NamedZone{ZoneKind::place} : posix_zone(word);
}

}  // namespace pgplumb::engine::analyze::literal

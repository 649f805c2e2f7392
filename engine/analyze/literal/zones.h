#pragma once
// Time zones that need no database of places: abbreviations with an offset of their own, and the names of UTC.
#include <optional>
#include <string_view>

namespace pgplumb::engine::analyze::literal {

struct ZoneAbbreviation {
  std::optional<int> offset;  // seconds east of Greenwich; nothing where it is that of a place
};

/// `word` in lower case; nothing where it is no abbreviation.
std::optional<ZoneAbbreviation> zone_abbreviation(std::string_view word);

/// Of a place the offset is not known here, nor whether it changes with the date; one in POSIX's form with summer time's does.
enum class ZoneKind : char { fixed, place, with_summer, unknown };

struct NamedZone {
  ZoneKind kind = ZoneKind::unknown;
  int offset = 0;  // of a fixed one: seconds east of Greenwich
};

/// What pg_tzset makes of a name (lower case): UTC by any name, or an offset in POSIX's form, is fixed.
NamedZone named_zone(std::string_view word);

}  // namespace pgplumb::engine::analyze::literal

#pragma once
// A collation (pg_collation).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

/// pg_collation.collprovider
enum class CollationProvider : std::uint8_t { default_, builtin, libc, icu };
inline constexpr EnumEntry collation_provider_entries[] = {
    {0, "d", "default"}, {1, "b", "builtin"}, {2, "c", "libc"}, {3, "i", "icu"}};
constexpr std::span<const EnumEntry> enum_entries(CollationProvider) { return collation_provider_entries; }

struct Collation : Object {
  CollationProvider provider = CollationProvider::libc;
  bool deterministic = true;
  std::string lc_collate, lc_ctype;  // libc
  std::string locale;                // icu and builtin
  std::string rules;                 // icu, 16 and later
  std::string version;               // of the library when the collation was made
};

// ICU's locale has been in three places: collcollate up to 14, colliculocale in 15 and 16, colllocale since.
inline constexpr auto collation_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || co.collnamespace"),
    field<&Object::name>("name", identity, "co.collname"),
    field<&Collation::provider>("provider", attribute, "co.collprovider"),
    field<&Collation::deterministic>("deterministic", attribute, "co.collisdeterministic"),
    field<&Collation::lc_collate>("lc_collate", attribute, "CASE WHEN co.collprovider = 'c' THEN co.collcollate END"),
    field<&Collation::lc_ctype>("lc_ctype", attribute, "CASE WHEN co.collprovider = 'c' THEN co.collctype END"),
    field<&Collation::locale>("locale", attribute, "co.colllocale")
        .before(17, "CASE WHEN co.collprovider = 'i' THEN coalesce(to_json(co) ->> 'colliculocale', co.collcollate) END"),
    field<&Collation::rules>("rules", attribute, "co.collicurules").since(16),
    field<&Collation::version>("version", info, "co.collversion"));

}  // namespace pgplumb::catalog

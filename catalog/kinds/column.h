#pragma once
// A column of a relation, or an attribute of a composite type (pg_attribute).
#include "catalog/kinds/foreign_options.h"

namespace pgplumb::catalog {

/// pg_attribute.attidentity
enum class Identity : std::uint8_t { none, always, by_default };
inline constexpr EnumEntry identity_entries[] = {{0, "", "none"}, {1, "a", "always"}, {2, "d", "by_default"}};
constexpr std::span<const EnumEntry> enum_entries(Identity) { return identity_entries; }

/// pg_attribute.attgenerated
enum class Generated : std::uint8_t { none, stored, virtual_ };
inline constexpr EnumEntry generated_entries[] = {{0, "", "none"}, {1, "s", "stored"}, {2, "v", "virtual"}};
constexpr std::span<const EnumEntry> enum_entries(Generated) { return generated_entries; }

/// pg_attribute.attstorage
enum class Storage : std::uint8_t { plain, external, extended, main };
inline constexpr EnumEntry storage_entries[] = {
    {0, "p", "plain"}, {1, "e", "external"}, {2, "x", "extended"}, {3, "m", "main"}};
constexpr std::span<const EnumEntry> enum_entries(Storage) { return storage_entries; }

struct Column : Object {
  std::int16_t number = 0;    // attnum: position among the columns ever made
  std::int32_t position = 0;  // among those that are left, from 1
  TypeRef type;
  bool not_null = false;
  AnyRef collation;  // empty where the type is not collatable
  Identity identity = Identity::none;
  Generated generated = Generated::none;
  Storage storage = Storage::plain;
  std::string compression;               // "", "p" (pglz) or "l" (lz4)
  std::int32_t statistics = -1;          // SET STATISTICS; -1: the default
  Options options;                       // n_distinct …
  Options foreign_options;               // of a foreign table's column
  bool local = true;                     // declared here, not only inherited
  std::int32_t inherited_from = 0;       // number of parents that have it
};

// The server keeps internal tags among attoptions in some minor releases; the options that users can set are named.
inline constexpr auto column_fields = fields(
    field<&Object::parent>("relation", parent, "'1259/' || a.attrelid"),
    field<&Object::name>("name", identity, "a.attname"),
    field<&Column::number>("number", info, "a.attnum"),
    field<&Column::position>("position", cosmetic,
                             "row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum)"),
    field<&Column::type>("type", attribute, "a.atttypid || ',' || a.atttypmod"),
    field<&Column::not_null>("not_null", attribute, "a.attnotnull"),
    field<&Column::collation>("collation", attribute, "'3456/' || nullif(a.attcollation, 0)"),
    field<&Column::identity>("identity", attribute, "a.attidentity"),
    field<&Column::generated>("generated", attribute, "a.attgenerated"),
    field<&Column::storage>("storage", attribute, "a.attstorage"),
    field<&Column::compression>("compression", attribute, "a.attcompression").since(14),
    field<&Column::statistics>("statistics", attribute, "coalesce(a.attstattarget, -1)"),
    field<&Column::options>("options", attribute | set,
                            "CASE WHEN a.attoptions IS NOT NULL THEN (SELECT json_agg(o) FROM unnest(a.attoptions) o "
                            "WHERE o ~ '^(n_distinct|n_distinct_inherited)=') END"),
    field<&Column::foreign_options>("foreign_options", attribute | set, PGPLUMB_VISIBLE_OPTIONS("a.attfdwoptions")),
    field<&Column::local>("local", attribute, "a.attislocal"),
    field<&Column::inherited_from>("inherited_from", info, "a.attinhcount"));

}  // namespace pgplumb::catalog

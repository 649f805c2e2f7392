#pragma once
// A publication (pg_publication). What it publishes are PublicationTable and PublicationSchema objects.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

/// pg_publication.pubgencols
enum class GeneratedColumns : std::uint8_t { none, stored };
inline constexpr EnumEntry generated_columns_entries[] = {{0, "n", "none"}, {1, "s", "stored"}};
constexpr std::span<const EnumEntry> enum_entries(GeneratedColumns) { return generated_columns_entries; }

struct Publication : Object {
  bool all_tables = false;
  bool insert = true, update = true, delete_ = true, truncate = true;
  bool via_partition_root = false;
  GeneratedColumns generated_columns = GeneratedColumns::none;  // 18 and later
};

inline constexpr auto publication_fields =
    fields(field<&Object::name>("name", identity, "p.pubname"),
           field<&Publication::all_tables>("all_tables", attribute, "p.puballtables"),
           field<&Publication::insert>("insert", attribute, "p.pubinsert"),
           field<&Publication::update>("update", attribute, "p.pubupdate"),
           field<&Publication::delete_>("delete", attribute, "p.pubdelete"),
           field<&Publication::truncate>("truncate", attribute, "p.pubtruncate"),
           field<&Publication::via_partition_root>("via_partition_root", attribute, "p.pubviaroot"),
           field<&Publication::generated_columns>("generated_columns", attribute, "p.pubgencols").since(18));

}  // namespace pgplumb::catalog

#include "catalog/kinds/range_type.h"

namespace pgplumb::catalog {

std::string default_multirange_name(const std::string& range) {
  constexpr std::string_view suffix = "_multirange";
  if (const auto at = range.find("range"); at != std::string::npos)
    return std::string(clip_utf8(range.substr(0, at) + "multi" + range.substr(at), max_identifier_length));
  return std::string(clip_utf8(range, max_identifier_length - suffix.size())) + std::string(suffix);
}

constinit const KindInfo range_type_kind = describe<RangeType>({
    .word = "range_type",
    .noun = "TYPE",
    .label = "type",
    .catalog = "pg_type",
    .catalog_oid = 1247,
    .from = "pg_type t JOIN pg_range r ON r.rngtypid = t.oid WHERE t.oid >= 16384",
    .oid_sql = "t.oid",
    .owner_sql = "t.typowner",
    .acl_sql = "t.typacl",
    .acl_type = 'T',
    .name_space = NameSpace::type,
    .traits = {.is_type = true, .has_owner = true},
    .fields = range_type_fields,
});

}  // namespace pgplumb::catalog

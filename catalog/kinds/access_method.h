#pragma once
// An access method for tables or indexes (pg_am).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

/// pg_am.amtype
enum class AccessMethodType : std::uint8_t { index, table };
inline constexpr EnumEntry access_method_type_entries[] = {{0, "i", "index"}, {1, "t", "table"}};
constexpr std::span<const EnumEntry> enum_entries(AccessMethodType) { return access_method_type_entries; }

struct AccessMethod : Object {
  AccessMethodType type = AccessMethodType::index;
  AnyRef handler;
};

inline constexpr auto access_method_fields =
    fields(field<&Object::name>("name", identity, "m.amname"),
           field<&AccessMethod::type>("type", attribute, "m.amtype"),
           field<&AccessMethod::handler>("handler", attribute, "'1255/' || m.amhandler::oid"));

}  // namespace pgplumb::catalog

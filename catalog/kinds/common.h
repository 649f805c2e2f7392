#pragma once
// Enumerations and nested structs that several kinds of relation share.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

/// pg_class.relpersistence
enum class Persistence : std::uint8_t { permanent, unlogged, temporary };
inline constexpr EnumEntry persistence_entries[] = {{0, "p", "permanent"}, {1, "u", "unlogged"}, {2, "t", "temporary"}};
constexpr std::span<const EnumEntry> enum_entries(Persistence) { return persistence_entries; }

/// When a trigger, rule or event trigger fires (tgenabled, ev_enabled, evtenabled).
enum class Enabled : std::uint8_t { origin, disabled, replica, always };
inline constexpr EnumEntry enabled_entries[] = {
    {0, "O", "origin"}, {1, "D", "disabled"}, {2, "R", "replica"}, {3, "A", "always"}};
constexpr std::span<const EnumEntry> enum_entries(Enabled) { return enabled_entries; }

/// Options as pg_catalog keeps them: "name=value" each, in no order.
using Options = std::vector<std::string>;

}  // namespace pgplumb::catalog

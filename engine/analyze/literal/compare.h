#pragma once
// The order of values in their output form, for the types that ranges are made of.
#include <optional>
#include <string>

#include "catalog/base/ids.h"

namespace pgplumb::engine::analyze::literal {

/// Below, at or above 0; nothing where the type's order is not known here.
std::optional<int> compare_values(catalog::Oid type, const std::string& a, const std::string& b);

/// The next integer or day; nothing behind the last one.
std::optional<std::string> successor(catalog::Oid type, const std::string& value);

/// "infinity" and "-infinity"
bool is_infinite(const std::string& value);

}  // namespace pgplumb::engine::analyze::literal

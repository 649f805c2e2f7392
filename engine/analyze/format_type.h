#pragma once
// Types as SQL text: PostgreSQL's utils/adt/format_type.c.
#include <cstdint>
#include <optional>
#include <string>

#include "engine/analyze/syscache.h"

namespace pgplumb::engine::analyze {

/// As messages name a type: no modifier, a schema only where search_path does not find the type.
std::string format_type(const Syscache& cache, Oid type);
/// As ruleutils names it: with its modifier; -1 means that there is none, which some types show.
std::string format_type_with_typmod(const Syscache& cache, Oid type, std::int32_t typmod);
/// The modifier as the type prints it, parentheses included; empty for -1.
std::string typmod_out(const Syscache& cache, Oid type, std::int32_t typmod);

}  // namespace pgplumb::engine::analyze

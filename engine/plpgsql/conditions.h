#pragma once
// Names of error conditions: plerrcodes.h, and plpgsql_recognize_err_condition of pl_comp.c.
#include <string>
#include <string_view>
#include <vector>

namespace pgplumb::engine::plpgsql {

/// The SQLSTATEs of that name, in the order of errcodes.txt; none where there is no such condition.
std::vector<std::string_view> sqlstates_named(std::string_view condition);

/// Five digits or capital letters.
bool is_sqlstate(std::string_view text);

/// Whether a handler for `wanted` takes an error of that SQLSTATE: the same, or its class (…000).
bool condition_matches(std::string_view wanted, std::string_view sqlstate);

}  // namespace pgplumb::engine::plpgsql

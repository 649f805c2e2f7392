#pragma once
// When two analysed trees that are not equal mean the same: a closed list of rules, each for something that a dump and
// restore does to what a server holds, or for what nobody but the server could know. The list is for that and nothing else.
#include <optional>
#include <string_view>
#include <vector>

#include "engine/analyze/syscache.h"
#include "engine/live_text.h"

namespace pgplumb::engine {

/// What a constant that PostgreSQL read from the clock is compared by: whether the clock could have shown it.
inline constexpr std::string_view clock_rule = "clock";

/// The names of the rules in engine/equivalences.def that it takes to make the trees equal, none where they are equal as
/// they stand; nothing where they mean different things. `expected` comes from statements, `actual` from a server.
std::optional<std::vector<std::string_view>> equal_by_rules(const analyze::Syscache& cache, const LiveTree& expected,
                                                            const LiveTree& actual);

/// Whether all that may differ are literals of the expected tree whose meaning is not known here: as their type's input function
/// reads them, the trees may be equal.
bool equal_but_for_literals(const analyze::Syscache& cache, const LiveTree& expected, const LiveTree& actual);

}  // namespace pgplumb::engine

#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/psql/variables.h"

namespace pgplumb::engine::psql {

/// The arguments of a backslash command, given the text behind its name: variables replaced, single quotes and their
/// escapes taken off, as psqlscanslash.l reads OT_NORMAL options. Throws NotSimulated where a program outside the
/// database would give the argument, or a variable's value is not known.
std::vector<std::string> slash_arguments(std::string_view text, const Variables& variables);

}  // namespace pgplumb::engine::psql

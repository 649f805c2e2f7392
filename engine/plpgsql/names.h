#pragma once
// The name spaces of nested blocks: pl_funcs.c's plpgsql_ns_…
#include <string_view>

#include "engine/plpgsql/tree.h"

namespace pgplumb::engine::plpgsql {

struct FoundName {
  int variable = -1;
  int names_used = 0;  // how many of the given names the variable takes: label.variable takes two
  explicit operator bool() const { return variable >= 0; }
};
/// The variable that `first`, or `first.second`, means from there; names are folded, `second` may be empty. A variable
/// without fields can't be followed by a second name.
FoundName find_variable(const Function& function, const Name* from, std::string_view first, std::string_view second);

/// The label's entry, or null.
const Name* find_label(const Name* from, std::string_view label);
/// The nearest loop around; null outside of any.
const Name* nearest_loop(const Name* from);
/// Whether the innermost block declares the name.
bool is_declared_here(const Name* from, std::string_view name);

}  // namespace pgplumb::engine::plpgsql

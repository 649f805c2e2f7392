#pragma once
// Members of operator families and classes as SQL spells them.
#include "catalog/kinds/family_members.h"
#include "diff/rules/clauses.h"

namespace pgplumb::diff {

/// "OPERATOR 1 public.<(integer, integer)"
std::string family_operator(const catalog::FamilyOperator& member, const SqlNames& names);
/// "FUNCTION 1 (integer, integer) public.cmp(integer, integer)"
std::string family_function(const catalog::FamilyFunction& member, const SqlNames& names);

}  // namespace pgplumb::diff

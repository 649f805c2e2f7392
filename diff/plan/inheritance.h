#pragma once
// What a change of a parent table does to its partitions and inheriting tables by itself.
#include "diff/plan/selection.h"

namespace pgplumb::diff {

/// Takes out of the selection the alterations of child columns and constraints that the same alteration of the parent
/// brings along (ATSimpleRecursion and its kin in tablecmds.c).
void leave_to_parents(const Sides& sides, Selection& selection);

}  // namespace pgplumb::diff

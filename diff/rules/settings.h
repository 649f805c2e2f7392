#pragma once
// Statements that follow CREATE because no clause of it says the same.
#include "diff/rules/relation.h"

namespace pgplumb::diff {

/// CLUSTER ON, REPLICA IDENTITY USING INDEX, statistics targets of an index's columns.
void index_settings(const Index& index, const SqlNames& names, Script& out);

}  // namespace pgplumb::diff

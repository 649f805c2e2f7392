#pragma once
// What a relation inherits from (pg_inherits).
#include <vector>

#include "catalog/object.h"

namespace pgplumb::catalog {

/// The relations that it inherits from or is a partition of, and the index that an index is attached to; empty for what
/// can't.
std::vector<Oid> parents_of(const Object& relation);

}  // namespace pgplumb::catalog

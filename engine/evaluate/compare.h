#pragma once
// Order and equality of values, as the default btree operator classes have them.
#include <string>

#include "engine/analyze/syscache.h"
#include "engine/evaluate/value.h"

namespace pgplumb::engine::evaluate {

/// Negative, zero or positive, for two known values of types that one operator family compares. Texts compare byte by
/// byte, as under the collation C. NotSimulated for types whose order is not known here.
int compare(const analyze::Syscache& cache, const Value& left, const Value& right);

/// Whether values of the type are equal exactly where their texts are.
bool text_is_identity(const analyze::Syscache& cache, Oid type);
/// A text that equal values share, for GROUP BY, DISTINCT and the like; NULL equals NULL.
std::string equality_key(const analyze::Syscache& cache, const Value& value);

}  // namespace pgplumb::engine::evaluate

#pragma once
// The operators that sort, group and compare a type: utils/cache/typcache.c, and commands/indexcmds.c's choice of a default
// operator class.
#include "engine/analyze/parse_state.h"

namespace pgplumb::engine::analyze {

inline constexpr Oid btree_access_method = 403, hash_access_method = 405;
/// Strategy numbers of their operators: access/stratnum.h.
inline constexpr int btree_less = 1, btree_less_equal = 2, btree_equal = 3, btree_greater_equal = 4, btree_greater = 5;
inline constexpr int hash_equal = 1;

/// The default operator class of the access method for the type, domains looked through; 0 where there is none.
Oid default_opclass(const Syscache& cache, Oid access_method, Oid type);
const TypeOperators& type_operators(const Syscache& cache, Oid type);

struct SortGroupOperators {
  Oid less = invalid_oid, equal = invalid_oid, greater = invalid_oid;
  bool hashable = false;
};
/// Error 42883 where a needed one is missing: get_sort_group_operators.
SortGroupOperators sort_group_operators(const Syscache& cache, Oid type, bool need_less, bool need_equal,
                                        bool need_greater);
/// The equality that goes with an ordering operator, and whether it sorts downwards; 0 where the operator orders nothing:
/// get_equality_op_for_ordering_op.
Oid equality_for_ordering(const Syscache& cache, Oid ordering_op, bool& reverse);

}  // namespace pgplumb::engine::analyze

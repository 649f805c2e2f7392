#include "engine/analyze/typcache.h"

#include <fmt/format.h>

#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"

namespace pgplumb::engine::analyze {

namespace {

enum Strategy : int { less = 1, equal = 3, greater = 5, hash_equal = 1 };

// array_eq and its kin exist for all arrays, but only do where the elements have the operator.
bool parts_have(const Syscache& cache, Oid type, Oid TypeOperators::*which) {
  if (Oid element = base_element_type(cache, type); element != invalid_oid) {
    return type_operators(cache, element).*which != invalid_oid;
  }
  Oid relation = type_relation(cache, type);
  if (relation == invalid_oid) return true;
  for (const ColumnRow& column : cache.columns(relation)) {
    if (!column.dropped && type_operators(cache, column.type.type).*which == invalid_oid) return false;
  }
  return true;
}

bool is_array_equality(Oid family_type) { return family_type == types::anyarray || family_type == types::record; }

TypeOperators find_operators(const Syscache& cache, Oid type) {
  TypeOperators found;
  auto btree = cache.opclass(default_opclass(cache, btree_access_method, type));
  auto hash = cache.opclass(default_opclass(cache, hash_access_method, type));
  auto member = [&](const OpclassRow& row, int strategy) {
    return cache.family_operator(row.family, row.input_type, row.input_type, strategy);
  };
  auto checked = [&](const OpclassRow& row, int strategy, Oid TypeOperators::*which) {
    bool usable = !is_array_equality(row.input_type) || parts_have(cache, type, which);
    return usable ? member(row, strategy) : invalid_oid;
  };
  if (btree) {
    found.equal = checked(*btree, equal, &TypeOperators::equal);
    found.less = checked(*btree, less, &TypeOperators::less);
    found.greater = checked(*btree, greater, &TypeOperators::greater);
  }
  if (found.equal == invalid_oid && hash) found.equal = checked(*hash, hash_equal, &TypeOperators::equal);
  found.hashable = hash && found.equal != invalid_oid;
  return found;
}

}  // namespace

Oid default_opclass(const Syscache& cache, Oid access_method, Oid type) {
  type = base_type(cache, type);
  const TypeRow* row = cache.type(type);
  Oid preferred = invalid_oid, compatible = invalid_oid;
  int preferred_count = 0, compatible_count = 0;
  for (const OpclassRow& opclass : cache.opclasses_of(access_method)) {
    if (!opclass.is_default) continue;
    if (opclass.input_type == type) return opclass.oid;
    if (is_preferred(cache, row ? row->category : '\0', opclass.input_type) &&
        is_binary_coercible(cache, type, opclass.input_type)) {
      preferred = opclass.oid;
      ++preferred_count;
    } else if (is_binary_coercible(cache, type, opclass.input_type)) {
      compatible = opclass.oid;
      ++compatible_count;
    }
  }
  if (preferred_count == 1) return preferred;
  return preferred_count == 0 && compatible_count == 1 ? compatible : invalid_oid;
}

const TypeOperators& type_operators(const Syscache& cache, Oid type) {
  auto& memory = cache.type_operator_memory(type);
  auto found = memory.find(type);
  if (found != memory.end()) return found->second;
  TypeOperators operators = find_operators(cache, type);
  return memory.emplace(type, operators).first->second;
}

SortGroupOperators sort_group_operators(const Syscache& cache, Oid type, bool need_less, bool need_equal,
                                        bool need_greater) {
  const TypeOperators& found = type_operators(cache, type);
  if ((need_less && found.less == invalid_oid) || (need_greater && found.greater == invalid_oid)) {
    fail(errcode::undefined_function,
         fmt::format("could not identify an ordering operator for type {}", format_type(cache, type)), -1, {},
         "Use an explicit ordering operator or modify the query.");
  }
  if (need_equal && found.equal == invalid_oid) {
    fail(errcode::undefined_function,
         fmt::format("could not identify an equality operator for type {}", format_type(cache, type)));
  }
  return {found.less, found.equal, found.greater, found.hashable};
}

Oid equality_for_ordering(const Syscache& cache, Oid ordering_op, bool& reverse) {
  for (const AmopRow& row : cache.amops_of_operator(ordering_op)) {
    if (row.access_method != btree_access_method || (row.strategy != less && row.strategy != greater)) continue;
    Oid found = cache.family_operator(row.family, row.left, row.right, equal);
    if (found == invalid_oid) continue;
    reverse = row.strategy == greater;
    return found;
  }
  return invalid_oid;
}

}  // namespace pgplumb::engine::analyze

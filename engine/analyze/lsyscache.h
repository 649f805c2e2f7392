#pragma once
// Small questions about types, as utils/cache/lsyscache.c answers them.
#include <cstdint>
#include <utility>

#include "catalog/type_oids.h"
#include "engine/analyze/syscache.h"

namespace pgplumb::engine::analyze {

/// The type itself, or what a domain is over at last.
Oid base_type(const Syscache& cache, Oid type);
/// Likewise, with the modifier that the domains imply; `typmod` is returned for what is no domain.
TypeRef base_type_and_typmod(const Syscache& cache, Oid type, std::int32_t typmod);
/// The element type of a true array; 0 for all else: get_element_type.
Oid element_type(const Syscache& cache, Oid type);
/// Likewise, looking through domains: get_base_element_type.
Oid base_element_type(const Syscache& cache, Oid type);
Oid array_type(const Syscache& cache, Oid element);
/// The array over the type; a true array is its own: get_promoted_array_type.
Oid promoted_array_type(const Syscache& cache, Oid type);
/// The relation of a row type, looking through no domain: typeidTypeRelid.
Oid type_relation(const Syscache& cache, Oid type);
/// Likewise, looking through domains: typeOrDomainTypeRelid.
Oid type_or_domain_relation(const Syscache& cache, Oid type);
Oid type_collation(const Syscache& cache, Oid type);
char type_category(const Syscache& cache, Oid type);
char type_kind(const Syscache& cache, Oid type);
bool is_preferred(const Syscache& cache, char category, Oid type);
Oid range_subtype(const Syscache& cache, Oid range);
Oid multirange_range(const Syscache& cache, Oid multirange);
Oid range_multirange(const Syscache& cache, Oid range);

/// IsPolymorphicTypeFamily1 and 2: any… and anycompatible….
bool is_polymorphic_any(Oid type);
bool is_polymorphic_compatible(Oid type);
inline bool is_polymorphic(Oid type) { return is_polymorphic_any(type) || is_polymorphic_compatible(type); }

}  // namespace pgplumb::engine::analyze

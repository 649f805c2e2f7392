#include "engine/analyze/lsyscache.h"

namespace pgplumb::engine::analyze {

namespace types = catalog::types;

Oid base_type(const Syscache& cache, Oid type) { return base_type_and_typmod(cache, type, -1).type; }

TypeRef base_type_and_typmod(const Syscache& cache, Oid type, std::int32_t typmod) {
  for (;;) {
    const TypeRow* row = cache.type(type);
    if (!row || row->kind != 'd') return {type, typmod};
    type = row->base_type;
    typmod = row->base_typmod;
  }
}

Oid element_type(const Syscache& cache, Oid type) {
  const TypeRow* row = cache.type(type);
  return row && row->subscripting == Subscripting::array ? row->element : invalid_oid;
}

Oid base_element_type(const Syscache& cache, Oid type) { return element_type(cache, base_type(cache, type)); }

Oid array_type(const Syscache& cache, Oid element) {
  const TypeRow* row = cache.type(element);
  return row ? row->array : invalid_oid;
}

Oid promoted_array_type(const Syscache& cache, Oid type) {
  Oid array = array_type(cache, type);
  if (array != invalid_oid) return array;
  return element_type(cache, type) != invalid_oid ? type : invalid_oid;
}

Oid type_relation(const Syscache& cache, Oid type) {
  const TypeRow* row = cache.type(type);
  return row ? row->relation : invalid_oid;
}

Oid type_or_domain_relation(const Syscache& cache, Oid type) { return type_relation(cache, base_type(cache, type)); }

Oid type_collation(const Syscache& cache, Oid type) {
  const TypeRow* row = cache.type(type);
  return row ? row->collation : invalid_oid;
}

char type_category(const Syscache& cache, Oid type) {
  const TypeRow* row = cache.type(type);
  return row ? row->category : 'X';
}

char type_kind(const Syscache& cache, Oid type) {
  const TypeRow* row = cache.type(type);
  return row ? row->kind : 'b';
}

bool is_preferred(const Syscache& cache, char category, Oid type) {
  const TypeRow* row = cache.type(type);
  return row && row->preferred && (row->category == category || category == '\0');
}

Oid range_subtype(const Syscache& cache, Oid range) {
  const RangeRow* row = cache.range(range);
  return row ? row->subtype : invalid_oid;
}

Oid multirange_range(const Syscache& cache, Oid multirange) { return cache.range_of_multirange(multirange); }

Oid range_multirange(const Syscache& cache, Oid range) {
  const RangeRow* row = cache.range(range);
  return row ? row->multirange : invalid_oid;
}

bool is_polymorphic_any(Oid type) {
  return type == types::anyelement || type == types::anyarray || type == types::anynonarray ||
         type == types::anyenum || type == types::anyrange || type == types::anymultirange;
}

bool is_polymorphic_compatible(Oid type) {
  return type == types::anycompatible || type == types::anycompatiblearray || type == types::anycompatiblenonarray ||
         type == types::anycompatiblerange || type == types::anycompatiblemultirange;
}

}  // namespace pgplumb::engine::analyze

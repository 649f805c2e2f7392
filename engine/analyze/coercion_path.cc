// Which way leads from one type to another: the lower half of parse_coerce.c.
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"

namespace pgplumb::engine::analyze {

namespace {

CoercionContext weakest_context(const CastRow& cast) {
  if (cast.context == 'i') return CoercionContext::implicit;
  return cast.context == 'a' ? CoercionContext::assignment : CoercionContext::explicit_;
}

CoercionPathway pathway_of_cast(const CastRow& cast, CoercionContext context) {
  if (context < weakest_context(cast)) return {};
  if (cast.method == 'f') return {CoercionPath::function, cast.function};
  return {cast.method == 'i' ? CoercionPath::via_io : CoercionPath::relabel, invalid_oid};
}

// Arrays go element by element; the two vector types are no arrays in this sense.
bool arrays_coerce(const Syscache& cache, Oid target, Oid source, CoercionContext context) {
  if (target == types::oidvector || target == types::int2vector) return false;
  Oid target_element = element_type(cache, target);
  Oid source_element = element_type(cache, source);
  if (target_element == invalid_oid || source_element == invalid_oid) return false;
  return find_coercion_pathway(cache, target_element, source_element, context).path != CoercionPath::none;
}

bool goes_through_text(const Syscache& cache, Oid target, Oid source, CoercionContext context) {
  if (context >= CoercionContext::assignment && type_category(cache, target) == 'S') return true;
  return context >= CoercionContext::explicit_ && type_category(cache, source) == 'S';
}

bool is_complex(const Syscache& cache, Oid type) { return type_or_domain_relation(cache, type) != invalid_oid; }

bool type_inherits(const Syscache& cache, Oid child, Oid ancestor) {
  Oid child_relation = type_or_domain_relation(cache, child);
  Oid ancestor_relation = type_relation(cache, ancestor);
  return child_relation != invalid_oid && ancestor_relation != invalid_oid &&
         cache.inherits(child_relation, ancestor_relation);
}

bool can_coerce_one(const Syscache& cache, Oid input, Oid target, CoercionContext context) {
  if (input == target || target == types::any || is_polymorphic(target) || input == types::unknown) return true;
  if (find_coercion_pathway(cache, target, input, context).path != CoercionPath::none) return true;
  if (input == types::record && is_complex(cache, target)) return true;
  if (target == types::record && is_complex(cache, input)) return true;
  if (target == types::record_array && is_complex_array(cache, input)) return true;
  return type_inherits(cache, input, target);
}

}  // namespace

bool is_complex_array(const Syscache& cache, Oid type) {
  Oid element = element_type(cache, type);
  return element != invalid_oid && is_complex(cache, element);
}

CoercionPathway find_coercion_pathway(const Syscache& cache, Oid target, Oid source, CoercionContext context) {
  source = base_type(cache, source);
  target = base_type(cache, target);
  if (source == target) return {CoercionPath::relabel, invalid_oid};
  if (auto cast = cache.cast(source, target)) return pathway_of_cast(*cast, context);
  if (arrays_coerce(cache, target, source, context)) return {CoercionPath::array, invalid_oid};
  if (goes_through_text(cache, target, source, context)) return {CoercionPath::via_io, invalid_oid};
  return {};
}

CoercionPathway find_typmod_coercion(const Syscache& cache, Oid type) {
  Oid element = element_type(cache, type);
  bool is_array = element != invalid_oid;
  Oid subject = is_array ? element : type;
  auto cast = cache.cast(subject, subject);
  if (!cast || cast->function == invalid_oid) return {};
  return {is_array ? CoercionPath::array : CoercionPath::function, cast->function};
}

bool can_coerce_type(const Syscache& cache, std::span<const Oid> inputs, std::span<const Oid> targets,
                     CoercionContext context) {
  bool has_generics = false;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!can_coerce_one(cache, inputs[i], targets[i], context)) return false;
    has_generics = has_generics || is_polymorphic(targets[i]);
  }
  return !has_generics || check_generic_type_consistency(cache, inputs, targets);
}

bool is_binary_coercible(const Syscache& cache, Oid source, Oid target) {
  if (source == target || target == types::any || target == types::anyelement || target == types::anycompatible) {
    return true;
  }
  source = base_type(cache, source);
  if (source == target) return true;
  bool is_array = element_type(cache, source) != invalid_oid;
  if (target == types::anyarray || target == types::anycompatiblearray) return is_array;
  if (target == types::anynonarray || target == types::anycompatiblenonarray) return !is_array;
  char kind = type_kind(cache, source);
  if (target == types::anyenum) return kind == 'e';
  if (target == types::anyrange || target == types::anycompatiblerange) return kind == 'r';
  if (target == types::anymultirange || target == types::anycompatiblemultirange) return kind == 'm';
  if (target == types::record && is_complex(cache, source)) return true;
  if (target == types::record_array && is_complex_array(cache, source)) return true;
  auto cast = cache.cast(source, target);
  return cast && cast->method == 'b' && cast->context == 'i';
}

}  // namespace pgplumb::engine::analyze

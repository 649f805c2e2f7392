// What ALTER COLUMN TYPE needs to know of two types: whether PostgreSQL converts by itself, and what may be lost.
#include "catalog/builtin/builtin.h"
#include "catalog/kinds/cast.h"
#include "catalog/kinds/domain.h"
#include "catalog/type_oids.h"
#include "diff/rules/relation.h"

namespace pgplumb::diff {

namespace {

namespace builtin = catalog::builtin;
namespace types = catalog::types;

char category(const Catalog& catalog, Oid type) {
  if (!catalog::is_builtin(type)) return '\0';
  const builtin::Type* row = builtin::of(catalog.major()).type_by_oid(type);
  return row ? row->typcategory : '\0';
}

/// Both types in one catalog's terms: by name, since user types have other oids there.
bool same_type(const SqlNames& from_names, Oid from, const SqlNames& to_names, Oid to) {
  return from_names.type({from, -1}) == to_names.type({to, -1});
}

bool assigns(const Catalog& catalog, Oid from, Oid to) {
  if (category(catalog, to) == 'S') return true;  // whatever has an output function becomes text
  if (!catalog::is_builtin(from) || !catalog::is_builtin(to)) return false;
  if (from == to) return true;
  const builtin::Cast* cast = builtin::of(catalog.major()).cast(from, to);
  return cast && cast->castcontext != 'e';
}

bool casts_explicitly(const Catalog& catalog, Oid from, Oid to) {
  if (category(catalog, from) == 'S') return true;  // an input function
  if (!catalog::is_builtin(from) || !catalog::is_builtin(to)) return false;
  return builtin::of(catalog.major()).cast(from, to) != nullptr;
}

int number_width(Oid type) {
  switch (type) {
    case types::int2: return 1;
    case types::int4: return 2;
    case types::int8: return 3;
    case types::numeric: return 4;
    default: return 0;
  }
}

/// Of the modifier of numeric: digits before and behind the point.
struct NumericDigits {
  std::int32_t whole, fraction;
};

NumericDigits numeric_digits(std::int32_t typmod) {
  const std::int32_t packed = typmod - 4;
  const std::int32_t scale = ((packed & 0x7ff) ^ 1024) - 1024;
  return {((packed >> 16) & 0xffff) - scale, scale};
}

bool modifier_widens(Oid type, std::int32_t from, std::int32_t to) {
  if (to < 0 || from == to) return true;
  if (type == types::numeric) {
    if (from < 0) return false;
    return numeric_digits(to).fraction >= numeric_digits(from).fraction;  // fewer whole digits fail, and lose nothing
  }
  if (type == types::varchar || type == types::bpchar || type == types::varbit || type == types::bit)
    return true;  // what does not fit fails
  return from >= 0 && to >= from;
}

}  // namespace

bool converts_without_loss(const Catalog& from_catalog, TypeRef from, const Catalog& to_catalog, TypeRef to) {
  const Oid source = base_type(from_catalog, from.type), target = base_type(to_catalog, to.type);
  if (source == target && catalog::is_builtin(source)) return modifier_widens(source, from.typmod, to.typmod);
  if (category(to_catalog, target) == 'S') return true;
  const int before = number_width(source), after = number_width(target);
  if (before && after) return before <= after ? to.typmod < 0 || numeric_digits(to.typmod).fraction >= 0 : before != 4;
  if (source == types::float4 && target == types::float8) return true;
  if (source == types::date && (target == types::timestamp || target == types::timestamptz)) return true;
  if ((source == types::timestamp && target == types::timestamptz) ||
      (source == types::timestamptz && target == types::timestamp))
    return true;
  return category(from_catalog, source) == 'S' || !catalog::is_builtin(source) || !catalog::is_builtin(target);
}

std::string using_clause(const std::string& column, const SqlNames& from_names, TypeRef from, const SqlNames& to_names,
                         TypeRef to) {
  const Catalog& catalog = to_names.catalog();
  if (same_type(from_names, from.type, to_names, to.type)) return {};
  const Oid source = base_type(from_names.catalog(), from.type), target = base_type(catalog, to.type);
  if (catalog::is_builtin(source) && source == target) return {};
  if (assigns(catalog, source, target)) return {};
  const std::string type = to_names.type(to);
  const bool direct = casts_explicitly(catalog, source, target);
  return " USING " + column + (direct ? "::" : "::text::") + type;
}

bool changes_family(const Catalog& from_catalog, TypeRef from, const Catalog& to_catalog, TypeRef to) {
  const Oid source = base_type(from_catalog, from.type), target = base_type(to_catalog, to.type);
  if (!catalog::is_builtin(source) || !catalog::is_builtin(target)) return true;
  return source != target && category(from_catalog, source) != category(to_catalog, target);
}

}  // namespace pgplumb::diff

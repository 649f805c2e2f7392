#include "engine/evaluate/compare.h"

#include <cmath>

#include "catalog/base/diagnostic.h"
#include "catalog/catalog.h"
#include "catalog/kinds/enum_type.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/datetime.h"
#include "engine/evaluate/number.h"
#include "engine/evaluate/value_text.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;
using analyze::Syscache;

namespace {

template <class T>
int ordered(const T& left, const T& right) {
  return left < right ? -1 : right < left ? 1 : 0;
}

std::string_view unpadded(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_integer_type(Oid type) {
  return type == types::int2 || type == types::int4 || type == types::int8 || type == types::oid || is_reg_type(type) ||
         type == types::xid || type == types::cid || type == types::xid8;
}

bool is_byte_ordered(Oid type) {
  return is_string_type(type) || type == types::char_ || type == types::uuid || type == types::bytea ||
         type == types::bool_ || type == types::macaddr || type == types::macaddr8;
}

int compare_floats(const std::string& left, const std::string& right) {
  const double a = std::strtod(left.c_str(), nullptr), b = std::strtod(right.c_str(), nullptr);
  if (std::isnan(a) || std::isnan(b)) return ordered(std::isnan(a) ? 1 : 0, std::isnan(b) ? 1 : 0);
  return ordered(a, b);
}

int compare_enum(const Syscache& cache, const Value& left, const Value& right) {
  const auto* type = cache.objects() ? cache.objects()->find_as<catalog::EnumType>(left.type) : nullptr;
  if (!type) throw catalog::NotSimulated("the order of an enumeration's labels");
  const auto place = [&](const std::string& label) {
    for (std::size_t i = 0; i < type->labels.size(); ++i)
      if (type->labels[i] == label) return static_cast<int>(i);
    return -1;
  };
  return ordered(place(left.text), place(right.text));
}

int compare_elements(const Syscache& cache, Oid type, const Element& left, const Element& right) {
  if (!left || !right) return ordered(left ? 0 : 1, right ? 0 : 1);  // NULL is the greatest
  return compare(cache, Value::of(type, *left), Value::of(type, *right));
}

int compare_arrays(const Syscache& cache, Oid element_type, const Value& left, const Value& right) {
  const Array a = read_array(left), b = read_array(right);
  for (std::size_t i = 0; i < std::min(a.elements.size(), b.elements.size()); ++i)
    if (const int order = compare_elements(cache, element_type, a.elements[i], b.elements[i])) return order;
  if (const int order = ordered(a.elements.size(), b.elements.size())) return order;
  if (const int order = ordered(a.sizes.size(), b.sizes.size())) return order;
  if (const int order = ordered(a.sizes, b.sizes)) return order;
  return ordered(a.lows, b.lows);
}

bool is_number(Oid type) { return is_integer_type(type) || type == types::numeric; }
bool is_float(Oid type) { return type == types::float4 || type == types::float8; }

}  // namespace

int compare(const Syscache& cache, const Value& left_value, const Value& right_value) {
  Value left = left_value, right = right_value;
  left.type = analyze::base_type(cache, left.type);
  right.type = analyze::base_type(cache, right.type);
  if (is_float(left.type) || is_float(right.type)) return compare_floats(left.text, right.text);
  if (is_integer_type(left.type) && is_integer_type(right.type)) return ordered(to_integer(left), to_integer(right));
  if (is_number(left.type) && is_number(right.type)) return compare_decimals(decimal(left.text), decimal(right.text));
  if (left.type == types::bpchar) return ordered(unpadded(left.text), unpadded(right.text));
  if (is_byte_ordered(left.type)) return ordered(left.text, right.text);
  if (is_date_or_time(left.type)) return compare_times(left, right);
  if (const Oid element = analyze::base_element_type(cache, left.type); element != invalid_oid)
    return compare_arrays(cache, element, left, right);
  if (left.type == types::oidvector || left.type == types::int2vector)
    return compare_arrays(cache, left.type == types::oidvector ? types::oid : types::int2, left, right);
  if (left.text == right.text) return 0;
  if (analyze::type_kind(cache, left.type) == 'e') return compare_enum(cache, left, right);
  throw catalog::NotSimulated("the order of values of type " + analyze::format_type(cache, left.type));
}

bool text_is_identity(const Syscache& cache, Oid type) {
  type = analyze::base_type(cache, type);
  return is_integer_type(type) || (is_byte_ordered(type) && type != types::bpchar);
}

std::string equality_key(const Syscache& cache, const Value& value) {
  if (value.is_unknown()) throw catalog::NotSimulated(value.text);
  if (value.is_null()) return "n";
  const Oid type = analyze::base_type(cache, value.type);
  if (type == types::bpchar) return "v" + std::string(unpadded(value.text));
  if (type == types::numeric && value.text.find('.') != std::string::npos) {
    const std::size_t last = value.text.find_last_not_of('0');
    return "v" + value.text.substr(0, value.text[last] == '.' ? last : last + 1);
  }
  if (type == types::interval) throw catalog::NotSimulated("equality of intervals");
  return "v" + value.text;
}

}  // namespace pgplumb::engine::evaluate

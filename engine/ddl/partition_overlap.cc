#include "engine/ddl/partition_overlap.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "catalog/kinds/domain.h"
#include "catalog/kinds/enum_type.h"
#include "catalog/type_oids.h"
#include "engine/ddl/opclass.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;
namespace types = catalog::types;
using expr::PartitionBoundKind;
using expr::PartitionBoundSpec;
using OverlapKind = expr::PartitionRangeDatum::Kind;

[[noreturn]] void overlaps(Name partition, const Object& other) {
  throw SqlError("42P17", "partition \"" + partition.str() + "\" would overlap partition \"" + other.name.str() + "\"");
}

// --- Order of constants ---------------------------------------------------------------------------------------------

int sign(int value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }

/// Decimal numbers as text, of any length.
int compare_decimals(std::string_view a, std::string_view b) {
  const bool negative_a = !a.empty() && a[0] == '-', negative_b = !b.empty() && b[0] == '-';
  if (negative_a != negative_b) return negative_a ? -1 : 1;
  if (negative_a) return compare_decimals(b.substr(1), a.substr(1));
  const auto split = [](std::string_view text) {
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string_view fraction = text.substr(std::min(point + 1, text.size()));
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
    return std::pair(text.substr(0, point), fraction);
  };
  const auto [whole_a, fraction_a] = split(a);
  const auto [whole_b, fraction_b] = split(b);
  if (whole_a.size() != whole_b.size()) return whole_a.size() < whole_b.size() ? -1 : 1;
  if (const int order = sign(whole_a.compare(whole_b))) return order;
  return sign(fraction_a.compare(fraction_b));
}

bool is_plain_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("-.0123456789") == std::string_view::npos;
}

/// Floating-point numbers, which print so that they read back as they were; NaN is the greatest.
int compare_floats(const std::string& a, const std::string& b) {
  const double x = std::strtod(a.c_str(), nullptr), y = std::strtod(b.c_str(), nullptr);
  if (std::isnan(x) || std::isnan(y)) return static_cast<int>(std::isnan(x)) - static_cast<int>(std::isnan(y));
  return x < y ? -1 : x > y ? 1 : 0;
}

/// Dates and times print so that their text sorts, years of four digits and one zone given.
bool is_plain_moment(std::string_view text) {
  return text.size() >= 10 && text[4] == '-' && text.back() != 'C' && text.find_first_of("-+", 11) == text.rfind('+');
}

int compare_moments(std::string_view a, std::string_view b) {
  const auto rank = [](std::string_view text) { return text == "infinity" ? 1 : text == "-infinity" ? -1 : 0; };
  if (rank(a) != 0 || rank(b) != 0) return sign(rank(a) - rank(b));
  const auto zone = [](std::string_view text) {
    const std::size_t plus = text.find('+', 10);
    return plus == std::string_view::npos ? std::string_view() : text.substr(plus);
  };
  if (!is_plain_moment(a) || !is_plain_moment(b) || zone(a) != zone(b))
    throw NotSimulated("the order of two partition bounds");
  return sign(a.substr(0, a.size() - zone(a).size()).compare(b.substr(0, b.size() - zone(b).size())));
}

/// Texts whose order all usual collations agree on.
int compare_texts(const expr::Const& a, const expr::Const& b) {
  const bool bytewise = a.collation == catalog::collations::c || a.collation == catalog::collations::posix;
  const auto is_simple = [](const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }) ||
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
  };
  if (*a.value == *b.value) return 0;
  if (!bytewise && !(is_simple(*a.value) && is_simple(*b.value)))
    throw NotSimulated("the order of two partition bounds of type text");
  return sign(a.value->compare(*b.value));
}

int place_of_label(const catalog::EnumType& type, std::string_view label) {
  const auto at = std::find_if(type.labels.begin(), type.labels.end(), [&](catalog::Name known) { return known.view() == label; });
  return static_cast<int>(at - type.labels.begin());
}

// --- Ranges ------------------------------------------------------------------------------------------------------------

using RangeEnd = std::vector<expr::PartitionRangeDatum>;

/// partition_rbound_cmp: an upper end that equals a lower one lies before it, since it is exclusive.
int compare_ends(const catalog::Catalog& catalog, const RangeEnd& a, bool a_is_lower, const RangeEnd& b,
                 bool b_is_lower) {
  for (std::size_t at = 0; at < a.size(); ++at) {
    if (a[at].kind != b[at].kind) return a[at].kind < b[at].kind ? -1 : 1;
    if (a[at].kind != OverlapKind::value) break;
    const int order = compare_constants(catalog, *expr::as<expr::Const>(a[at].value), *expr::as<expr::Const>(b[at].value));
    if (order != 0) return order;
  }
  if (a_is_lower == b_is_lower) return 0;
  return a_is_lower ? 1 : -1;
}

bool ranges_overlap(const catalog::Catalog& catalog, const PartitionBoundSpec& a, const PartitionBoundSpec& b) {
  return compare_ends(catalog, a.lower, true, b.upper, false) < 0 && compare_ends(catalog, b.lower, true, a.upper, false) < 0;
}

/// The least value that is not NULL; null where there is none.
const expr::Const* least_value(const catalog::Catalog& catalog, const PartitionBoundSpec& list) {
  const expr::Const* least = nullptr;
  for (const expr::NodePtr& node : list.list) {
    const auto* value = expr::as<expr::Const>(node);
    if (value->value && (!least || compare_constants(catalog, *value, *least) < 0)) least = value;
  }
  return least;
}

bool lies_before(const catalog::Catalog& catalog, const PartitionBoundSpec& a, const PartitionBoundSpec& b) {
  const bool a_is_default = a.kind == PartitionBoundKind::default_, b_is_default = b.kind == PartitionBoundKind::default_;
  if (a_is_default || b_is_default) return !a_is_default && b_is_default;
  if (a.kind == PartitionBoundKind::hash) return std::pair(a.modulus, a.remainder) < std::pair(b.modulus, b.remainder);
  if (a.kind == PartitionBoundKind::range) return compare_ends(catalog, a.lower, true, b.lower, true) < 0;
  const expr::Const* one = least_value(catalog, a);
  const expr::Const* other = least_value(catalog, b);
  return one && (!other || compare_constants(catalog, *one, *other) < 0);
}

/// Equal numbers may be written with more or fewer zeros.
bool same_number(const catalog::Catalog& catalog, const expr::Const& a, const expr::Const& b) {
  return is_plain_number(*a.value) && is_plain_number(*b.value) && base_type(catalog, a.type) == types::numeric &&
         compare_decimals(*a.value, *b.value) == 0;
}

bool lists_overlap(const catalog::Catalog& catalog, const PartitionBoundSpec& a, const PartitionBoundSpec& b) {
  for (const expr::NodePtr& x : a.list)
    for (const expr::NodePtr& y : b.list) {
      const auto& value = *expr::as<expr::Const>(x);
      const auto& other = *expr::as<expr::Const>(y);
      if (!value.value || !other.value) {
        if (!value.value && !other.value) return true;
      } else if (*value.value == *other.value || same_number(catalog, value, other)) {
        return true;
      }
    }
  return false;
}

/// Every modulus must divide the next larger one, and no value may belong to two partitions.
void check_hash(const catalog::Catalog& catalog, const std::vector<Oid>& partitions, const PartitionBoundSpec& bound,
                Name partition, int major) {
  for (Oid other : partitions) {
    const PartitionBoundSpec& known = *partition_bound(catalog, other);
    const int small = std::min(known.modulus, bound.modulus), large = std::max(known.modulus, bound.modulus);
    if (large % small == 0) continue;
    std::string detail;
    if (major >= 14)
      detail = known.modulus > bound.modulus
                   ? "The new modulus " + std::to_string(bound.modulus) + " is not a factor of " +
                         std::to_string(known.modulus) + ", the modulus of existing partition \"" +
                         catalog.find(other)->name.str() + "\"."
                   : "The new modulus " + std::to_string(bound.modulus) + " is not divisible by " +
                         std::to_string(known.modulus) + ", the modulus of existing partition \"" +
                         catalog.find(other)->name.str() + "\".";
    throw SqlError("42P17", "every hash partition modulus must be a factor of the next larger modulus", detail);
  }
  for (Oid other : partitions) {
    const PartitionBoundSpec& known = *partition_bound(catalog, other);
    const int small = std::min(known.modulus, bound.modulus);
    if (known.remainder % small == bound.remainder % small) overlaps(partition, *catalog.find(other));
  }
}

}  // namespace

int compare_constants(const catalog::Catalog& catalog, const expr::Const& a, const expr::Const& b) {
  if (!a.value || !b.value) throw NotSimulated("the order of a NULL partition bound");
  const Oid type = base_type(catalog, a.type);
  switch (type) {
    case types::int2:
    case types::int4:
    case types::int8:
    case types::oid:
    case types::numeric:
      if (is_plain_number(*a.value) && is_plain_number(*b.value)) return compare_decimals(*a.value, *b.value);
      break;
    case types::float4:
    case types::float8:
      return compare_floats(*a.value, *b.value);
    case types::date:
    case types::timestamp:
    case types::timestamptz:
      return compare_moments(*a.value, *b.value);
    case types::text:
    case types::varchar:
    case types::bpchar:
      return compare_texts(a, b);
    case types::uuid:
    case types::bool_:
    case types::name:
      return sign(a.value->compare(*b.value));
    default:
      if (const auto* enumeration = catalog.find_as<catalog::EnumType>(type); enumeration && enumeration->oid == type)
        return place_of_label(*enumeration, *a.value) - place_of_label(*enumeration, *b.value);
      break;
  }
  if (*a.value == *b.value) return 0;
  throw NotSimulated("the order of two partition bounds");
}

BoundKey partition_bound_key(Interpreter& interpreter, const Table& partitioned, std::size_t position) {
  const catalog::PartitionKeyPart& part = partitioned.partition_key_parts[position];
  BoundKey key;
  if (part.column) {
    const Column& column = interpreter.catalog().get(part.column);
    key = {column.name.str(), column.type, column.collation.oid};
  } else {
    const expr::Node& tree = *part.expression.tree;
    key = {part.expression.text, {expr::type_of(tree), expr::typmod_of(tree)}, expr::collation_of(tree)};
  }
  if (part.collation) key.collation = part.collation.oid;
  return key;
}

analyze::OpclassRow partition_operator_class(Interpreter& interpreter, const Table& partitioned, std::size_t position) {
  const catalog::PartitionKeyPart& part = partitioned.partition_key_parts[position];
  if (part.operator_class) return *interpreter.cache().opclass(part.operator_class.oid);
  const Oid type = part.column ? interpreter.catalog().get(part.column).type.type : expr::type_of(*part.expression.tree);
  const bool hashed = partitioned.partition_strategy == PartitionStrategy::hash;
  return *default_operator_class(interpreter.cache(), type, index_method(interpreter, hashed ? "hash" : "btree").oid);
}

std::vector<Oid> partitions_by_bound(const catalog::Catalog& catalog, Oid partitioned) {
  const std::vector<Oid> made = partitions_of(catalog, partitioned);
  std::vector<Oid> ordered = made;
  const auto before = [&](Oid a, Oid b) {
    const PartitionBoundSpec *one = partition_bound(catalog, a), *other = partition_bound(catalog, b);
    return one && other && lies_before(catalog, *one, *other);
  };
  try {
    std::stable_sort(ordered.begin(), ordered.end(), before);
  } catch (const NotSimulated&) {
    return made;
  }
  return ordered;
}

void check_partition_overlap(Interpreter& interpreter, const Table& parent, const PartitionBoundSpec& bound,
                             Name partition) {
  const catalog::Catalog& catalog = interpreter.catalog();
  std::vector<Oid> partitions = partitions_of(catalog, parent.oid);
  const Oid usual = default_partition(catalog, parent.oid);
  if (bound.kind == PartitionBoundKind::default_) {
    if (usual == invalid_oid) return;
    throw SqlError("42P17", "partition \"" + partition.str() + "\" conflicts with existing default partition \"" +
                                catalog.find(usual)->name.str() + "\"");
  }
  std::erase(partitions, usual);
  std::erase_if(partitions, [&](Oid other) { return !partition_bound(catalog, other); });  // the new one itself
  if (bound.kind == PartitionBoundKind::hash)
    return check_hash(catalog, partitions, bound, partition, interpreter.major());
  if (bound.kind == PartitionBoundKind::range && compare_ends(catalog, bound.lower, true, bound.upper, false) >= 0)
    throw SqlError("42P17", "empty range bound specified for partition \"" + partition.str() + "\"");
  for (Oid other : partitions) {
    const PartitionBoundSpec& known = *partition_bound(catalog, other);
    const bool overlap =
        bound.kind == PartitionBoundKind::range ? ranges_overlap(catalog, bound, known) : lists_overlap(catalog, bound, known);
    if (overlap) overlaps(partition, *catalog.find(other));
  }
}

}  // namespace pgplumb::engine::ddl

// Arrays: arrayfuncs.c, array_userfuncs.c, varlena.c's string_to_array.
#include "engine/evaluate/array.h"

#include <algorithm>

#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/functions.h"
#include "engine/evaluate/number.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;

namespace {

Oid element_type(const Call& call, const Value& array) {
  if (array.type == types::int2vector) return types::int2;
  if (array.type == types::oidvector) return types::oid;
  return analyze::base_element_type(call.cache(), array.type);
}

Value element_value(Oid type, const Element& element) {
  return element ? Value::of(type, *element) : Value::null(type);
}

Array array_or_empty(const Value& value) { return value.is_null() ? Array() : read_array(value); }

bool contains(const Call& call, const Value& array, const Value& wanted) {
  const Oid type = element_type(call, array);
  for (const Element& element : read_array(array).elements)
    if (element && compare(call.cache(), Value::of(type, *element), wanted) == 0) return true;
  return false;
}

bool contains_all(const Call& call, const Value& whole, const Value& part) {
  const Oid type = element_type(call, part);
  for (const Element& element : read_array(part).elements)
    if (!element || !contains(call, whole, Value::of(type, *element))) return false;
  return true;
}

Array concatenated(Array left, Array right) {
  if (left.elements.empty()) return right;
  if (right.elements.empty()) return left;
  if (left.sizes.size() > 1 || right.sizes.size() > 1) throw NotSimulated("joins arrays of several dimensions");
  for (Element& element : right.elements) left.elements.push_back(std::move(element));
  left.sizes[0] = static_cast<int>(left.elements.size());
  return left;
}

Array single(const Value& value) { return array_of({value.is_null() ? Element() : Element(value.text)}); }

Value array_result(const Call& call, const Array& array) { return call.of(write_array(array)); }

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  if (separator.empty()) return {text};
  std::vector<std::string> parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(separator, at);
    parts.push_back(text.substr(at, end == std::string::npos ? end : end - at));
    if (end == std::string::npos) return parts;
    at = end + separator.size();
  }
}

std::vector<Element> split_elements(const Call& call) {
  std::vector<Element> elements;
  if (call.text(0).empty()) return elements;
  std::vector<std::string> parts;
  if (call.is_null(1)) {
    for (char c : call.text(0)) parts.push_back(std::string(1, c));
  } else {
    parts = split(call.text(0), call.text(1));
  }
  const bool has_null = call.size() > 2 && !call.is_null(2);
  for (std::string& part : parts)
    elements.push_back(has_null && part == call.text(2) ? Element() : Element(std::move(part)));
  return elements;
}

std::optional<std::size_t> dimension(const Call& call, const Array& array) {
  const std::int64_t wanted = call.integer(1);
  if (wanted < 1 || static_cast<std::size_t>(wanted) > array.sizes.size()) return {};
  return static_cast<std::size_t>(wanted - 1);
}

}  // namespace

Value array_append_value(const Call& call) {
  return array_result(call, concatenated(array_or_empty(call.args[0]), single(call.args[1])));
}
Value array_prepend_value(const Call& call) {
  return array_result(call, concatenated(single(call.args[0]), array_or_empty(call.args[1])));
}
Value array_concat(const Call& call) {
  if (call.is_null(0) && call.is_null(1)) return call.null();
  return array_result(call, concatenated(array_or_empty(call.args[0]), array_or_empty(call.args[1])));
}

Value array_remove_value(const Call& call) {
  if (call.is_null(0)) return call.null();
  Array array = read_array(call.args[0]);
  const Oid type = element_type(call, call.args[0]);
  std::erase_if(array.elements, [&](const Element& element) {
    if (!element || call.is_null(1)) return !element && call.is_null(1);
    return compare(call.cache(), Value::of(type, *element), call.args[1]) == 0;
  });
  return array_result(call, array_of(std::move(array.elements)));
}

Value array_position_of(const Call& call) {
  if (call.is_null(0)) return call.null();
  const Array array = read_array(call.args[0]);
  const Oid type = element_type(call, call.args[0]);
  for (std::size_t i = 0; i < array.elements.size(); ++i) {
    const Element& element = array.elements[i];
    const bool found = element && !call.is_null(1) ? compare(call.cache(), Value::of(type, *element), call.args[1]) == 0
                                                   : !element && call.is_null(1);
    if (found) return call.number(static_cast<std::int64_t>(i) + array.lows[0]);
  }
  return call.null();
}

Value array_length_of(const Call& call) {
  const Array array = read_array(call.args[0]);
  const auto place = dimension(call, array);
  return place && !array.elements.empty() ? call.number(array.sizes[*place]) : call.null();
}
Value array_lower_bound(const Call& call) {
  const Array array = read_array(call.args[0]);
  const auto place = dimension(call, array);
  return place && !array.elements.empty() ? call.number(array.lows[*place]) : call.null();
}
Value array_upper_bound(const Call& call) {
  const Array array = read_array(call.args[0]);
  const auto place = dimension(call, array);
  return place && !array.elements.empty() ? call.number(array.lows[*place] + array.sizes[*place] - 1) : call.null();
}
Value array_dimensions(const Call& call) {
  const Array array = read_array(call.args[0]);
  return array.elements.empty() ? call.null() : call.number(static_cast<std::int64_t>(array.sizes.size()));
}
Value array_cardinality(const Call& call) {
  return call.number(static_cast<std::int64_t>(read_array(call.args[0]).elements.size()));
}

Value array_contains(const Call& call) { return call.boolean(contains_all(call, call.args[0], call.args[1])); }
Value array_contained(const Call& call) { return call.boolean(contains_all(call, call.args[1], call.args[0])); }
Value array_overlaps(const Call& call) {
  const Oid type = element_type(call, call.args[1]);
  for (const Element& element : read_array(call.args[1]).elements)
    if (element && contains(call, call.args[0], Value::of(type, *element))) return call.boolean(true);
  return call.boolean(false);
}

Value array_joined(const Call& call) {
  if (call.is_null(0) || call.is_null(1)) return call.null();
  const Oid type = element_type(call, call.args[0]);
  std::string text;
  bool first = true;
  for (const Element& element : read_array(call.args[0]).elements) {
    if (!element && (call.size() < 3 || call.is_null(2))) continue;
    text +=
        (first ? "" : call.text(1)) + (element ? output(call.interpreter(), Value::of(type, *element)) : call.text(2));
    first = false;
  }
  return call.of(text);
}

Value text_to_array(const Call& call) {
  return call.is_null(0) ? call.null() : array_value(call.result, split_elements(call));
}

Rows text_to_table(const Call& call) {
  Rows rows;
  if (call.is_null(0)) return rows;
  for (const Element& element : split_elements(call)) rows.push_back({element_value(call.result, element)});
  return rows;
}

Rows array_unnest(const Call& call) {
  Rows rows;
  for (const Element& element : read_array(call.args[0]).elements)
    rows.push_back({element_value(call.result, element)});
  return rows;
}

Rows array_subscripts(const Call& call) {
  Rows rows;
  const Array array = read_array(call.args[0]);
  const auto place = dimension(call, array);
  if (!place || array.elements.empty()) return rows;
  for (int i = 0; i < array.sizes[*place]; ++i) rows.push_back({call.number(array.lows[*place] + i)});
  if (call.size() > 2 && call.truth(2)) std::reverse(rows.begin(), rows.end());
  return rows;
}

/// information_schema._pg_expandarray: each element with its number.
Rows array_expanded(const Call& call) {
  Rows rows;
  const Oid type = element_type(call, call.args[0]);
  std::int64_t number = 0;
  for (const Element& element : read_array(call.args[0]).elements)
    rows.push_back({element_value(type, element), Value::of(types::int4, std::to_string(++number))});
  return rows;
}

Rows integer_series(const Call& call) {
  Rows rows;
  const std::int64_t first = call.integer(0), last = call.integer(1), step = call.size() > 2 ? call.integer(2) : 1;
  if (step == 0) throw SqlError("22023", "step size cannot equal zero");
  for (std::int64_t i = first; step > 0 ? i <= last : i >= last; i += step) {
    if (rows.size() > 1000000) throw NotSimulated("a series of more than a million rows");
    rows.push_back({Value::of(call.result, std::to_string(i))});
  }
  return rows;
}

}  // namespace pgplumb::engine::evaluate

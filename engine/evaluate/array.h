#pragma once
// Arrays, int2vector and oidvector, and composite values, as their text: arrayfuncs.c, int.c, rowtypes.c.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/analyze/syscache.h"
#include "engine/evaluate/value.h"

namespace pgplumb::engine::evaluate {

using Element = std::optional<std::string>;  // nothing for NULL

struct Array {
  std::vector<int> sizes;  // of each dimension; none for the empty array
  std::vector<int> lows;
  std::vector<Element> elements;  // row by row
};

/// The value's array; its type says how it is written.
Array read_array(const Value& value);
std::string write_array(const Array& array, char delimiter = ',');
/// One dimension from 1.
Array array_of(std::vector<Element> elements);
/// The same as a value of the array type.
Value array_value(Oid array_type, std::vector<Element> elements);

/// The element at the subscripts, nothing for NULL and outside.
Element array_element(const Array& array, const std::vector<int>& subscripts);

std::vector<Element> read_record(std::string_view text);
std::string write_record(const std::vector<Element>& fields);

}  // namespace pgplumb::engine::evaluate

// What input functions do with a type's modifier: varchar.c, varbit.c, numeric.c.
#include <fmt/format.h>

#include <algorithm>

#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

constexpr std::int32_t header = 4;  // VARHDRSZ, which the modifiers of strings and numbers include

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

// Blanks that are too many are cut off, other characters are an error.
std::string string_of(std::string value, std::size_t length, const char* type_name, bool padded) {
  std::size_t count = characters(value);
  while (count > length && !value.empty() && value.back() == ' ') {
    value.pop_back();
    --count;
  }
  if (count > length) {
    fail(errcode::string_data_right_truncation, fmt::format("value too long for type {}({})", type_name, length));
  }
  if (padded) value.append(length - count, ' ');
  return value;
}

std::string bits_of(std::string value, std::size_t length, bool varying) {
  if (varying && value.size() > length) {
    fail(errcode::string_data_right_truncation, fmt::format("bit string too long for type bit varying({})", length));
  }
  if (!varying && value.size() != length) {
    fail(errcode::string_data_length_mismatch,
         fmt::format("bit string length {} does not match type bit({})", value.size(), length));
  }
  return value;
}

}  // namespace

std::string with_modifier(Oid type, std::int32_t typmod, std::string value) {
  if (typmod < 0) return value;
  switch (type) {
    case types::varchar:
      return string_of(std::move(value), static_cast<std::size_t>(typmod - header), "character varying", false);
    case types::bpchar:
      return string_of(std::move(value), static_cast<std::size_t>(typmod - header), "character", true);
    case types::bit: return bits_of(std::move(value), static_cast<std::size_t>(typmod), false);
    case types::varbit: return bits_of(std::move(value), static_cast<std::size_t>(typmod), true);
    case types::numeric: return numeric_with_modifier(std::move(value), typmod);
    default: return value;
  }
}

}  // namespace pgplumb::engine::analyze::literal

namespace pgplumb::engine::analyze {

bool takes_modifier(catalog::Oid type) {
  namespace types = catalog::types;
  return type == types::varchar || type == types::bpchar || type == types::bit || type == types::varbit ||
         type == types::numeric || type == types::interval || type == types::time || type == types::timetz ||
         type == types::timestamp || type == types::timestamptz;
}

}  // namespace pgplumb::engine::analyze

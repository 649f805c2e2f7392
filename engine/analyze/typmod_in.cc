// The typmodin functions: type modifiers as written to the number that the catalogs hold.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "engine/analyze/errors.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_type.h"

namespace pgplumb::engine::analyze {

namespace types = catalog::types;

namespace {

constexpr std::int32_t varlena_header_size = 4, max_attribute_size = 10 * 1024 * 1024, max_numeric_precision = 1000,
                       max_fraction_digits = 6;
constexpr std::int32_t interval_full_range = 0x7fff, interval_full_precision = 0xffff;

std::vector<std::int32_t> integers(const std::vector<std::string>& modifiers, int location) {
  std::vector<std::int32_t> numbers;
  for (const std::string& text : modifiers) {
    std::int32_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc::result_out_of_range) {
      fail(errcode::numeric_value_out_of_range, fmt::format("value \"{}\" is out of range for type integer", text),
           location);
    }
    if (error != std::errc() || end != text.data() + text.size()) {
      fail(errcode::invalid_text_representation, fmt::format("invalid input syntax for type integer: \"{}\"", text),
           location);
    }
    numbers.push_back(number);
  }
  return numbers;
}

[[noreturn]] void invalid(std::string message, int location) {
  fail(errcode::invalid_parameter_value, std::move(message), location);
}

std::int32_t length_in(const std::vector<std::int32_t>& numbers, const char* name, std::int32_t limit, int location) {
  if (numbers.size() != 1) invalid("invalid type modifier", location);
  if (numbers[0] < 1) invalid(fmt::format("length for type {} must be at least 1", name), location);
  if (numbers[0] > limit) invalid(fmt::format("length for type {} cannot exceed {}", name, limit), location);
  return numbers[0];
}

void check_scale(int major, std::int32_t precision, std::int32_t scale, int location) {
  if (major < 15 && (scale < 0 || scale > precision)) {
    invalid(fmt::format("NUMERIC scale {} must be between 0 and precision {}", scale, precision), location);
  }
  if (major >= 15 && (scale < -max_numeric_precision || scale > max_numeric_precision)) {
    invalid(fmt::format("NUMERIC scale {} must be between {} and {}", scale, -max_numeric_precision,
                        max_numeric_precision),
            location);
  }
}

std::int32_t numeric_in(int major, const std::vector<std::int32_t>& numbers, int location) {
  if (numbers.empty() || numbers.size() > 2) invalid("invalid NUMERIC type modifier", location);
  std::int32_t precision = numbers[0];
  std::int32_t scale = numbers.size() == 2 ? numbers[1] : 0;
  if (precision < 1 || precision > max_numeric_precision) {
    invalid(fmt::format("NUMERIC precision {} must be between 1 and {}", precision, max_numeric_precision), location);
  }
  check_scale(major, precision, scale, location);
  return ((precision << 16) | (scale & 0x7ff)) + varlena_header_size;
}

std::int32_t fraction_in(const std::vector<std::int32_t>& numbers, const char* name, const char* zone, int location) {
  if (numbers.size() != 1) invalid("invalid type modifier", location);
  if (numbers[0] < 0) invalid(fmt::format("{}({}){} precision must not be negative", name, numbers[0], zone), location);
  return std::min(numbers[0], max_fraction_digits);
}

std::int32_t interval_in(const std::vector<std::int32_t>& numbers, int location) {
  if (numbers.empty() || numbers.size() > 2) invalid("invalid INTERVAL type modifier", location);
  std::int32_t range = numbers[0] & interval_full_range;
  if (numbers.size() == 1) return range == interval_full_range ? -1 : (range << 16) | interval_full_precision;
  if (numbers[1] < 0) invalid(fmt::format("INTERVAL({}) precision must not be negative", numbers[1]), location);
  return (range << 16) | std::min(numbers[1], max_fraction_digits);
}

// What an extension's type makes of its modifiers is its own code; a lone number is taken as it stands, as all of the
// common ones do (vector, bit-like types).
std::int32_t extension_type_in(const TypeRow& type, const std::vector<std::string>& modifiers, int location) {
  std::int32_t number = 0;
  const std::string& text = modifiers.front();
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool plain = modifiers.size() == 1 && error == std::errc() && end == text.data() + text.size() && number > 0;
  if (!plain) not_simulated(fmt::format("type modifiers of type {}", type.name), location);
  return number;
}

}  // namespace

std::int32_t typmod_in(const Syscache& cache, const TypeRow& type, const std::vector<std::string>& modifiers,
                       int location) {
  Oid subject = type.subscripting == Subscripting::array ? type.element : type.oid;
  if (!catalog::is_builtin(subject)) return extension_type_in(type, modifiers, location);
  std::vector<std::int32_t> numbers = integers(modifiers, location);
  constexpr std::int32_t max_bits = max_attribute_size * 8;
  switch (subject) {
    case types::bpchar: return length_in(numbers, "char", max_attribute_size, location) + varlena_header_size;
    case types::varchar: return length_in(numbers, "varchar", max_attribute_size, location) + varlena_header_size;
    case types::bit: return length_in(numbers, "bit", max_bits, location);
    case types::varbit: return length_in(numbers, "varbit", max_bits, location);
    case types::numeric: return numeric_in(cache.major(), numbers, location);
    case types::time: return fraction_in(numbers, "TIME", "", location);
    case types::timetz: return fraction_in(numbers, "TIME", " WITH TIME ZONE", location);
    case types::timestamp: return fraction_in(numbers, "TIMESTAMP", "", location);
    case types::timestamptz: return fraction_in(numbers, "TIMESTAMP", " WITH TIME ZONE", location);
    case types::interval: return interval_in(numbers, location);
    default: not_simulated(fmt::format("type modifiers of type {}", type.name), location);
  }
}

}  // namespace pgplumb::engine::analyze

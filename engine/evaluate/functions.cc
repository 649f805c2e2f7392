#include "engine/evaluate/functions.h"

#include <unordered_map>

#include "engine/evaluate/number.h"

namespace pgplumb::engine::evaluate {

std::int64_t Call::integer(std::size_t i) const { return to_integer(args[i]); }
Value Call::number(std::int64_t value) const { return integer_value(result, value); }

Function find_function(std::string_view name) {
  static const std::unordered_map<std::string_view, Function> all = {
#define FUNCTION(name, implementation) {name, &implementation},
#define SET_FUNCTION(name, implementation)
#include "engine/evaluate/functions.def"
#undef FUNCTION
#undef SET_FUNCTION
  };
  const auto found = all.find(name);
  return found == all.end() ? nullptr : found->second;
}

SetFunction find_set_function(std::string_view name) {
  static const std::unordered_map<std::string_view, SetFunction> all = {
#define FUNCTION(name, implementation)
#define SET_FUNCTION(name, implementation) {name, &implementation},
#include "engine/evaluate/functions.def"
#undef FUNCTION
#undef SET_FUNCTION
  };
  const auto found = all.find(name);
  return found == all.end() ? nullptr : found->second;
}

}  // namespace pgplumb::engine::evaluate

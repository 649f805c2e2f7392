#include "engine/plpgsql/conditions.h"

#include <algorithm>

namespace pgplumb::engine::plpgsql {

namespace {

struct Condition {
  std::string_view name;
  std::string_view sqlstate;
};
constexpr Condition conditions[] = {
#define CONDITION(name, sqlstate) {#name, sqlstate},
#include "engine/plpgsql/conditions.def"
#undef CONDITION
};

}  // namespace

std::vector<std::string_view> sqlstates_named(std::string_view condition) {
  std::vector<std::string_view> found;
  for (const Condition& known : conditions)
    if (known.name == condition) found.push_back(known.sqlstate);
  return found;
}

bool is_sqlstate(std::string_view text) {
  return text.size() == 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

bool condition_matches(std::string_view wanted, std::string_view sqlstate) {
  if (wanted == sqlstate) return true;
  return wanted.substr(2) == "000" && wanted.substr(0, 2) == sqlstate.substr(0, 2);
}

}  // namespace pgplumb::engine::plpgsql

#include "diff/rules.h"

namespace pgplumb::diff {

namespace {

constexpr std::array<const KindRules*, catalog::kind_count> all_rules = {
#define KIND(word, Struct) &word##_rules,
#include "catalog/kinds.def"
#undef KIND
};

}  // namespace

const KindRules& rules_of(catalog::Kind kind) { return *all_rules[static_cast<std::size_t>(kind) - 1]; }

void drop_by_address(const catalog::Object& object, Removal& removal) {
  removal.out.add("DROP " + removal.names.address(object));
}

}  // namespace pgplumb::diff

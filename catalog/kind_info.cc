#include "catalog/kind_info.h"

#include <array>

namespace pgplumb::catalog {

namespace {

constexpr std::array<const KindInfo*, kind_count> kinds = {
#define KIND(word, Struct) &word##_kind,
#include "catalog/kinds.def"
#undef KIND
};

}  // namespace

const KindInfo& kind_info(Kind kind) { return *kinds[static_cast<std::size_t>(kind) - 1]; }

Kind kind_from_word(std::string_view word) {
  for (const KindInfo* kind : kinds)
    if (kind->word == word) return kind->kind;
  return Kind::none;
}

std::span<const KindInfo* const> all_kinds() { return kinds; }

}  // namespace pgplumb::catalog

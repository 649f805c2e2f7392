#pragma once
// The closed list of object kinds, made from kinds.def.
#include <cstddef>
#include <cstdint>

namespace pgplumb::catalog {

enum class Kind : std::uint8_t {
  none,
#define KIND(word, Struct) word,
#include "catalog/kinds.def"
#undef KIND
};

inline constexpr std::size_t kind_count = 0
#define KIND(word, Struct) +1
#include "catalog/kinds.def"
#undef KIND
    ;

#define KIND(word, Struct) struct Struct;
#include "catalog/kinds.def"
#undef KIND

template <class T>
inline constexpr Kind kind_of = Kind::none;
#define KIND(word, Struct) \
  template <>              \
  inline constexpr Kind kind_of<Struct> = Kind::word;
#include "catalog/kinds.def"
#undef KIND

}  // namespace pgplumb::catalog

#pragma once
// A cast (pg_cast).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

/// pg_cast.castcontext
enum class CastContext : std::uint8_t { explicit_, assignment, implicit };
inline constexpr EnumEntry cast_context_entries[] = {{0, "e", "explicit"}, {1, "a", "assignment"}, {2, "i", "implicit"}};
constexpr std::span<const EnumEntry> enum_entries(CastContext) { return cast_context_entries; }

/// pg_cast.castmethod
enum class CastMethod : std::uint8_t { function, binary, inout };
inline constexpr EnumEntry cast_method_entries[] = {{0, "f", "function"}, {1, "b", "binary"}, {2, "i", "inout"}};
constexpr std::span<const EnumEntry> enum_entries(CastMethod) { return cast_method_entries; }

struct Cast : Object {
  TypeRef source, target;
  CastMethod method = CastMethod::function;
  AnyRef function;
  CastContext context = CastContext::explicit_;
};

inline constexpr auto cast_fields =
    fields(field<&Cast::source>("source", identity, "k.castsource"), field<&Cast::target>("target", identity, "k.casttarget"),
           field<&Cast::method>("method", attribute, "k.castmethod"),
           field<&Cast::function>("function", attribute, "'1255/' || nullif(k.castfunc, 0)"),
           field<&Cast::context>("context", attribute, "k.castcontext"));

}  // namespace pgplumb::catalog

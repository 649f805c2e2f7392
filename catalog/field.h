#pragma once
// How a struct is described: a constexpr table of its fields, PostgreSQL's own idea of a catalog. Everything generic
// (introspection, hashing, comparison, snapshots, dependency edges, reports) is a plain loop over such a table.
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "catalog/expr.h"
#include "catalog/field_ops.h"
#include "catalog/object.h"

namespace pgplumb::catalog {

/// What a field means to comparison.
enum class Role : std::uint8_t {
  identity,   // part of the key
  parent,     // part of the key: what contains the object
  attribute,  // compared
  cosmetic,   // compared only when asked for: the order of columns
  owner,      // compared only with --owners
  info,       // never compared nor hashed
};

/// A role, and what modifies it.
struct FieldRole {
  Role role = Role::attribute;
  EdgeType edge = EdgeType::normal;  // of the dependency edges that the field's references make
  bool set = false;                  // a list whose order means nothing

  /// What is there for information holds nothing, unless its line says how.
  constexpr bool makes_edges() const { return edge != EdgeType::none && (role != Role::info || edge != EdgeType::normal); }
};

inline constexpr FieldRole identity{Role::identity};
inline constexpr FieldRole parent{Role::parent, EdgeType::automatic};
inline constexpr FieldRole attribute{Role::attribute};
inline constexpr FieldRole cosmetic{Role::cosmetic};
inline constexpr FieldRole owner{Role::owner};
inline constexpr FieldRole info{Role::info};

struct SetModifier {};
inline constexpr SetModifier set;
constexpr FieldRole operator|(FieldRole role, SetModifier) {
  role.set = true;
  return role;
}
constexpr FieldRole operator|(FieldRole role, EdgeType edge) {
  role.edge = edge;
  return role;
}

/// One field of a described struct.
struct FieldInfo {
  std::string_view name;  // in snapshots and reports
  FieldRole role;
  /// Where the value lives in pg_catalog: an expression over the kind's FROM. Empty: not read by itself.
  std::string_view sql;
  const FieldOps* ops = nullptr;
  const void* tag = nullptr;  // identifies the member; see tag_of
  const void* (*get)(const void* object) = nullptr;
  void* (*get_mutable)(void* object) = nullptr;
  int since_major = 0;          // older servers are not asked for it
  int changed_major = 0;        // servers before it are asked for `sql_before` instead
  std::string_view sql_before;
  ExprScope scope = ExprScope::none;  // for Expr and Query fields

  /// The field exists in PostgreSQL from this major on; before, it keeps its initial value.
  constexpr FieldInfo since(int major) const {
    FieldInfo copy = *this;
    copy.since_major = major;
    return copy;
  }
  /// Before this major the value lives elsewhere.
  constexpr FieldInfo before(int major, std::string_view expression) const {
    FieldInfo copy = *this;
    copy.changed_major = major;
    copy.sql_before = expression;
    return copy;
  }
  constexpr FieldInfo sees(ExprScope names) const {
    FieldInfo copy = *this;
    copy.scope = names;
    return copy;
  }
  bool compared() const { return role.role == Role::attribute; }
};

namespace detail {

template <auto Member>
struct MemberTraits;
template <class C, class V, V C::*Member>
struct MemberTraits<Member> {
  using Class = C;
  using Value = V;
};

template <auto Member>
struct FieldTag {
  static inline char tag = 0;  // not const: each member needs an address of its own
};

// The table's void pointers are to Object where the struct is an object, and to the struct itself elsewhere.
template <auto Member>
auto& access(void* base) {
  using Class = typename MemberTraits<Member>::Class;
  if constexpr (std::is_base_of_v<Object, Class>)
    return static_cast<Class*>(static_cast<Object*>(base))->*Member;
  else
    return static_cast<Class*>(base)->*Member;
}
template <auto Member>
void* get_mutable(void* base) {
  return &access<Member>(base);
}
template <auto Member>
const void* get(const void* base) {
  return &access<Member>(const_cast<void*>(base));
}

}  // namespace detail

template <auto Member>
constexpr const void* tag_of() {
  return &detail::FieldTag<Member>::tag;
}

/// Describes one member: `field<&Policy::command>("command", attribute, "pol.polcmd")`.
template <auto Member>
constexpr FieldInfo field(std::string_view name, FieldRole role, std::string_view sql = {}) {
  FieldInfo info;
  info.name = name;
  info.role = role;
  info.sql = sql;
  info.ops = &FieldType<typename detail::MemberTraits<Member>::Value>::ops;
  info.tag = tag_of<Member>();
  info.get = &detail::get<Member>;
  info.get_mutable = &detail::get_mutable<Member>;
  return info;
}

template <class... Fields>
constexpr std::array<FieldInfo, sizeof...(Fields)> fields(const Fields&... field_infos) {
  return {field_infos...};
}

/// Those that several kinds share, and a kind's own behind them.
template <std::size_t Count, class... Fields>
constexpr std::array<FieldInfo, Count + sizeof...(Fields)> fields(const std::array<FieldInfo, Count>& shared,
                                                                  const Fields&... own) {
  std::array<FieldInfo, Count + sizeof...(Fields)> all;
  std::size_t at = 0;
  for (const FieldInfo& field_info : shared) all[at++] = field_info;
  ((all[at++] = own), ...);
  return all;
}

}  // namespace pgplumb::catalog

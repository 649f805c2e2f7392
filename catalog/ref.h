#pragma once
// References between the objects of one catalog. They are ids, so that a rename touches one name and all that refers to
// it follows.
#include <functional>

#include "catalog/base/ids.h"
#include "catalog/kind.h"

namespace pgplumb::catalog {

/// A reference to an object of any kind. Below first_user_oid it names a built-in row; the kind then tells of which
/// catalog (any relation kind for pg_class, any routine kind for pg_proc).
struct AnyRef {
  Kind kind = Kind::none;
  Oid oid = invalid_oid;
  explicit operator bool() const { return oid != invalid_oid; }
  friend bool operator==(const AnyRef&, const AnyRef&) = default;
  friend auto operator<=>(const AnyRef&, const AnyRef&) = default;
};

/// A reference to an object of kind T.
template <class T>
struct Ref {
  Oid oid = invalid_oid;
  explicit operator bool() const { return oid != invalid_oid; }
  operator AnyRef() const { return {kind_of<T>, oid}; }  // NOLINT: a reference to a T is a reference
  friend bool operator==(const Ref&, const Ref&) = default;
};

/// A data type with its modifier, as a column or a cast has it; typmod is -1 where there is none (pg_attribute.atttypmod).
struct TypeRef {
  Oid type = invalid_oid;
  std::int32_t typmod = -1;
  explicit operator bool() const { return type != invalid_oid; }
  friend bool operator==(const TypeRef&, const TypeRef&) = default;
};

/// How strongly an object hangs on another: the flavours of pg_depend.deptype that matter here.
enum class EdgeType : std::uint8_t {
  normal,     // 'n': dropping the other needs CASCADE
  automatic,  // 'a': goes with the other, silently
  internal,   // 'i': part of the other's implementation: goes with it, and can't be dropped by itself
  none,       // refers to the other without hanging on it: an operator's commutator
};

}  // namespace pgplumb::catalog

#pragma once
// Strong integers that name things within one catalog. Nothing here is meaningful across catalogs: there, only
// ObjectKey (catalog/key.h) is.
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace pgplumb::catalog {

/// An object identifier, as PostgreSQL's Oid: below first_user_oid it names a row of the built-in catalogs
/// (catalog/builtin), from there on an object of the Catalog that holds it.
///
/// Objects are numbered in steps of four, since an object that is a type brings further types with it:
/// oid + 1 is its array type, oid + 2 its multirange type, oid + 3 the array of that multirange type.
/// So a plain Oid names any type, as in PostgreSQL, and `owner_of_type` gives the object that it belongs to.
using Oid = std::uint32_t;

inline constexpr Oid invalid_oid = 0;
inline constexpr Oid first_user_oid = 16384;  // FirstNormalObjectId of access/transam.h

inline constexpr bool is_builtin(Oid oid) { return oid < first_user_oid; }

enum class TypeForm : std::uint8_t { plain = 0, array = 1, multirange = 2, multirange_array = 3 };

inline constexpr Oid owner_of_type(Oid type) { return is_builtin(type) ? type : (type & ~Oid{3}); }
inline constexpr TypeForm form_of_type(Oid type) {
  return is_builtin(type) ? TypeForm::plain : static_cast<TypeForm>(type & 3);
}
inline constexpr Oid type_in_form(Oid object, TypeForm form) { return object + static_cast<Oid>(form); }

/// One statement of one migration, numbered in the order of execution from 1; 0 means "no statement".
enum class StatementId : std::uint32_t { none = 0 };

}  // namespace pgplumb::catalog

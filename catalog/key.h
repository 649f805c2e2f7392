#pragma once
// ObjectKey: what names an object outside its catalog, and the only codec between objects and their names as text.
//
//   table public.orders               column public.orders.price       constraint public.orders.orders_pkey
//   index public.orders_created_idx   function public.f(integer, text) cast (text, public.mood)
//   grant table public.orders (alice)
//
// The first word is the kind's; the rest, the identity, is made of quoted SQL identifiers.
#include <string>
#include <string_view>
#include <unordered_map>

#include "catalog/catalog.h"

namespace pgplumb::catalog {

struct ObjectKey {
  Kind kind = Kind::none;
  std::string identity;
  std::string text() const;
  /// Kind::none where the first word is no kind's.
  static ObjectKey parse(std::string_view text);
  friend bool operator==(const ObjectKey&, const ObjectKey&) = default;
};

/// Names for the references of one catalog, which must not change meanwhile. Remembers what it has named.
class Names : public NameSource {
 public:
  explicit Names(const Catalog& catalog) : catalog_(&catalog) {}

  ObjectKey key(const Object& object) const;
  const std::string& identity(const Object& object) const;
  std::string key_of(AnyRef ref) const override;
  std::string type_name(TypeRef type) const override;

 private:
  std::string make_identity(const Object& object) const;
  Oid schema_or_parent(const Object& object) const;
  const Catalog* catalog_;
  mutable std::unordered_map<Oid, std::string> identities_;
};

/// The identity of a built-in row of that kind; "?" and the oid where there is none.
std::string builtin_identity(const Catalog& catalog, AnyRef ref);
/// Finds a built-in row by its key; empty where there is none.
AnyRef find_builtin(const Catalog& catalog, const ObjectKey& key);

}  // namespace pgplumb::catalog

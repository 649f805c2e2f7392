#pragma once
// All objects of one kind, by an index: what is asked for again after every change (casts, operator classes) can't afford a
// walk over all objects of a large schema, as Catalog::for_each makes it.
#include "catalog/catalog.h"

namespace pgplumb::catalog {

/// No container's oid: under it and an empty name, NameSpace::own has all objects of a kind, wherever they are.
inline constexpr Oid everywhere = 0xFFFFFFFF;

/// By ascending oid; valid until the next change of the catalog.
inline std::span<const Oid> objects_of_kind(const Catalog& catalog, Kind kind) {
  return catalog.lookup(NameSpace::own, kind, everywhere, Name());
}

/// The callback must not change the catalog.
template <class T, class Visit>
void for_each_of(const Catalog& catalog, Visit visit) {
  for (const Oid oid : objects_of_kind(catalog, kind_of<T>)) visit(*catalog.find_as<T>(oid));
}

}  // namespace pgplumb::catalog

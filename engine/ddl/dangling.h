#pragma once
// What other objects say of one that goes without hanging on it: RemoveOperatorById of catalog/pg_operator.c, and the
// loose members of operator families, which pg_depend ties automatically to what they name (opclasscmds.c).
#include "catalog/catalog.h"

namespace pgplumb::engine::ddl {

/// Takes `object`, which is about to be erased, out of the operators and operator families that name it.
void remove_mentions(catalog::Catalog& catalog, catalog::Oid object);

}  // namespace pgplumb::engine::ddl

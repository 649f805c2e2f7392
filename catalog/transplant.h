#pragma once
// The members of an extension, taken from a catalog that has them into one that has only the extension.
#include "catalog/catalog.h"
#include "catalog/kinds/extension.h"

namespace pgplumb::catalog {

/// Copies the members of the extension of that name in `from`, with all that they contain, and makes them members of
/// `extension`. What stands in the extension's own schema there goes to its schema here. False where `from` has no such
/// extension. Throws UsageError where a member refers to something that `into` lacks.
bool transplant_members(const Catalog& from, Catalog& into, Ref<Extension> extension);

}  // namespace pgplumb::catalog

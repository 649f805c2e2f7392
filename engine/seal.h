#pragma once
// Gives an interpreted catalog the texts that a server would show, so that catalog::freeze() can compare and hash it.
#include "catalog/catalog.h"

namespace pgplumb::engine {

/// Prints every expression and query that has a tree into its text, in the manner of the catalog's major version, and
/// partition keys from their parts. What has no tree keeps its text. Touches nothing else: no undo, no provenance.
void seal(catalog::Catalog& catalog);

}  // namespace pgplumb::engine

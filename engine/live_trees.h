#pragma once
// Trees for what was read as text: a live database and a snapshot hold expressions as the server prints them; a plan's
// order and its proof need to know what they consist of.
#include <vector>

#include "catalog/catalog.h"

namespace pgplumb::engine {

/// Analyses every expression and query of the catalog that has a text and no tree, as the statement that made it would
/// have been, partition keys and bounds included, and replaces its references by those of the tree. What can't be
/// analysed, or does not print as the text that it came from, stays as it is: the objects that hold such texts are the
/// outcome.
std::vector<catalog::Oid> attach_trees(catalog::Catalog& catalog);

}  // namespace pgplumb::engine

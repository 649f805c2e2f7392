#pragma once
// The order of a table's rows after one of its indexes: commands/cluster.c.
#include "catalog/kinds/index.h"
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

/// Throws 0A000 for an index that no table can be clustered on (check_index_is_clusterable).
void require_clusterable(const Interpreter& interpreter, const catalog::Index& index);
/// The table is clustered on this index, or on none (mark_index_clustered).
void mark_index_clustered(catalog::Catalog& catalog, Oid relation, Oid index);

}  // namespace pgplumb::engine::ddl

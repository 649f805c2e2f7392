#pragma once
// Which changes of a column's type have its table's rows written anew.
#include "engine/ddl/expressions.h"

namespace pgplumb::engine::ddl {

/// Whether the rows have to be, when the column's values become what `transform` makes of them
/// (ATColumnChangeRequiresRewrite of commands/tablecmds.c).
bool requires_rewrite(const catalog::Catalog& catalog, const NodePtr& transform, int attribute);

}  // namespace pgplumb::engine::ddl

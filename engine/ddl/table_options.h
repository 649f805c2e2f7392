#pragma once
// Options and access methods of tables: what DefineRelation and ATExecSetRelOptions of commands/tablecmds.c ask of
// reloptions.c.
#include "catalog/kinds/table.h"
#include "engine/ddl/reloptions.h"
#include "engine/ddl/resolve.h"

namespace pgplumb::engine::ddl {

/// WITH (…) of a new table; sets its options and its TOAST table's.
void apply_table_options(Interpreter& interpreter, catalog::Table& table, ast::List<ast::Node> list);

/// Sets the bound of a table or foreign table that becomes a partition.
void set_partition_bound(catalog::Catalog& catalog, Oid relation, catalog::Expr bound);

}  // namespace pgplumb::engine::ddl

#pragma once
// TOAST tables, which options may be for: catalog/toasting.c, and heapam_relation_needs_toast_table of
// access/heap/heapam_handler.c. Once made, one stays until the relation is rewritten.
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

bool has_toast_table(const catalog::Catalog& catalog, Oid relation);

/// Gives a table or materialized view a TOAST table if its rows may be too long for a page and it has none
/// (create_toast_table). Where there is none in the end, options for it go nowhere.
void create_toast_table(Interpreter& interpreter, Oid relation);

/// The relation's rows are written anew: a TOAST table that they need no longer is gone (make_new_heap of
/// commands/cluster.c).
void rewrite_toast_table(Interpreter& interpreter, Oid relation);

}  // namespace pgplumb::engine::ddl

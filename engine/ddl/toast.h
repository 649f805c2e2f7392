#pragma once
// Whether a table has a TOAST table, and so options for one: heapam_relation_needs_toast_table of
// access/heap/heapam_handler.c.
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Whether rows of the columns as they are may be too long for a page. Columns that were dropped have their say as well,
/// since a TOAST table stays: where there were some, one is taken to be there.
bool has_toast_table(const Interpreter& interpreter, Oid relation);

}  // namespace pgplumb::engine::ddl

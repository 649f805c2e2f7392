#pragma once
// What running a query asks of the relations that it reads: ExecCheckPermissions of executor/execMain.c, and that
// materialized views have been filled.
#include "catalog/expr.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// Throws 42501 for a relation that the user may not read, and 55000 for a materialized view without rows. Views are read
/// as their owner, or as who reads them where they are security invokers.
void require_readable(const Interpreter& interpreter, const catalog::Query& query, Name user);

}  // namespace pgplumb::engine::ddl

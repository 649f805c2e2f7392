#pragma once
// Whether the body of a function in language SQL is one: fmgr_sql_validator of catalog/pg_proc.c, check_sql_fn_statements
// and check_sql_fn_retval of executor/functions.c.
#include "catalog/expr_nodes.h"
#include "catalog/kinds/routine.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// A statement of the routine's body, analysed with its arguments; null for one that is not planned. Throws as analysis.
catalog::expr::QueryPtr analyze_body_statement(const Interpreter& interpreter, const analyze::Settings& settings,
                                               const catalog::Routine& routine, ast::Node statement);

/// Throws what the server would refuse the routine with, unless check_function_bodies is off. The routine is stored
/// already, since its body may call it. What can't be analysed here is taken to be right.
void check_sql_body(Interpreter& interpreter, const catalog::Routine& routine);

}  // namespace pgplumb::engine::ddl

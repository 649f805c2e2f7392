#pragma once
// Prepared statements: commands/prepare.c. They are kept as they were written, and analysed where they are run.
#include "engine/analyze/api.h"
#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

namespace ast = parser::ast;

/// The query that EXECUTE would run, analysed with the statement's parameters as the types that PREPARE declares. Errors
/// 26000 where there is none of that name, 42601 for another number of parameters, 42809 where it returns no rows.
analyze::AnalyzedQuery analyze_prepared_query(Interpreter& interpreter, ast::ExecuteStmt execute);

}  // namespace pgplumb::engine::ddl

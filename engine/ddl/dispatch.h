#pragma once
// From a statement's node to the function that executes it: tcop/utility.c's ProcessUtility as a table, made from
// statements.def.
#include "engine/outcome.h"
#include "parser/ast/ast_fwd.h"

namespace pgplumb::engine {
class Interpreter;
}

namespace pgplumb::engine::ddl {

namespace ast = parser::ast;

/// Executes the statement. Throws SqlError where PostgreSQL would refuse it, and NotSimulated for what has no handler.
Status dispatch(Interpreter& interpreter, ast::Node statement);

/// INTO of a SELECT, which stands in the first of the queries that set operations combine (transformOptionalSelectInto
/// of parser/analyze.c); none where it makes no table.
ast::IntoClause into_clause(ast::SelectStmt select);

#define STATEMENT(Type, handler) void handler(Interpreter&, ast::Type);
#define CHECKED(Type, handler) void handler(Interpreter&, ast::Type);
#define SKIPPED(Type)
#include "engine/ddl/statements.def"
#undef STATEMENT
#undef CHECKED
#undef SKIPPED

}  // namespace pgplumb::engine::ddl

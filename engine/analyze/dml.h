#pragma once
// INSERT, UPDATE and DELETE, as rules, WITH and SQL-standard function bodies hold them.
#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

QueryPtr transform_insert(ParseState& state, ast::InsertStmt statement);
QueryPtr transform_update(ParseState& state, ast::UpdateStmt statement);
QueryPtr transform_delete(ParseState& state, ast::DeleteStmt statement);

}  // namespace pgplumb::engine::analyze

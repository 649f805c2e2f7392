#pragma once
// INSERT, UPDATE and DELETE, as rules, WITH and SQL-standard function bodies hold them: parts of PostgreSQL's analyze.c.
#include <vector>

#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

QueryPtr transform_insert(ParseState& state, ast::InsertStmt statement);
QueryPtr transform_update(ParseState& state, ast::UpdateStmt statement);
QueryPtr transform_delete(ParseState& state, ast::DeleteStmt statement);

/// SET's list, over state.target.
std::vector<expr::TargetEntry> transform_update_targets(ParseState& state, ast::List<ast::Node> list);
void transform_on_conflict(ParseState& state, ast::OnConflictClause clause, expr::OnConflict& out);

}  // namespace pgplumb::engine::analyze

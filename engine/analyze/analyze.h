#pragma once
// Whole queries: PostgreSQL's parser/analyze.c.
#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// A SELECT, VALUES, INSERT, UPDATE, DELETE or MERGE; the state is of its own query level.
QueryPtr transform_statement(ParseState& state, ast::Node statement);
/// Likewise, as part of another query: parse_sub_analyze.
QueryPtr analyze_subquery(ParseState& outer, ast::Node statement, expr::CommonTableExpr* cte = nullptr,
                          bool resolve_unknowns = true);
QueryPtr transform_select(ParseState& state, ast::SelectStmt select);

/// A finished query, to be shared by what refers to it.
inline QueryPtr share_query(expr::Query query) { return std::make_shared<const expr::Query>(std::move(query)); }

/// Where the range table, the join tree and the has_… flags that analysis has gathered go in the end.
void finish_query(ParseState& state, expr::Query& query);

}  // namespace pgplumb::engine::analyze

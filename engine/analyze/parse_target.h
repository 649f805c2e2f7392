#pragma once
// Target lists: PostgreSQL's parser/parse_target.c.
#include <string>
#include <vector>

#include "engine/analyze/parse_state.h"
#include "engine/analyze/row_shape.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

std::vector<expr::TargetEntry> transform_target_list(ParseState& state, ast::List<ast::Node> list, ExprKind kind);
/// The name that PostgreSQL gives an unnamed column, once its expression is transformed: FigureColname.
std::string figure_column_name(const ParseState& state, ast::Node node);
/// Likewise for an index on an expression; empty where there is none to be figured out: FigureIndexColname.
std::string figure_index_column_name(ast::Node node, int major);
/// `x.*` within a list of expressions: appends the columns and gives true, or leaves all else alone.
bool expand_star(ParseState& state, ast::Node node, ExprKind kind, std::vector<NodePtr>& out);

/// Literals that are still of unknown type become text: resolveTargetListUnknowns.
void resolve_unknown_targets(ParseState& state, std::vector<expr::TargetEntry>& targets);
/// Which table column each plain column is: markTargetListOrigins.
void mark_target_origins(ParseState& state, std::vector<expr::TargetEntry>& targets);

}  // namespace pgplumb::engine::analyze

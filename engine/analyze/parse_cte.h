#pragma once
// WITH: PostgreSQL's parser/parse_cte.c.
#include <deque>
#include <string_view>
#include <vector>

#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// One item of a WITH clause on its way.
struct WithItem {
  enum class Progress : std::uint8_t { waiting, running, done };
  expr::CommonTableExpr cte;
  ast::CommonTableExpr node;
  Progress progress = Progress::waiting;
  bool columns_known = false;  // of a recursive query: its non-recursive term is done
  std::vector<const WithItem*> needs;
};

struct WithScope {
  std::deque<WithItem> items;
  bool recursive = false;
  ParseState* owner = nullptr;
  std::vector<WithItem*> running;  // innermost last
};

/// Analyses the WITH clause; its items become visible in the state.
/// `query` learns what the clause makes of it. Without one, nothing happens.
void transform_with_clause(ParseState& state, ast::WithClause with, expr::Query& query);
/// The items, finished, in the order that PostgreSQL keeps them in.
std::vector<expr::CommonTableExpr> take_ctes(ParseState& state);

struct FoundCte {
  WithItem* item = nullptr;
  int levels_up = 0;
};
/// The item that the name means in this query or an outer one. Under WITH RECURSIVE one that comes later is analysed
/// first, so that its columns are known.
FoundCte find_cte(ParseState& state, std::string_view name);
/// Counts the reference; checks that a recursive one is where it may be.
const expr::CommonTableExpr& use_cte(FoundCte found, int location);
/// An item of that name that is not visible yet, for a hint.
bool is_future_cte(ParseState& state, std::string_view name);

/// The columns of a recursive query from its non-recursive term: determineRecursiveColTypes.
void note_recursive_columns(ParseState& state, expr::CommonTableExpr& cte,
                            const std::vector<expr::TargetEntry>& targets);

}  // namespace pgplumb::engine::analyze

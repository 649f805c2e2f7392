#pragma once
// Collations of finished expressions: PostgreSQL's parser/parse_collate.c. Trees are immutable, so each gives back the
// tree with its collations filled in.
#include <vector>

#include "engine/analyze/parse_state.h"

namespace pgplumb::engine::analyze {

/// Errors 42P21 where explicit collations clash.
NodePtr assign_expr_collations(ParseState& state, const NodePtr& node);
void assign_list_collations(ParseState& state, std::vector<NodePtr>& nodes);
/// All of the query's own expressions; subqueries have theirs already.
void assign_query_collations(ParseState& state, expr::Query& query);
/// The collation that expressions have in common, as UNION and VALUES need it; 0 where they clash and none_ok.
Oid select_common_collation(ParseState& state, const std::vector<NodePtr>& nodes, bool none_ok);

}  // namespace pgplumb::engine::analyze

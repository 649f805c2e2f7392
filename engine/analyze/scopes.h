#pragma once
// The names that expressions of the various objects can see, and what is checked once such an expression is there.
#include <functional>
#include <string>

#include "engine/analyze/api.h"
#include "engine/analyze/parse_state.h"

namespace pgplumb::engine::analyze {

/// The columns of one relation.
NamespaceItemPtr add_relation_scope(ParseState& state, Oid relation);
/// OLD at index 1 and NEW at index 2.
void add_old_new_scope(ParseState& state, Oid relation);
/// VALUE, in a domain's check.
void add_value_scope(ParseState& state, TypeRef base, Oid collation);

/// Error 42P17 where a generation expression uses a generated column.
void check_no_generated_columns(ParseState& state, const NodePtr& node);
/// Error 42P17 where a trigger's WHEN uses a row that its events do not have: CreateTrigger.
void check_trigger_rows(ParseState& state, const NodePtr& node, const Analyzer::TriggerEvents& events);

bool contains_node(const NodePtr& tree, const std::function<bool(const expr::Node&)>& predicate);
bool query_is_certain(const expr::Query& query);

}  // namespace pgplumb::engine::analyze

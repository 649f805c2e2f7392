#pragma once
// Visits and rewrites analysed trees: the walker and mutator of PostgreSQL's nodeFuncs.c.
#include <functional>

#include "catalog/expr_nodes.h"
#include "catalog/query_nodes.h"

namespace pgplumb::catalog::expr {

/// What to do with each direct part of a node or query. An empty function skips that sort of part.
struct Walker {
  std::function<void(const NodePtr&)> node;    // never called with a null handle
  std::function<void(const QueryPtr&)> query;  // subqueries of SubLinks, range-table entries and CTEs
};

/// Calls the walker for the direct parts only; to descend, the functions call `walk` again.
void walk(const Node& node, const Walker& walker);
void walk(const Query& query, const Walker& walker);
/// But for the columns of joins that only repeat one of an input.
void walk_without_repeated_columns(const Query& query, const Walker& walker);

/// What each direct part becomes. An empty function keeps that sort of part.
struct Mapper {
  std::function<NodePtr(const NodePtr&)> node;
  std::function<QueryPtr(const QueryPtr&)> query;
};

/// The same tree with its direct parts replaced; itself where none changed.
NodePtr map_parts(const NodePtr& node, const Mapper& mapper);
QueryPtr map_parts(const QueryPtr& query, const Mapper& mapper);

/// Whether the predicate holds for the node or for any node below it, subqueries included.
bool any_node(const NodePtr& node, const std::function<bool(const Node&)>& predicate);

}  // namespace pgplumb::catalog::expr

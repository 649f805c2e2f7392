#pragma once
// Aggregates, window functions and GROUP BY: PostgreSQL's parser/parse_agg.c.
#include <string>
#include <vector>

#include "engine/analyze/parse_state.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::analyze {

/// A call of an aggregate as written, for the checks of ordered-set aggregates.
struct OrderedSetCall {
  parser::ast::FuncCall call;
  std::string name;
  std::string signature;
  int location = -1;
  int arg_count = 0;
  std::size_t named_count = 0;
  AggregateRow row;
  Oid variadic = invalid_oid;
  int variadic_count = 0;
};
/// WITHIN GROUP there and only there where the aggregate wants it, and the right number of direct arguments.
void check_ordered_set_call(const OrderedSetCall& call);
/// The direct arguments of a hypothetical-set aggregate take the types of the ordered ones.
void unify_hypothetical_args(ParseState& state, std::vector<NodePtr>& args, int direct_args,
                             std::vector<Oid>& actual, std::vector<Oid>& declared, Oid variadic);

/// What a call of an aggregate may have beside its arguments, however the call was written.
struct CallClauses {
  parser::ast::List<parser::ast::Node> order;
  bool distinct = false;
  parser::ast::Node filter;
  parser::ast::WindowDef over;
};
CallClauses clauses_of(parser::ast::FuncCall call);

NodePtr transform_aggregate_call(ParseState& state, expr::Aggref aggregate, std::vector<NodePtr> args,
                                 const CallClauses& call, int location);
NodePtr transform_window_func_call(ParseState& state, expr::WindowFunc function, const CallClauses& call, int location);
NodePtr transform_grouping_func(ParseState& state, parser::ast::GroupingFunc grouping);

/// Columns outside of GROUP BY, aggregates where there must be none, windows in WHERE, …; fills in what a primary key in
/// GROUP BY makes the query depend on: parseCheckAggregates.
void check_aggregates(ParseState& state, expr::Query& query);

}  // namespace pgplumb::engine::analyze

#include "engine/analyze/parse_agg.h"

#include <fmt/format.h>

#include <algorithm>
#include <climits>

#include "catalog/expr_walk.h"
#include "engine/analyze/expr_kinds.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_clause.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_expr.h"

namespace pgplumb::engine::analyze {

using expr::as;
using expr::make;
using expr::type_of;

namespace {

constexpr int no_level = INT_MAX;

/// The innermost levels that the Vars and aggregates of an aggregate's arguments belong to: check_agg_arguments_walker.
class LevelSearch {
 public:
  int var_level = no_level, aggregate_level = no_level;
  int aggregate_location = -1;

  void node(const NodePtr& part, int depth) {
    if (!part) return;
    if (const auto* var = part->as<expr::Var>()) return note(var_level, var->levels_up - depth);
    if (const auto* inner = part->as<expr::Aggref>()) {
      note_aggregate(inner->levels_up - depth, part->location);
      return;
    }
    if (const auto* grouping = part->as<expr::GroupingFunc>()) {
      note_aggregate(grouping->levels_up - depth, part->location);
    }
    if (depth == 0) refuse_inner(*part);
    expr::walk(*part, {[&](const NodePtr& child) { node(child, depth); },
                       [&](const QueryPtr& child) { query(*child, depth + 1); }});
  }
  void query(const expr::Query& part, int depth) {
    expr::walk(part, {[&](const NodePtr& child) { node(child, depth); },
                      [&](const QueryPtr& child) { query(*child, depth + 1); }});
  }
  int level() const {
    int level = std::min(var_level, aggregate_level);
    return level == no_level ? 0 : level;
  }

 private:
  static void note(int& known, int level) {
    if (level >= 0) known = std::min(known, level);
  }
  void note_aggregate(int level, int location) {
    if (level < 0 || level >= aggregate_level) return;
    aggregate_level = level;
    aggregate_location = location;
  }
  static void refuse_inner(const expr::Node& part) {
    const auto* call = part.as<expr::FuncExpr>();
    const auto* op = part.as<expr::OpExpr>();
    if ((call && call->returns_set) || (op && op->returns_set)) {
      fail(errcode::feature_not_supported, "aggregate function calls cannot contain set-returning function calls",
           expr::location_of(part), {},
           "You might be able to move the set-returning function into a LATERAL FROM item.");
    }
    if (part.is<expr::WindowFunc>()) {
      fail(errcode::grouping_error, "aggregate function calls cannot contain window function calls", part.location);
    }
  }
};

/// The query level that an aggregate belongs to; notes there that it has one, and checks that it may.
int place_aggregate(ParseState& state, const expr::Aggref& aggregate, int location) {
  LevelSearch search;
  for (const expr::TargetEntry& arg : aggregate.args) search.node(arg.expr, 0);
  search.node(aggregate.filter, 0);
  int level = search.level();
  if (search.aggregate_level == level) {
    fail(errcode::grouping_error, "aggregate function calls cannot be nested", search.aggregate_location);
  }
  LevelSearch direct;
  for (const NodePtr& arg : aggregate.direct_args) direct.node(arg, 0);
  if (direct.var_level < level) {
    fail(errcode::grouping_error,
         "outer-level aggregate cannot contain a lower-level variable in its direct arguments", location);
  }
  if (direct.aggregate_level <= level) {
    fail(errcode::grouping_error, "aggregate function calls cannot be nested", direct.aggregate_location);
  }
  ParseState* owner = &state;
  for (int i = 0; i < level && owner->parent; ++i) owner = owner->parent;
  check_aggregate_allowed(owner->expr_kind, true, location);
  owner->has_aggs = true;
  return level;
}

expr::TargetEntry argument_target(NodePtr arg, int resno) {
  expr::TargetEntry target;
  target.expr = std::move(arg);
  target.resno = resno;
  return target;
}

void order_ordered_set(ParseState& state, expr::Aggref& aggregate, std::vector<NodePtr>& args, const CallClauses& call) {
  std::size_t direct = args.size() - call.order.size();
  aggregate.direct_args.assign(args.begin(), args.begin() + static_cast<std::ptrdiff_t>(direct));
  for (std::size_t i = direct; i < args.size(); ++i) {
    aggregate.args.push_back(argument_target(args[i], static_cast<int>(i - direct) + 1));
  }
  for (std::size_t i = 0; i < aggregate.args.size(); ++i) {
    add_target_to_sort_list(state, aggregate.args[i], aggregate.order, aggregate.args,
                            call.order[i].as<ast::SortBy>());
  }
}

void require_sort_operators(ParseState& state, const expr::Aggref& aggregate) {
  for (const expr::SortGroupClause& clause : aggregate.distinct) {
    if (clause.sort_op != invalid_oid) continue;
    for (const expr::TargetEntry& arg : aggregate.args) {
      if (arg.sort_group_ref != clause.sort_group_ref) continue;
      fail(errcode::undefined_function,
           fmt::format("could not identify an ordering operator for type {}",
                       format_type(state.cache, type_of(*arg.expr))),
           location_of(arg.expr), "Aggregates with DISTINCT must be able to sort their inputs.");
    }
  }
}

void order_plain(ParseState& state, expr::Aggref& aggregate, std::vector<NodePtr>& args, const CallClauses& call) {
  int saved = state.next_resno;
  state.next_resno = 1;
  for (NodePtr& arg : args) aggregate.args.push_back(argument_target(arg, state.next_resno++));
  aggregate.order = transform_sort_clause(state, call.order, aggregate.args, ExprKind::order_by, true);
  if (call.distinct) {
    aggregate.distinct = transform_distinct_clause(state, aggregate.args, aggregate.order, true);
    require_sort_operators(state, aggregate);
  }
  state.next_resno = saved;
}

bool contains_window_function(const NodePtr& node) {
  if (!node) return false;
  if (node->is<expr::WindowFunc>()) return true;
  bool found = false;
  expr::walk(*node, {[&](const NodePtr& part) { found = found || contains_window_function(part); }, {}});
  return found;
}

std::uint32_t named_window(const WindowDefs& windows, ast::WindowDef over) {
  for (std::size_t i = 0; i < windows.defs.size(); ++i) {
    if (windows.defs[i].name() == over.name()) return static_cast<std::uint32_t>(i) + 1;
  }
  fail(errcode::undefined_object, fmt::format("window \"{}\" does not exist", over.name()), over.location());
}

std::uint32_t window_ref(ParseState& state, ast::WindowDef over) {
  if (!state.window_defs) state.window_defs = std::make_shared<WindowDefs>();
  if (!over.name().empty()) return named_window(*state.window_defs, over);
  state.window_defs->defs.push_back(over);
  return static_cast<std::uint32_t>(state.window_defs->defs.size());
}

}  // namespace

void check_ordered_set_call(const OrderedSetCall& call) {
  bool within = call.call.agg_within_group();
  if (call.row.kind == 'n') {
    if (within) {
      fail(errcode::wrong_object_type,
           fmt::format("{} is not an ordered-set aggregate, so it cannot have WITHIN GROUP", call.name), call.location);
    }
    return;
  }
  if (!within) {
    fail(errcode::wrong_object_type, fmt::format("WITHIN GROUP is required for ordered-set aggregate {}", call.name),
         call.location);
  }
  if (call.call.over()) {
    fail(errcode::feature_not_supported, fmt::format("OVER is not supported for ordered-set aggregate {}", call.name),
         call.location);
  }
  int ordered = static_cast<int>(call.call.agg_order().size());
  int direct = call.arg_count - ordered;
  bool takes_rest = call.variadic != invalid_oid;
  if (call.row.kind == 'h' ? direct != ordered && !takes_rest : !takes_rest && direct != call.row.direct_args) {
    fail(errcode::undefined_function, fmt::format("function {} does not exist", call.signature), call.location, {},
         fmt::format("There is an ordered-set aggregate {}, but it requires {} direct argument{}, not {}.", call.name,
                     call.row.direct_args, call.row.direct_args == 1 ? "" : "s", direct));
  }
  if (call.row.kind == 'h' && direct != ordered) {
    fail(errcode::undefined_function, fmt::format("function {} does not exist", call.signature), call.location, {},
         fmt::format("To use the hypothetical-set aggregate {}, the number of hypothetical direct arguments (here {}) "
                     "must match the number of ordering columns (here {}).",
                     call.name, direct, ordered));
  }
}

void unify_hypothetical_args(ParseState& state, std::vector<NodePtr>& args, int, std::vector<Oid>& actual,
                             std::vector<Oid>& declared, Oid variadic) {
  if (variadic != types::any) not_simulated("a hypothetical-set aggregate that is not VARIADIC \"any\"");
  std::size_t half = args.size() / 2;
  for (std::size_t i = 0; i < half; ++i) {
    std::size_t ordered = half + i;
    Oid common = select_common_type(state, {args[ordered], args[i]}, "WITHIN GROUP");
    for (std::size_t at : {i, ordered}) {
      args[at] = coerce_type(state, args[at], actual[at], common, -1, {});
      actual[at] = common;
      declared[at] = common;
    }
  }
}

CallClauses clauses_of(ast::FuncCall call) {
  return {call.agg_order(), call.agg_distinct(), call.agg_filter(), call.over()};
}

NodePtr transform_aggregate_call(ParseState& state, expr::Aggref aggregate, std::vector<NodePtr> args,
                                 const CallClauses& call, int location) {
  for (const NodePtr& arg : args) aggregate.argument_types.push_back(type_of(*arg));
  if (call.filter) {
    aggregate.filter = transform_where_clause(state, call.filter, ExprKind::filter, "FILTER");
  }
  if (aggregate.kind == expr::AggregateKind::normal) {
    order_plain(state, aggregate, args, call);
  } else {
    order_ordered_set(state, aggregate, args, call);
  }
  aggregate.levels_up = place_aggregate(state, aggregate, location);
  return make(std::move(aggregate), location);
}

NodePtr transform_window_func_call(ParseState& state, expr::WindowFunc function, const CallClauses& call, int location) {
  if (call.filter) {
    function.filter = transform_where_clause(state, call.filter, ExprKind::filter, "FILTER");
  }
  for (const NodePtr& arg : function.args) {
    if (contains_window_function(arg)) {
      fail(errcode::windowing_error, "window function calls cannot be nested", location_of(arg));
    }
    if (expression_returns_set(arg)) {
      fail(errcode::feature_not_supported, "window function calls cannot contain set-returning function calls",
           location_of(arg), {}, "You might be able to move the set-returning function into a LATERAL FROM item.");
    }
  }
  check_window_function_allowed(state.expr_kind, location);
  function.window_ref = window_ref(state, call.over);
  state.has_window_funcs = true;
  return make(std::move(function), location);
}

NodePtr transform_grouping_func(ParseState& state, ast::GroupingFunc grouping) {
  expr::GroupingFunc result;
  if (grouping.args().size() > 31) {
    fail(errcode::too_many_arguments, "GROUPING must have fewer than 32 arguments", grouping.location());
  }
  LevelSearch search;
  for (ast::Node arg : grouping.args()) {
    result.args.push_back(transform_expr_recurse(state, arg));
    search.node(result.args.back(), 0);
  }
  result.levels_up = search.level();
  ParseState* owner = &state;
  for (int i = 0; i < result.levels_up && owner->parent; ++i) owner = owner->parent;
  check_aggregate_allowed(owner->expr_kind, false, grouping.location());
  owner->has_aggs = true;
  return make(std::move(result), grouping.location());
}

}  // namespace pgplumb::engine::analyze

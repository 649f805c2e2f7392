// FROM: the first half of parse_clause.c.
#include <fmt/format.h>

#include <algorithm>

#include "engine/analyze/analyze.h"
#include "engine/analyze/join.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_clause.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_cte.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_func.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/parse_target.h"
#include "engine/analyze/table_func.h"
#include "engine/analyze/vars.h"

namespace pgplumb::engine::analyze {

using expr::make;

namespace {

FromItem single(const NamespaceItemPtr& item) { return {{expr::RangeTblRef{item->rt_index}}, item, {item}}; }

void check_future_cte(ParseState& state, ast::RangeVar relation) {
  std::string_view name = relation.relname();
  if (state.cache.find_relation(name) != invalid_oid || !is_future_cte(state, name)) return;
  fail(errcode::undefined_table, fmt::format("relation \"{}\" does not exist", name), relation.location(),
       fmt::format("There is a WITH item named \"{}\", but it cannot be referenced from this part of the query.", name),
       "Use WITH RECURSIVE, or re-order the WITH items to remove forward references.");
}

FromItem transform_range_var(ParseState& state, ast::RangeVar relation) {
  std::optional<expr::Alias> alias = alias_of(relation.alias());
  if (relation.schemaname().empty()) {
    if (FoundCte cte = find_cte(state, relation.relname()); cte.item) {
      const expr::CommonTableExpr& item = use_cte(cte, relation.location());
      return single(add_cte(state, item, cte.levels_up, std::move(alias), true));
    }
    check_future_cte(state, relation);
  }
  Oid oid = open_relation(state, relation);
  return single(add_relation(state, oid, std::move(alias), relation.inh(), true));
}

FromItem transform_range_subselect(ParseState& state, ast::RangeSubselect range) {
  ExprKind saved = state.expr_kind;
  state.expr_kind = ExprKind::from_subselect;
  state.lateral_active = range.lateral();
  QueryPtr query = analyze_subquery(state, range.subquery());
  state.lateral_active = false;
  state.expr_kind = saved;
  return single(add_subquery(state, std::move(query), alias_of(range.alias()), range.lateral(), true));
}

bool is_plain_unnest(ast::FuncCall call) {
  return call.funcname().size() == 1 && call.funcname()[0].str() == "unnest" && call.args().size() > 1 &&
         call.agg_order().empty() && !call.agg_filter() && !call.over() && !call.agg_star() && !call.agg_distinct() &&
         !call.func_variadic();
}

// unnest(a, b) in FROM is one unnest for each array.
void expand_unnest(ParseState& state, ast::FuncCall call, std::vector<FunctionEntry>& functions) {
  for (ast::Node arg : call.args()) {
    ExprKind saved = state.expr_kind;
    state.expr_kind = ExprKind::from_function;
    CallRequest request;
    request.name = {"pg_catalog", "unnest"};
    request.last_srf = state.last_srf;
    request.args = {transform_expr_recurse(state, arg)};
    request.location = call.location();
    NodePtr node = parse_func_or_column(state, std::move(request));
    state.expr_kind = saved;
    if (!node) fail(errcode::undefined_function, "function unnest does not exist", call.location());
    functions.push_back({"unnest", node, {}, call.location()});
  }
}

void add_function_item(ParseState& state, ast::Node pair, std::vector<FunctionEntry>& functions) {
  ast::List<ast::Node> parts = pair.items();
  ast::Node function = parts[0];
  ast::List<ast::Node> definition = parts.size() > 1 ? parts[1].items() : ast::List<ast::Node>();
  auto call = function.as<ast::FuncCall>();
  if (call && definition.empty() && is_plain_unnest(call)) return expand_unnest(state, call, functions);
  NodePtr last_srf = state.last_srf;
  NodePtr node = transform_expr(state, function, ExprKind::from_function);
  if (state.last_srf.get() != last_srf.get() && state.last_srf.get() != node.get()) {
    fail(errcode::feature_not_supported, "set-returning functions must appear at top level of FROM",
         location_of(state.last_srf));
  }
  functions.push_back({figure_column_name(state, function), node, definition, function.location()});
}

FromItem transform_range_function(ParseState& state, ast::RangeFunction range) {
  state.lateral_active = true;
  std::vector<FunctionEntry> functions;
  for (ast::Node pair : range.functions()) add_function_item(state, pair, functions);
  state.lateral_active = false;
  bool lateral = range.lateral();
  for (FunctionEntry& function : functions) {
    function.call = assign_expr_collations(state, function.call);
    lateral = lateral || contains_vars_of_level(function.call, 0);
  }
  if (!range.coldeflist().empty()) {
    if (functions.size() != 1) {
      fail(errcode::syntax_error, range.is_rowsfrom()
                                      ? "ROWS FROM() with multiple functions cannot have a column definition list"
                                      : "UNNEST() with multiple arguments cannot have a column definition list");
    }
    if (range.ordinality()) {
      fail(errcode::syntax_error, "WITH ORDINALITY cannot be used with a column definition list");
    }
    functions.front().definition = range.coldeflist();
  }
  return single(add_functions(state, functions, alias_of(range.alias()), range.ordinality(), range.is_rowsfrom(),
                              lateral, true));
}

bool can_be_sampled(const Syscache& cache, const expr::RangeTblEntry& entry) {
  const RelationRow* relation = entry.kind == expr::RteKind::relation ? cache.relation(entry.relation) : nullptr;
  return relation && (relation->kind == 'r' || relation->kind == 'm' || relation->kind == 'p');
}

FromItem transform_table_sample(ParseState& state, ast::RangeTableSample sample) {
  FromItem item = transform_from_item(state, sample.relation());
  if (!can_be_sampled(state.cache, *item.item->entry))
    fail(errcode::feature_not_supported, "TABLESAMPLE clause can only be applied to tables and materialized views",
         sample.relation().as<ast::RangeVar>().location());
  std::vector<std::string_view> name;
  for (ast::Node part : sample.method()) name.push_back(part.str());
  expr::TableSample result;
  result.method = find_function_exact(state.cache, name, {types::internal});
  if (result.method == invalid_oid) {
    fail(errcode::undefined_object, fmt::format("tablesample method {} does not exist", name.back()),
         sample.location());
  }
  for (ast::Node arg : sample.args()) {
    NodePtr node = coerce_to_specific_type(state, transform_expr(state, arg, ExprKind::from_function), types::float4,
                                           "TABLESAMPLE");
    result.args.push_back(assign_expr_collations(state, node));
  }
  if (sample.repeatable()) {
    NodePtr node = coerce_to_specific_type(state, transform_expr(state, sample.repeatable(), ExprKind::from_function),
                                           types::float8, "REPEATABLE");
    result.repeatable = assign_expr_collations(state, node);
  }
  item.item->entry->sample = std::move(result);
  return item;
}

}  // namespace

void set_lateral_state(const std::vector<NamespaceItemPtr>& items, bool lateral_only, bool lateral_ok) {
  for (const NamespaceItemPtr& item : items) {
    item->lateral_only = lateral_only;
    item->lateral_ok = lateral_ok;
  }
}

FromItem transform_from_item(ParseState& state, ast::Node node) {
  switch (node.tag()) {
    case ast::NodeTag::RangeVar: return transform_range_var(state, node.as<ast::RangeVar>());
    case ast::NodeTag::RangeSubselect: return transform_range_subselect(state, node.as<ast::RangeSubselect>());
    case ast::NodeTag::RangeFunction: return transform_range_function(state, node.as<ast::RangeFunction>());
    case ast::NodeTag::RangeTableSample: return transform_table_sample(state, node.as<ast::RangeTableSample>());
    case ast::NodeTag::JoinExpr: return transform_join(state, node.as<ast::JoinExpr>());
    case ast::NodeTag::RangeTableFunc:
      return single(transform_range_table_func(state, node.as<ast::RangeTableFunc>()));
    case ast::NodeTag::JsonTable: return single(transform_json_table(state, node.as<ast::JsonTable>()));
    default: not_simulated(fmt::format("{} in FROM", to_string(node.tag())), node.location());
  }
}

void transform_from_clause(ParseState& state, ast::List<ast::Node> from) {
  for (ast::Node node : from) {
    FromItem item = transform_from_item(state, node);
    check_name_conflicts(state, state.names, item.names);
    set_lateral_state(item.names, true, true);
    state.join_list.push_back(std::move(item.tree));
    state.names.insert(state.names.end(), item.names.begin(), item.names.end());
  }
  set_lateral_state(state.names, false, true);
}

int set_target_table(ParseState& state, ast::RangeVar relation, bool inherit, bool also_source) {
  if (relation.schemaname().empty() && find_cte(state, relation.relname()).item) {
    fail(errcode::syntax_error,
         fmt::format("relation \"{}\" cannot be the target of a modifying statement", relation.relname()),
         relation.location());
  }
  Oid oid = open_relation(state, relation);
  state.target = add_relation(state, oid, alias_of(relation.alias()), inherit, false);
  if (also_source) add_item_to_query(state, state.target, true, true, true);
  return state.target->rt_index;
}

NodePtr transform_where_clause(ParseState& state, ast::Node clause, ExprKind kind, std::string_view construct) {
  if (!clause) return nullptr;
  return coerce_to_boolean(state, transform_expr(state, clause, kind), construct);
}

NodePtr transform_limit_clause(ParseState& state, ast::Node clause, ExprKind kind, std::string_view construct,
                               bool with_ties) {
  if (!clause) return nullptr;
  NodePtr limit = coerce_to_specific_type(state, transform_expr(state, clause, kind), types::int8, construct);
  if (contains_vars_of_level(limit, 0)) {
    fail(errcode::invalid_column_reference, fmt::format("argument of {} must not contain variables", construct),
         location_of_var(limit, 0));
  }
  auto constant = clause.as<ast::A_Const>();
  if (with_ties && constant && constant.isnull()) {
    fail("2201W", "row count cannot be null in FETCH FIRST ... WITH TIES clause");
  }
  return limit;
}

}  // namespace pgplumb::engine::analyze

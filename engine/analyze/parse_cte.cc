#include "engine/analyze/parse_cte.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/analyze/analyze.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/typcache.h"

namespace pgplumb::engine::analyze {

using expr::type_of;

namespace {

expr::CteMaterialize materialize_of(ast::CTEMaterialize word) {
  switch (word) {
    case ast::CTEMaterialize::CTEMaterializeAlways: return expr::CteMaterialize::always;
    case ast::CTEMaterialize::CTEMaterializeNever: return expr::CteMaterialize::never;
    default: return expr::CteMaterialize::unspecified;
  }
}

std::vector<std::string> strings(ast::List<ast::Node> list) {
  std::vector<std::string> result;
  for (ast::Node node : list) result.emplace_back(node.str());
  return result;
}

const std::vector<expr::TargetEntry>& output_of(const expr::Query& query) {
  return query.command == expr::CommandType::select ? query.targets : query.returning;
}

// analyzeCTETargetList
void set_columns(ParseState& state, expr::CommonTableExpr& cte, const std::vector<expr::TargetEntry>& targets) {
  expr::ColumnTypes columns;
  columns.names = cte.alias_columns;
  std::size_t count = 0;
  for (const expr::TargetEntry& target : targets) {
    if (target.junk) continue;
    if (++count > columns.names.size()) columns.names.push_back(target.name);
    Oid type = type_of(*target.expr);
    std::int32_t typmod = expr::typmod_of(*target.expr);
    Oid collation = expr::collation_of(*target.expr);
    // A recursive query's literals are text, as the other term may not decide it.
    if (cte.recursive && type == types::unknown) {
      type = types::text;
      typmod = -1;
      collation = catalog::collations::default_;
    }
    columns.types.push_back(type);
    columns.typmods.push_back(typmod);
    columns.collations.push_back(collation);
  }
  if (count < cte.alias_columns.size()) {
    fail(errcode::invalid_column_reference,
         fmt::format("WITH query \"{}\" has {} columns available but {} columns specified", cte.name, count,
                     cte.alias_columns.size()));
  }
  static_cast<void>(state);
  cte.columns = std::move(columns);
}

void check_recursive_columns(ParseState& state, const expr::CommonTableExpr& cte) {
  std::size_t i = 0;
  for (const expr::TargetEntry& target : cte.query->targets) {
    if (target.junk) continue;
    Oid type = type_of(*target.expr);
    std::int32_t typmod = expr::typmod_of(*target.expr);
    if (type != cte.columns.types[i] || typmod != cte.columns.typmods[i]) {
      fail(errcode::datatype_mismatch,
           fmt::format("recursive query \"{}\" column {} has type {} in non-recursive term but type {} overall",
                       cte.name, i + 1, format_type_with_typmod(state.cache, cte.columns.types[i], cte.columns.typmods[i]),
                       format_type_with_typmod(state.cache, type, typmod)),
           -1, {}, "Cast the output of the non-recursive term to the correct type.");
    }
    if (expr::collation_of(*target.expr) != cte.columns.collations[i]) {
      fail(errcode::collation_mismatch,
           fmt::format("recursive query \"{}\" column {} has a different collation in its non-recursive term", cte.name,
                       i + 1),
           -1, {}, "Use the COLLATE clause to set the collation of the non-recursive term.");
    }
    ++i;
  }
}

NodePtr cycle_value(ParseState& state, ast::Node node, bool fallback) {
  return node ? transform_expr(state, node, ExprKind::cycle_mark) : make_bool_const(fallback);
}

void set_cycle(ParseState& state, ast::CTECycleClause node, expr::CommonTableExpr& cte) {
  expr::CteCycleClause cycle;
  cycle.columns = strings(node.cycle_col_list());
  cycle.mark_column = node.cycle_mark_column();
  cycle.path_column = node.cycle_path_column();
  NodePtr value = cycle_value(state, node.cycle_mark_value(), true);
  NodePtr fallback = cycle_value(state, node.cycle_mark_default(), false);
  std::vector<NodePtr> both{value, fallback};
  cycle.mark_type = select_common_type(state, both, "CYCLE");
  value = coerce_to_common_type(state, value, cycle.mark_type, "CYCLE/SET/TO");
  fallback = coerce_to_common_type(state, fallback, cycle.mark_type, "CYCLE/SET/DEFAULT");
  cycle.mark_typmod = select_common_typmod({value, fallback}, cycle.mark_type);
  cycle.mark_collation = select_common_collation(state, {value, fallback}, true);
  cycle.mark_value = assign_expr_collations(state, value);
  cycle.mark_default = assign_expr_collations(state, fallback);
  const OperatorRow* equal = state.cache.op(type_operators(state.cache, cycle.mark_type).equal);
  if (!equal || equal->negator == invalid_oid) {
    fail(errcode::undefined_function,
         fmt::format("could not identify an inequality operator for type {}", format_type(state.cache, cycle.mark_type)));
  }
  cycle.mark_not_equal_op = equal->negator;
  cte.cycle = std::move(cycle);
}

void set_search(ast::CTESearchClause node, expr::CommonTableExpr& cte) {
  expr::CteSearchClause search;
  search.columns = strings(node.search_col_list());
  search.breadth_first = node.search_breadth_first();
  search.sequence_column = node.search_seq_column();
  cte.search = std::move(search);
}

void analyze_item(WithScope& scope, WithItem& item) {
  ParseState& state = *scope.owner;
  item.progress = WithItem::Progress::running;
  scope.running.push_back(&item);
  if (item.node.search_clause()) set_search(item.node.search_clause(), item.cte);
  if (item.node.cycle_clause()) set_cycle(state, item.node.cycle_clause(), item.cte);
  QueryPtr query = analyze_subquery(state, item.node.ctequery(), scope.recursive ? &item.cte : nullptr);
  scope.running.pop_back();
  item.progress = WithItem::Progress::done;
  if (query->command != expr::CommandType::select) state.has_modifying_cte = true;
  item.cte.query = query;
  if (item.cte.recursive) {
    check_recursive_columns(state, item.cte);
  } else {
    set_columns(state, item.cte, output_of(*query));
  }
  if ((item.cte.search || item.cte.cycle) && !item.cte.recursive) {
    fail(errcode::syntax_error, "WITH query is not recursive", item.node.location());
  }
}

void check_names(const WithScope& scope) {
  for (std::size_t i = 0; i < scope.items.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (scope.items[i].cte.name != scope.items[j].cte.name) continue;
      fail(errcode::duplicate_alias,
           fmt::format("WITH query name \"{}\" specified more than once", scope.items[i].cte.name),
           scope.items[i].node.location());
    }
  }
}

void add_need(WithScope& scope, const WithItem& needed) {
  if (scope.running.empty() || scope.running.back() == &needed) return;
  scope.running.back()->needs.push_back(&needed);
}

// The first item that needs none of those still to come is next: TopologicalSort.
std::vector<WithItem*> in_dependency_order(WithScope& scope) {
  std::vector<WithItem*> order;
  for (WithItem& item : scope.items) order.push_back(&item);
  if (!scope.recursive) return order;
  for (std::size_t i = 0; i < order.size(); ++i) {
    auto is_free = [&](const WithItem* item) {
      return std::none_of(item->needs.begin(), item->needs.end(), [&](const WithItem* need) {
        return std::find(order.begin() + static_cast<std::ptrdiff_t>(i), order.end(), need) != order.end();
      });
    };
    auto next = std::find_if(order.begin() + static_cast<std::ptrdiff_t>(i), order.end(), is_free);
    if (next != order.end()) std::iter_swap(order.begin() + static_cast<std::ptrdiff_t>(i), next);
  }
  return order;
}

WithItem* cte_named(WithScope* scope, std::string_view name) {
  if (!scope) return nullptr;
  for (WithItem& item : scope->items) {
    if (item.cte.name == name) return &item;
  }
  return nullptr;
}

}  // namespace

void transform_with_clause(ParseState& state, ast::WithClause with, expr::Query& query) {
  if (!with) return;
  query.has_recursive = with.recursive();
  auto scope = std::make_shared<WithScope>();
  scope->recursive = with.recursive();
  scope->owner = &state;
  for (ast::Node node : with.ctes()) {
    WithItem& item = scope->items.emplace_back();
    item.node = node.as<ast::CommonTableExpr>();
    item.cte.name = item.node.ctename();
    item.cte.alias_columns = strings(item.node.aliascolnames());
    item.cte.materialize = materialize_of(item.node.ctematerialized());
  }
  check_names(*scope);
  state.with = scope;
  for (WithItem& item : scope->items) {
    if (item.progress == WithItem::Progress::waiting) analyze_item(*scope, item);
  }
  query.has_modifying_cte = state.has_modifying_cte;
}

std::vector<expr::CommonTableExpr> take_ctes(ParseState& state) {
  std::vector<expr::CommonTableExpr> ctes;
  if (!state.with) return ctes;
  for (WithItem* item : in_dependency_order(*state.with)) ctes.push_back(item->cte);
  return ctes;
}

FoundCte find_cte(ParseState& state, std::string_view name) {
  int levels_up = 0;
  for (ParseState* level = &state; level; level = level->parent, ++levels_up) {
    WithItem* item = cte_named(level->with.get(), name);
    if (!item) continue;
    WithScope& scope = *level->with;
    if (!scope.recursive && item->progress != WithItem::Progress::done) continue;
    add_need(scope, *item);
    if (item->progress == WithItem::Progress::waiting) analyze_item(scope, *item);
    if (item->progress == WithItem::Progress::running && scope.running.back() != item) {
      fail(errcode::feature_not_supported, "mutual recursion between WITH items is not implemented",
           item->node.location());
    }
    return {item, levels_up};
  }
  return {};
}

const expr::CommonTableExpr& use_cte(FoundCte found, int location) {
  WithItem& item = *found.item;
  ++item.cte.reference_count;
  if (item.progress != WithItem::Progress::running) return item.cte;
  auto select = item.node.ctequery().as<ast::SelectStmt>();
  if (!select || select.op() != ast::SetOperation::SETOP_UNION) {
    fail(errcode::invalid_recursion,
         fmt::format("recursive query \"{}\" does not have the form non-recursive-term UNION [ALL] recursive-term",
                     item.cte.name),
         item.node.location());
  }
  if (item.cte.columns.types.empty()) {
    fail(errcode::invalid_recursion,
         fmt::format("recursive reference to query \"{}\" must not appear within its non-recursive term",
                     item.cte.name),
         location);
  }
  item.cte.recursive = true;
  return item.cte;
}

bool is_future_cte(ParseState& state, std::string_view name) {
  for (ParseState* level = &state; level; level = level->parent) {
    WithItem* item = cte_named(level->with.get(), name);
    if (item && !level->with->recursive && item->progress != WithItem::Progress::done) return true;
  }
  return false;
}

void note_recursive_columns(ParseState& state, expr::CommonTableExpr& cte,
                            const std::vector<expr::TargetEntry>& targets) {
  bool recursive = cte.recursive;
  cte.recursive = true;
  set_columns(state, cte, targets);
  cte.recursive = recursive;
}

}  // namespace pgplumb::engine::analyze

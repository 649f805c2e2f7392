#include "engine/analyze/row_shape.h"

#include "catalog/base/name.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_cte.h"
#include "engine/analyze/parse_relation.h"

namespace pgplumb::engine::analyze {

using expr::as;
using expr::make;

namespace {

bool has_out_columns(const std::vector<ArgRow>& args) {
  int outs = 0;
  bool table = false;
  for (const ArgRow& arg : args) {
    if (arg.mode != ArgMode::in && arg.mode != ArgMode::variadic) ++outs;
    table = table || arg.mode == ArgMode::table;
  }
  return outs > 1 || (table && outs > 0);
}

// An OUT parameter's polymorphic type is what the call's arguments made of it.
Oid resolved_out_type(const Syscache& cache, const expr::FuncExpr& call, Oid declared) {
  if (!is_polymorphic(declared)) return declared;
  const ProcRow* proc = cache.proc(call.function);
  if (!proc) return declared;
  std::vector<Oid> actual, parameters(proc->args.begin(), proc->args.end());
  for (const NodePtr& arg : call.args) actual.push_back(expr::type_of(*arg));
  for (std::size_t i = actual.size(); i < parameters.size(); ++i) actual.push_back(parameters[i]);
  actual.resize(parameters.size());
  return enforce_generic_type_consistency(cache, actual, parameters, declared, false);
}

std::optional<RowShape> row_expr_shape(const expr::RowExpr& row) {
  RowShape shape;
  for (std::size_t i = 0; i < row.args.size(); ++i) {
    ColumnRow column;
    column.number = static_cast<int>(i) + 1;
    if (i < row.column_names.size()) column.name = row.column_names[i];
    column.type = {expr::type_of(*row.args[i]), expr::typmod_of(*row.args[i])};
    column.collation = expr::collation_of(*row.args[i]);
    shape.push_back(column);
  }
  return shape;
}

/// Where an anonymous record comes from, through subqueries, joins and WITH items: expandRecordVariable.
class RecordSource {
 public:
  explicit RecordSource(ParseState& state) : state_(state) {}

  std::optional<RowShape> of(const NodePtr& node) {
    if (auto shape = type_row_shape(state_.cache, expr::type_of(*node))) return shape;
    if (const auto* call = as<expr::FuncExpr>(node)) return function_out_shape(state_.cache, *call);
    if (const auto* row = as<expr::RowExpr>(node)) return row_expr_shape(*row);
    const auto* var = as<expr::Var>(node);
    return var && var->attribute >= 0 ? of_var(*var) : std::nullopt;
  }

 private:
  // Finished queries that are being looked into, innermost last; below them lies the state's own query.
  const expr::RangeTblEntry& entry(const expr::Var& var) {
    auto up = static_cast<std::size_t>(var.levels_up);
    if (up < inside_.size()) {
      return inside_[inside_.size() - 1 - up]->range_table[static_cast<std::size_t>(var.rt_index) - 1];
    }
    return entry_of(state_, var.rt_index, static_cast<int>(up - inside_.size() + base_));
  }

  std::optional<RowShape> of_var(const expr::Var& var) {
    const expr::RangeTblEntry& source = entry(var);
    if (var.attribute == 0) return entry_shape(state_.cache, source, &state_);
    auto column = static_cast<std::size_t>(var.attribute) - 1;
    switch (source.kind) {
      case expr::RteKind::subquery: return of_target(*source.subquery, var, static_cast<std::size_t>(var.levels_up));
      case expr::RteKind::join: return of_join_column(source.join_alias_vars[column], var);
      case expr::RteKind::cte: return of_cte(source, var);
      default: return std::nullopt;
    }
  }

  std::optional<RowShape> of_join_column(const NodePtr& alias, const expr::Var& var) {
    const auto* inner = as<expr::Var>(alias);
    if (!inner) return std::nullopt;
    expr::Var raised = *inner;
    raised.levels_up += var.levels_up;
    return raised.attribute >= 0 ? of_var(raised) : std::nullopt;
  }

  /// `levels`: how far out the query stands that holds this one.
  std::optional<RowShape> of_target(const expr::Query& query, const expr::Var& var, std::size_t levels) {
    for (const expr::TargetEntry& target : query.targets) {
      if (target.junk || target.resno != var.attribute) continue;
      std::vector<const expr::Query*> saved = inside_;
      const std::size_t saved_base = base_;
      base_ += levels - std::min(inside_.size(), levels);
      inside_.resize(inside_.size() - std::min(inside_.size(), levels));
      inside_.push_back(&query);
      std::optional<RowShape> shape = of(target.expr);
      inside_ = std::move(saved);
      base_ = saved_base;
      return shape;
    }
    return std::nullopt;
  }

  std::optional<RowShape> of_cte(const expr::RangeTblEntry& source, const expr::Var& var) {
    auto up = static_cast<std::size_t>(source.cte_levels_up + var.levels_up);
    if (up < inside_.size()) {
      for (const expr::CommonTableExpr& cte : inside_[inside_.size() - 1 - up]->ctes) {
        if (cte.name == source.cte_name && cte.query) return of_target(*cte.query, var, up);
      }
      return std::nullopt;
    }
    ParseState* level = &state_;
    for (std::size_t i = inside_.size(); i < up + base_ && level; ++i) level = level->parent;
    if (!level || !level->with) return std::nullopt;
    for (const WithItem& item : level->with->items) {
      if (item.cte.name == source.cte_name && item.cte.query) return of_target(*item.cte.query, var, up);
    }
    return std::nullopt;
  }

  ParseState& state_;
  std::vector<const expr::Query*> inside_;
  std::size_t base_ = 0;  // how many of the state's levels lie within those already left
};

}  // namespace

std::optional<RowShape> type_row_shape(const Syscache& cache, Oid type) {
  Oid relation = type_or_domain_relation(cache, type);
  if (relation == invalid_oid) return std::nullopt;
  return cache.columns(relation);
}

std::optional<RowShape> function_out_shape(const Syscache& cache, const expr::FuncExpr& call) {
  std::vector<ArgRow> args = cache.proc_args(call.function);
  if (!has_out_columns(args)) return std::nullopt;
  RowShape shape;
  for (const ArgRow& arg : args) {
    if (arg.mode == ArgMode::in || arg.mode == ArgMode::variadic) continue;
    ColumnRow column;
    column.number = static_cast<int>(shape.size()) + 1;
    column.name = arg.name.empty() ? catalog::Name("column" + std::to_string(column.number)).view() : arg.name;
    column.type = {resolved_out_type(cache, call, arg.type), -1};
    column.collation = type_collation(cache, column.type.type);
    shape.push_back(column);
  }
  return shape;
}

std::optional<RowShape> expr_row_shape(ParseState& state, const NodePtr& node) {
  Oid type = expr::type_of(*node);
  if (auto shape = type_row_shape(state.cache, type)) return shape;
  return type == types::record ? RecordSource(state).of(node) : std::nullopt;
}

NodePtr parse_complex_projection(ParseState& state, std::string_view name, const NodePtr& composite, int location) {
  if (const auto* var = as<expr::Var>(composite); var && var->attribute == 0) {
    NamespaceItemPtr item = item_at(state, var->rt_index, var->levels_up);
    return find_column_in(state, *item, var->levels_up, name, location);
  }
  std::optional<RowShape> shape = expr_row_shape(state, composite);
  if (!shape) return nullptr;
  for (std::size_t i = 0; i < shape->size(); ++i) {
    const ColumnRow& column = (*shape)[i];
    if (column.dropped || column.name != name) continue;
    expr::FieldSelect field;
    field.arg = composite;
    field.field = static_cast<int>(i) + 1;
    field.type = column.type.type;
    field.typmod = column.type.typmod;
    field.collation = column.collation;
    field.column = column.column;
    return make(std::move(field), location);
  }
  return nullptr;
}

}  // namespace pgplumb::engine::analyze

#include "engine/analyze/row_shape.h"

#include "catalog/base/name.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/parse_coerce.h"
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

// The columns of an anonymous record that a Var holds, from where the Var comes from: expandRecordVariable.
std::optional<RowShape> record_var_shape(ParseState& state, const expr::Var& var) {
  const expr::RangeTblEntry& entry = entry_of(state, var.rt_index, var.levels_up);
  if (var.attribute == 0) return entry_shape(state.cache, entry, &state);
  if (entry.kind != expr::RteKind::subquery || var.attribute < 0) return std::nullopt;
  for (const expr::TargetEntry& target : entry.subquery->targets) {
    if (target.resno != var.attribute || target.junk) continue;
    const auto* row = as<expr::RowExpr>(target.expr);
    return row ? row_expr_shape(*row) : std::nullopt;
  }
  return std::nullopt;
}

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
  if (type != types::record) return std::nullopt;
  if (const auto* call = as<expr::FuncExpr>(node)) return function_out_shape(state.cache, *call);
  if (const auto* row = as<expr::RowExpr>(node)) return row_expr_shape(*row);
  if (const auto* var = as<expr::Var>(node)) return record_var_shape(state, *var);
  return std::nullopt;
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

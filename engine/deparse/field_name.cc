// The name of a field selected from a row, which for anonymous rows has to be found where the row was made:
// get_name_for_var_field.
#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace types = catalog::types;

namespace {

std::string nth_name(const std::vector<std::string>& names, int field) {
  auto index = static_cast<std::size_t>(field) - 1;
  return index < names.size() ? names[index] : "???";
}

// The output arguments of a function that returns record, in order.
std::string output_argument_name(const Syscache& cache, Oid function, int field) {
  int seen = 0;
  for (const analyze::ArgRow& argument : cache.proc_args(function)) {
    using Mode = analyze::ArgMode;
    if (argument.mode != Mode::out && argument.mode != Mode::in_out && argument.mode != Mode::table) continue;
    if (++seen == field) return argument.name.empty() ? "column" + std::to_string(field) : std::string(argument.name);
  }
  return "???";
}

const expr::TargetEntry* target_at(const std::vector<expr::TargetEntry>& targets, int resno) {
  for (const expr::TargetEntry& entry : targets)
    if (entry.resno == resno && !entry.junk) return &entry;
  return nullptr;
}

// What a WITH item's columns come from: the target list, or RETURNING's of a command that changes data.
const std::vector<expr::TargetEntry>& output_of(const expr::Query& query) {
  return query.command == expr::CommandType::select ? query.targets : query.returning;
}

}  // namespace

std::string Printer::field_name_by_type(const Node& node, int field) const {
  if (const auto* row = node.as<expr::RowExpr>())
    if (row->type == types::record) return "f" + std::to_string(field);
  if (Oid relation = analyze::type_or_domain_relation(cache_, expr::type_of(node)))
    return std::string(attribute_name(cache_, relation, field));
  if (const auto* call = node.as<expr::FuncExpr>()) return output_argument_name(cache_, call->function, field);
  return "f" + std::to_string(field);
}

std::string Printer::field_name(const Node& node, int field, int levels_up) {
  if (const auto* row = node.as<expr::RowExpr>())
    if (field >= 1 && static_cast<std::size_t>(field) <= row->column_names.size())
      return row->column_names[static_cast<std::size_t>(field) - 1];
  const auto* var = node.as<expr::Var>();
  if (!var || var->type != types::record) return field_name_by_type(node, field);
  return field_name_of_column(*var, field, levels_up);
}

std::string Printer::field_name_in_subquery(const expr::Query& query, int column, int field, const Level* outer) {
  const expr::TargetEntry* target = target_at(output_of(query), column);
  if (!target) return "???";
  if (!target->expr->is<expr::Var>()) return field_name_by_type(*target->expr, field);
  Level level = level_of_query(cache_, query, outer);
  const Level* saved = context_.level;
  context_.level = &level;
  std::string name = field_name(*target->expr, field, 0);
  context_.level = saved;
  return name;
}

namespace {

// The field of a row that stands for a whole range-table entry.
std::string entry_column_name(const Syscache& cache, const expr::RangeTblEntry& entry, int field) {
  if (entry.kind == expr::RteKind::relation) return std::string(attribute_name(cache, entry.relation, field));
  if (entry.alias && static_cast<std::size_t>(field) <= entry.alias->columns.size())
    return nth_name(entry.alias->columns, field);
  return nth_name(entry.eref.columns, field);
}

const expr::CommonTableExpr* find_cte(const Level* level, const std::string& name) {
  if (!level || !level->ctes) return nullptr;
  for (const expr::CommonTableExpr& cte : *level->ctes)
    if (cte.name == name) return &cte;
  return nullptr;
}

}  // namespace

std::string Printer::field_name_of_column(const expr::Var& var, int field, int levels_up) {
  const int up = var.levels_up + levels_up;
  const Level& level = level_at(up);
  const bool written = var.written_rt_index > 0;
  const int rt_index = written ? var.written_rt_index.value : var.rt_index;
  const int attribute = written ? var.written_attribute.value : var.attribute;
  if (!level.holds(rt_index)) return "???";
  const expr::RangeTblEntry& entry = level.entry(rt_index);
  if (attribute == 0) return entry_column_name(cache_, entry, field);
  if (entry.kind == expr::RteKind::join) {
    const NodePtr& source = entry.join_alias_vars[static_cast<std::size_t>(attribute) - 1];
    return source ? field_name(*source, field, up) : "???";
  }
  if (entry.kind == expr::RteKind::subquery)
    return field_name_in_subquery(*entry.subquery, attribute, field, &level);
  const Level* holder = entry.kind == expr::RteKind::cte ? level.ancestor(entry.cte_levels_up) : nullptr;
  if (const expr::CommonTableExpr* cte = find_cte(holder, entry.cte_name))
    return field_name_in_subquery(*cte->query, attribute, field, holder);
  return "f" + std::to_string(field);
}

void Printer::print(const expr::FieldSelect& n, bool) {
  const bool bare = n.arg->is<expr::SubscriptingRef>() || n.arg->is<expr::FieldSelect>();
  if (!bare) text("(");
  node(n.arg, true);
  if (!bare) text(")");
  text(".");
  identifier(field_name(*n.arg, n.field, 0));
}

}  // namespace pgplumb::engine::deparse

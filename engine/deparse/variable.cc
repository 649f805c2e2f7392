// Columns and parameters: get_variable and get_parameter.
#include <fmt/format.h>

#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

namespace {

/// Where the column is looked up: as it was written, which may be a join above the entry that it comes from.
struct Place {
  int rt_index;
  int attribute;
};

Place place_of(const expr::Var& var) {
  if (var.written_rt_index > 0) return {var.written_rt_index, var.written_attribute};
  return {var.rt_index, var.attribute};
}

const std::string& entry_name(const Level& level, const expr::Var& var, int rt_index) {
  static const std::string none;
  if (var.returning == expr::VarReturning::old_row) return level.returning_old;
  if (var.returning == expr::VarReturning::new_row) return level.returning_new;
  const auto& name = level.name_of(rt_index);
  return name ? *name : none;
}

std::string column_name(const Level& level, const Place& place) {
  if (place.attribute < 0) return std::string(system_attribute_name(place.attribute));
  const auto& names = level.columns_of(place.rt_index).names;
  auto index = static_cast<std::size_t>(place.attribute) - 1;
  return index < names.size() && names[index] ? *names[index] : "?dropped?column?";
}

// What a column of an unnamed join stands for, if it is a plain column of one side: that has a name to be called by.
const expr::Var* behind_unnamed_join(const Level& level, const Place& place) {
  const expr::RangeTblEntry& entry = level.entry(place.rt_index);
  if (entry.kind != expr::RteKind::join || entry.alias || place.attribute <= 0) return nullptr;
  auto index = static_cast<std::size_t>(place.attribute) - 1;
  return index < entry.join_alias_vars.size() ? expr::as<expr::Var>(entry.join_alias_vars[index]) : nullptr;
}

}  // namespace

const Level& Printer::level_at(int levels_up) const {
  static const Level none;
  const Level* level = context_.level ? context_.level->ancestor(levels_up) : nullptr;
  return level ? *level : none;
}

std::string Printer::output_name(const expr::TargetEntry& entry, int column) const {
  auto index = static_cast<std::size_t>(column) - 1;
  if (context_.result_names && index < context_.result_names->size()) return (*context_.result_names)[index];
  return entry.name;
}

// ORDER BY takes a bare name for that of an output column first.
bool Printer::names_other_target(const expr::Var& var, const std::string& name) const {
  if (!context_.simple_order_by || !context_.targets) return false;
  int column = 0;
  for (const expr::TargetEntry& entry : *context_.targets) {
    if (entry.junk) continue;
    if (output_name(entry, ++column) != name) continue;
    const auto* other = expr::as<expr::Var>(entry.expr);
    if (!other || !(*other == var)) return true;
  }
  return false;
}

std::optional<std::string> Printer::variable(const expr::Var& var, int levels_up, bool top_level) {
  const Level& level = level_at(var.levels_up + levels_up);
  const Place place = place_of(var);
  if (!level.holds(place.rt_index)) {
    text("???");
    return std::nullopt;
  }
  if (const expr::Var* source = behind_unnamed_join(level, place))
    return variable(*source, var.levels_up + levels_up, top_level);
  std::optional<std::string> name;
  if (place.attribute != 0) name = column_name(level, place);
  const std::string& prefix = entry_name(level, var, place.rt_index);
  bool qualify = context_.qualify_columns || !name || var.returning != expr::VarReturning::none ||
                 names_other_target(var, *name);
  if (qualify && !prefix.empty()) {
    identifier(prefix);
    text(".");
  }
  if (name) {
    identifier(*name);
    return name;
  }
  text("*");
  if (top_level) {
    text("::");
    type(var.type, var.typmod);
  }
  return std::nullopt;
}

void Printer::print(const expr::Var& n, bool) { variable(n, 0, false); }

void Printer::toplevel(const NodePtr& node, bool show_implicit) {
  if (const auto* var = expr::as<expr::Var>(node))
    variable(*var, 0, true);
  else
    this->node(node, show_implicit);
}

void Printer::toplevel_list(const Nodes& nodes, bool show_implicit) {
  std::string_view separator = "";
  for (const NodePtr& node : nodes) {
    text(separator);
    toplevel(node, show_implicit);
    separator = ", ";
  }
}

namespace {

// ruleutils counts the arguments of all modes, which is right as long as output arguments come last.
std::string argument_name(const Syscache& cache, Oid function, const expr::Param& param) {
  const auto arguments = cache.proc_args(function);
  const auto index = static_cast<std::size_t>(param.id) - 1;
  return index < arguments.size() ? std::string(arguments[index].name) : param.name.value;
}

}  // namespace

void Printer::print(const expr::Param& n, bool) {
  const Level* outermost = context_.level;
  bool entries_in_sight = false;
  for (const Level* level = context_.level; level; level = level->outer) {
    outermost = level;
    entries_in_sight = entries_in_sight || !level->names.empty();
  }
  std::string name;
  if (outermost && outermost->function != invalid_oid) name = argument_name(cache_, outermost->function, n);
  if (name.empty()) {
    out_ += fmt::format("${}", n.id);
    return;
  }
  if (entries_in_sight) {
    if (const analyze::ProcRow* function = cache_.proc(outermost->function)) identifier(function->name);
    text(".");
  }
  identifier(name);
}

}  // namespace pgplumb::engine::deparse

// WINDOW and OVER: transformWindowDefinitions of parse_clause.c.
#include <fmt/format.h>

#include "engine/analyze/format_type.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_clause.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/typcache.h"
#include "engine/analyze/vars.h"

namespace pgplumb::engine::analyze {

using expr::type_of;

namespace {

namespace frame = expr::frame;

constexpr int default_frame = frame::range | frame::start_unbounded_preceding | frame::end_current_row;
constexpr int in_range_function = 3;  // BTINRANGE_PROC

class WindowDefinition {
 public:
  WindowDefinition(ParseState& state, Targets& targets, const std::vector<expr::WindowClause>& before,
                   ast::WindowDef def)
      : state_(state), targets_(targets), before_(before), def_(def) {}

  expr::WindowClause run(std::uint32_t ref) {
    window_.window_ref = ref;
    window_.name = def_.name();
    window_.ref_name = def_.refname();
    window_.frame_options = def_.frame_options();
    check_name();
    const expr::WindowClause* base = def_.refname().empty() ? nullptr : &named(def_.refname());
    std::vector<expr::GroupingSet> sets;
    SortList order = transform_sort_clause(state_, def_.order_clause(), targets_, ExprKind::window_order, true);
    SortList partition = transform_group_clause(state_, def_.partition_clause(), targets_, order, sets,
                                                ExprKind::window_partition, true);
    build_on(base, std::move(partition), std::move(order));
    frame_offsets();
    return std::move(window_);
  }

 private:
  const expr::WindowClause* find(std::string_view name) const {
    for (const expr::WindowClause& window : before_) {
      if (!window.name.empty() && window.name == name) return &window;
    }
    return nullptr;
  }
  const expr::WindowClause& named(std::string_view name) const {
    if (const expr::WindowClause* window = find(name)) return *window;
    fail(errcode::undefined_object, fmt::format("window \"{}\" does not exist", name), def_.location());
  }
  void check_name() const {
    if (def_.name().empty() || !find(def_.name())) return;
    fail(errcode::windowing_error, fmt::format("window \"{}\" is already defined", def_.name()), def_.location());
  }

  void build_on(const expr::WindowClause* base, SortList partition, SortList order) {
    auto refuse = [this](const char* what) {
      fail(errcode::windowing_error, fmt::format("cannot override {} clause of window \"{}\"", what, def_.refname()),
           def_.location());
    };
    if (base && !partition.empty()) refuse("PARTITION BY");
    if (base && !order.empty() && !base->order.empty()) refuse("ORDER BY");
    window_.partition = base ? base->partition : std::move(partition);
    window_.copied_order = base && order.empty();
    window_.order = window_.copied_order ? base->order : std::move(order);
    if (base && base->frame_options != default_frame) refuse_frame_copy();
  }

  void refuse_frame_copy() const {
    bool bare = def_.order_clause().empty() && def_.frame_options() == default_frame;
    SqlError error(errcode::windowing_error,
                   fmt::format("cannot copy window \"{}\" because it has a frame clause", def_.refname()));
    if (bare) error.hint = "Omit the parentheses in this OVER clause.";
    error.location = def_.location();
    throw error;
  }

  void frame_offsets() {
    bool start = window_.frame_options & (frame::start_offset_preceding | frame::start_offset_following);
    bool end = window_.frame_options & (frame::end_offset_preceding | frame::end_offset_following);
    bool range = window_.frame_options & frame::range;
    if (range && (start || end)) find_range_family();
    if ((window_.frame_options & frame::groups) && window_.order.empty()) {
      fail(errcode::windowing_error, "GROUPS mode requires an ORDER BY clause", def_.location());
    }
    window_.start_offset = offset(def_.start_offset(), window_.start_in_range);
    window_.end_offset = offset(def_.end_offset(), window_.end_in_range);
  }

  void find_range_family() {
    if (window_.order.size() != 1) {
      fail(errcode::windowing_error, "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column",
           def_.location());
    }
    for (const AmopRow& row : state_.cache.amops_of_operator(window_.order.front().sort_op)) {
      if (row.access_method != btree_access_method) continue;
      family_ = row.family;
      family_type_ = row.left;
      return;
    }
  }

  NodePtr offset(ast::Node node, Oid& in_range) {
    if (!node) return nullptr;
    if (window_.frame_options & frame::rows) return counted(node, ExprKind::window_frame_rows, "ROWS");
    if (window_.frame_options & frame::groups) return counted(node, ExprKind::window_frame_groups, "GROUPS");
    NodePtr value = transform_expr(state_, node, ExprKind::window_frame_range);
    return var_free(range_offset(value, in_range), "RANGE");
  }

  NodePtr counted(ast::Node node, ExprKind kind, const char* construct) {
    return var_free(coerce_to_specific_type(state_, transform_expr(state_, node, kind), types::int8, construct),
                    construct);
  }

  NodePtr var_free(NodePtr node, const char* construct) const {
    if (!contains_vars_of_level(node, 0)) return node;
    fail(errcode::invalid_column_reference, fmt::format("argument of {} must not contain variables", construct),
         location_of_var(node, 0));
  }

  // The family's in_range function whose offset type fits best.
  NodePtr range_offset(const NodePtr& value, Oid& in_range) {
    Oid type = type_of(*value);
    Oid preferred = type == types::unknown ? family_type_ : type;
    Oid chosen = invalid_oid;
    int known = 0, matching = 0;
    for (const auto& row : state_.cache.builtin().amprocs_of_family(family_)) {
      if (row.amprocnum != in_range_function || row.amproclefttype != family_type_) continue;
      ++known;
      if (!can_coerce_type(state_.cache, type, row.amprocrighttype, CoercionContext::implicit)) continue;
      ++matching;
      if (chosen == preferred) continue;
      chosen = row.amprocrighttype;
      in_range = row.amproc;
    }
    check_range_choice(known, matching, chosen == preferred, value);
    return coerce_type(state_, value, type, chosen, -1, {});
  }

  void check_range_choice(int known, int matching, bool exact, const NodePtr& value) const {
    std::string column = format_type(state_.cache, family_type_), offset = format_type(state_.cache, type_of(*value));
    if (known == 0) {
      fail(errcode::feature_not_supported,
           fmt::format("RANGE with offset PRECEDING/FOLLOWING is not supported for column type {}", column),
           location_of(value));
    }
    if (matching == 0) {
      fail(errcode::feature_not_supported,
           fmt::format("RANGE with offset PRECEDING/FOLLOWING is not supported for column type {} and offset type {}",
                       column, offset),
           location_of(value), {}, "Cast the offset value to an appropriate type.");
    }
    if (matching > 1 && !exact) {
      fail(errcode::feature_not_supported,
           fmt::format("RANGE with offset PRECEDING/FOLLOWING has multiple interpretations for column type {} and "
                       "offset type {}",
                       column, offset),
           location_of(value), {}, "Cast the offset value to the exact intended type.");
    }
  }

  ParseState& state_;
  Targets& targets_;
  const std::vector<expr::WindowClause>& before_;
  ast::WindowDef def_;
  expr::WindowClause window_;
  Oid family_ = invalid_oid, family_type_ = invalid_oid;
};

}  // namespace

std::vector<expr::WindowClause> transform_windows(ParseState& state, Targets& targets) {
  std::vector<expr::WindowClause> windows;
  if (!state.window_defs) return windows;
  for (std::size_t i = 0; i < state.window_defs->defs.size(); ++i) {
    WindowDefinition definition(state, targets, windows, state.window_defs->defs[i]);
    windows.push_back(definition.run(static_cast<std::uint32_t>(i) + 1));
  }
  return windows;
}

}  // namespace pgplumb::engine::analyze

// ORDER BY, GROUP BY and DISTINCT: the second half of parse_clause.c.
#include <fmt/format.h>

#include <algorithm>

#include "catalog/expr_walk.h"
#include "engine/analyze/expr_kinds.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_clause.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/parse_target.h"
#include "engine/analyze/typcache.h"

namespace pgplumb::engine::analyze {

using expr::type_of;

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

NodePtr without_implicit_coercions(const NodePtr& node) {
  auto is_implicit = [](const auto& n) { return n.form == expr::CoercionForm::implicit_cast; };
  if (const auto* n = node->as<expr::FuncExpr>(); n && is_implicit(*n)) return without_implicit_coercions(n->args.front());
  if (const auto* n = node->as<expr::RelabelType>(); n && is_implicit(*n)) return without_implicit_coercions(n->arg);
  if (const auto* n = node->as<expr::CoerceViaIO>(); n && is_implicit(*n)) return without_implicit_coercions(n->arg);
  if (const auto* n = node->as<expr::ArrayCoerceExpr>(); n && is_implicit(*n)) return without_implicit_coercions(n->arg);
  if (const auto* n = node->as<expr::ConvertRowtypeExpr>(); n && is_implicit(*n)) return without_implicit_coercions(n->arg);
  if (const auto* n = node->as<expr::CoerceToDomain>(); n && is_implicit(*n)) return without_implicit_coercions(n->arg);
  return node;
}

/// Finds, or appends as junk, the target entry that an item of ORDER BY and its kin means. Entries are named by index,
/// since the list grows.
class TargetFinder {
 public:
  TargetFinder(ParseState& state, Targets& targets, ExprKind kind) : state_(state), targets_(targets), kind_(kind) {}

  std::size_t find(ast::Node node, bool sql99) {
    if (sql99) return by_expression(node);
    if (auto column = node.as<ast::ColumnRef>(); column && column.fields().size() == 1) {
      if (std::size_t found = by_name(column); found != nowhere) return checked(found);
    }
    if (auto constant = node.as<ast::A_Const>()) return checked(by_position(constant));
    return by_expression(node);
  }

 private:
  std::size_t by_name(ast::ColumnRef column) {
    std::string_view name = column.fields()[0].str();
    if (name.empty()) return nowhere;
    // GROUP BY prefers the input's columns over the output's.
    if (kind_ == ExprKind::group_by && find_column(state_, name, true, column.location())) return nowhere;
    std::size_t found = nowhere;
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      if (targets_[i].junk || targets_[i].name != name) continue;
      if (found != nowhere && !(targets_[found].expr == targets_[i].expr)) {
        fail(errcode::ambiguous_column, fmt::format("{} \"{}\" is ambiguous", expr_kind_name(kind_), name),
             column.location());
      }
      if (found == nowhere) found = i;
    }
    return found;
  }

  std::size_t by_position(ast::A_Const constant) {
    bool is_integer = !constant.isnull() && !constant.fval() && !constant.sval() && !constant.bsval() && !constant.boolval();
    if (!is_integer) {
      fail(errcode::syntax_error, fmt::format("non-integer constant in {}", expr_kind_name(kind_)), constant.location());
    }
    int wanted = constant.ival().ival(), position = 0;
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      if (!targets_[i].junk && ++position == wanted) return i;
    }
    fail(errcode::invalid_column_reference,
         fmt::format("{} position {} is not in select list", expr_kind_name(kind_), wanted), constant.location());
  }

  std::size_t by_expression(ast::Node node) {
    NodePtr wanted = transform_expr(state_, node, kind_);
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      if (wanted == without_implicit_coercions(targets_[i].expr)) return i;
    }
    expr::TargetEntry target;
    target.expr = std::move(wanted);
    target.resno = state_.next_resno++;
    target.junk = true;
    targets_.push_back(std::move(target));
    return targets_.size() - 1;
  }

  // An output column that GROUP BY names must not be an aggregate: checkTargetlistEntrySQL92.
  std::size_t checked(std::size_t found) const {
    if (kind_ != ExprKind::group_by) return found;
    const NodePtr& node = targets_[found].expr;
    refuse_in_group_by(node);
    return found;
  }

  void refuse_in_group_by(const NodePtr& node) const;

  ParseState& state_;
  Targets& targets_;
  ExprKind kind_;
};

bool in_sort_list(const Syscache& cache, const expr::TargetEntry& target, Oid sort_op, const SortList& list) {
  if (target.sort_group_ref == 0) return false;
  return std::any_of(list.begin(), list.end(), [&](const expr::SortGroupClause& clause) {
    if (clause.sort_group_ref != target.sort_group_ref) return false;
    if (sort_op == invalid_oid || sort_op == clause.sort_op) return true;
    const OperatorRow* row = cache.op(clause.sort_op);
    return row && row->commutator == sort_op;
  });
}

void unknown_to_text(ParseState& state, expr::TargetEntry& target) {
  if (type_of(*target.expr) != types::unknown) return;
  target.expr = coerce_type(state, target.expr, types::unknown, types::text, -1, {});
}

template <class F>
auto with_location(int location, F function) {
  try {
    return function();
  } catch (SqlError& error) {
    if (error.location < 0) error.location = location;
    throw;
  }
}

/// GROUP BY's items, with nested grouping sets made flat where that changes nothing.
class GroupBy {
 public:
  GroupBy(ParseState& state, Targets& targets, const SortList& sort, ExprKind kind, bool sql99)
      : state_(state), targets_(targets), sort_(sort), finder_(state, targets, kind), sql99_(sql99) {}

  SortList flat;
  std::vector<expr::GroupingSet> sets;

  void run(ast::List<ast::Node> group) {
    std::vector<ast::Node> items;
    bool has_sets = false;
    flatten_top(group, items, has_sets);
    if (items.empty() && has_sets) sets.push_back({expr::GroupingSetKind::empty, {}, {}});
    std::vector<std::uint32_t> seen;
    for (ast::Node item : items) {
      if (auto set = item.as<ast::GroupingSet>()) {
        sets.push_back(transform_set(set));
        continue;
      }
      if (std::uint32_t ref = add(item, &seen); ref > 0 && has_sets) {
        sets.push_back({expr::GroupingSetKind::simple, {ref}, {}});
      }
    }
  }

 private:
  static bool is_implicit_row(ast::Node node) {
    auto row = node.as<ast::RowExpr>();
    return row && row.row_format() == ast::CoercionForm::COERCE_IMPLICIT_CAST;
  }
  static bool is_kind(ast::Node node, ast::GroupingSetKind kind) {
    auto set = node.as<ast::GroupingSet>();
    return set && set.kind() == kind;
  }

  void flatten_top(ast::List<ast::Node> group, std::vector<ast::Node>& items, bool& has_sets) {
    for (ast::Node item : group) {
      if (is_implicit_row(item)) {
        for (ast::Node part : item.as<ast::RowExpr>().args()) items.push_back(part);
        continue;
      }
      if (item.is<ast::GroupingSet>()) has_sets = true;
      if (!is_kind(item, ast::GroupingSetKind::GROUPING_SET_EMPTY)) items.push_back(item);
    }
  }

  std::uint32_t add(ast::Node item, std::vector<std::uint32_t>* seen) {
    std::size_t at = finder_.find(item, sql99_);
    expr::TargetEntry& target = targets_[at];
    if (target.sort_group_ref > 0) {
      if (seen && std::find(seen->begin(), seen->end(), target.sort_group_ref) != seen->end()) return 0;
      if (seen) seen->push_back(target.sort_group_ref);
      if (in_sort_list(state_.cache, target, invalid_oid, flat)) return target.sort_group_ref;
      for (const expr::SortGroupClause& clause : sort_) {
        if (clause.sort_group_ref != target.sort_group_ref) continue;
        flat.push_back(clause);
        return target.sort_group_ref;
      }
    }
    add_target_to_group_list(state_, target, flat, targets_, item.location());
    if (seen) seen->push_back(target.sort_group_ref);
    return target.sort_group_ref;
  }

  expr::GroupingSet row_set(ast::RowExpr row) {
    expr::GroupingSet set;
    set.kind = expr::GroupingSetKind::simple;
    std::vector<std::uint32_t> seen;
    for (ast::Node part : row.args()) {
      if (std::uint32_t ref = add(part, &seen); ref > 0) set.refs.push_back(ref);
    }
    return set;
  }

  expr::GroupingSet transform_set(ast::GroupingSet node) {
    expr::GroupingSet set;
    switch (node.kind()) {
      case ast::GroupingSetKind::GROUPING_SET_ROLLUP: set.kind = expr::GroupingSetKind::rollup; break;
      case ast::GroupingSetKind::GROUPING_SET_CUBE: set.kind = expr::GroupingSetKind::cube; break;
      case ast::GroupingSetKind::GROUPING_SET_SETS: set.kind = expr::GroupingSetKind::sets; break;
      default: return set;
    }
    for (ast::Node item : node.content()) add_content(item, set);
    if (set.kind == expr::GroupingSetKind::cube && set.content.size() > 12) {
      fail(errcode::too_many_columns, "CUBE is limited to 12 elements", node.location());
    }
    return set;
  }

  void add_content(ast::Node item, expr::GroupingSet& set) {
    if (is_implicit_row(item)) {
      set.content.push_back(row_set(item.as<ast::RowExpr>()));
      return;
    }
    if (auto inner = item.as<ast::GroupingSet>()) {
      expr::GroupingSet transformed = transform_set(inner);
      // GROUPING SETS within GROUPING SETS are the same list.
      if (transformed.kind == expr::GroupingSetKind::sets) {
        set.content.insert(set.content.end(), transformed.content.begin(), transformed.content.end());
      } else {
        set.content.push_back(std::move(transformed));
      }
      return;
    }
    std::uint32_t ref = add(item, nullptr);
    set.content.push_back({expr::GroupingSetKind::simple, {ref}, {}});
  }

  ParseState& state_;
  Targets& targets_;
  const SortList& sort_;
  TargetFinder finder_;
  bool sql99_;
};

// What an aggregate or window function below would be, wherever it stands.
template <class T>
int location_of_any(const NodePtr& node) {
  int location = -1;
  bool found = false;
  auto search = [&](const auto& self, const NodePtr& part) -> void {
    if (found || !part) return;
    if (part->is<T>()) {
      found = true;
      location = part->location;
      return;
    }
    expr::walk(*part, {[&](const NodePtr& child) { self(self, child); }, {}});
  };
  search(search, node);
  return found ? std::max(location, 0) : -1;
}

void TargetFinder::refuse_in_group_by(const NodePtr& node) const {
  if (int location = location_of_any<expr::Aggref>(node); location >= 0) {
    fail(errcode::grouping_error, fmt::format("aggregate functions are not allowed in {}", expr_kind_name(kind_)),
         location);
  }
  if (int location = location_of_any<expr::WindowFunc>(node); location >= 0) {
    fail(errcode::windowing_error, fmt::format("window functions are not allowed in {}", expr_kind_name(kind_)),
         location);
  }
}

const expr::TargetEntry& target_of(const Targets& targets, const expr::SortGroupClause& clause) {
  return *std::find_if(targets.begin(), targets.end(), [&](const expr::TargetEntry& target) {
    return target.sort_group_ref == clause.sort_group_ref;
  });
}

}  // namespace

std::uint32_t assign_sort_group_ref(expr::TargetEntry& target, Targets& targets) {
  if (target.sort_group_ref != 0) return target.sort_group_ref;
  std::uint32_t highest = 0;
  for (const expr::TargetEntry& other : targets) highest = std::max(highest, other.sort_group_ref);
  target.sort_group_ref = highest + 1;
  return target.sort_group_ref;
}

void add_target_to_sort_list(ParseState& state, expr::TargetEntry& target, SortList& list, Targets& targets,
                             ast::SortBy sort_by) {
  unknown_to_text(state, target);
  Oid type = type_of(*target.expr);
  expr::SortGroupClause clause;
  bool reverse = false;
  with_location(location_of(target.expr), [&] {
    if (sort_by.sortby_dir() == ast::SortByDir::SORTBY_USING) {
      clause.sort_op =
          compatible_operator(state.cache, operator_name(sort_by.use_op()), type, type, false, sort_by.location())->oid;
      clause.equal_op = equality_for_ordering(state.cache, clause.sort_op, reverse);
      if (clause.equal_op == invalid_oid) {
        fail(errcode::wrong_object_type,
             fmt::format("operator {} is not a valid ordering operator", operator_name(sort_by.use_op()).to_string()),
             -1, {}, "Ordering operators must be \"<\" or \">\" members of btree operator families.");
      }
      const OperatorRow* row = state.cache.op(clause.equal_op);
      clause.hashable = row && row->can_hash;
      return;
    }
    reverse = sort_by.sortby_dir() == ast::SortByDir::SORTBY_DESC;
    SortGroupOperators found = sort_group_operators(state.cache, type, !reverse, true, reverse);
    clause.sort_op = reverse ? found.greater : found.less;
    clause.equal_op = found.equal;
    clause.hashable = found.hashable;
  });
  if (in_sort_list(state.cache, target, clause.sort_op, list)) return;
  clause.sort_group_ref = assign_sort_group_ref(target, targets);
  clause.reverse_sort = reverse;
  switch (sort_by.sortby_nulls()) {
    case ast::SortByNulls::SORTBY_NULLS_FIRST: clause.nulls_first = true; break;
    case ast::SortByNulls::SORTBY_NULLS_LAST: clause.nulls_first = false; break;
    default: clause.nulls_first = reverse;
  }
  list.push_back(clause);
}

void add_target_to_group_list(ParseState& state, expr::TargetEntry& target, SortList& list, Targets& targets,
                              int location) {
  unknown_to_text(state, target);
  if (in_sort_list(state.cache, target, invalid_oid, list)) return;
  SortGroupOperators found = with_location(location, [&] {
    return sort_group_operators(state.cache, type_of(*target.expr), false, true, false);
  });
  expr::SortGroupClause clause;
  clause.sort_group_ref = assign_sort_group_ref(target, targets);
  clause.equal_op = found.equal;
  clause.sort_op = found.less;
  clause.hashable = found.hashable;
  list.push_back(clause);
}

SortList transform_sort_clause(ParseState& state, ast::List<ast::Node> order, Targets& targets, ExprKind kind,
                               bool sql99) {
  SortList list;
  TargetFinder finder(state, targets, kind);
  for (ast::Node node : order) {
    auto sort_by = node.as<ast::SortBy>();
    std::size_t at = finder.find(sort_by.node(), sql99);
    add_target_to_sort_list(state, targets[at], list, targets, sort_by);
  }
  return list;
}

SortList transform_group_clause(ParseState& state, ast::List<ast::Node> group, Targets& targets, const SortList& sort,
                                std::vector<expr::GroupingSet>& sets, ExprKind kind, bool sql99) {
  GroupBy group_by(state, targets, sort, kind, sql99);
  group_by.run(group);
  sets = std::move(group_by.sets);
  return std::move(group_by.flat);
}

SortList transform_distinct_clause(ParseState& state, Targets& targets, const SortList& sort, bool is_aggregate) {
  SortList list;
  for (const expr::SortGroupClause& clause : sort) {
    const expr::TargetEntry& target = target_of(targets, clause);
    if (target.junk) {
      fail(errcode::invalid_column_reference,
           is_aggregate ? "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list"
                        : "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
           location_of(target.expr));
    }
    list.push_back(clause);
  }
  for (expr::TargetEntry& target : targets) {
    if (!target.junk) add_target_to_group_list(state, target, list, targets, location_of(target.expr));
  }
  if (list.empty()) {
    fail(errcode::syntax_error, is_aggregate ? "an aggregate with DISTINCT must have at least one argument"
                                             : "SELECT DISTINCT must have at least one column");
  }
  return list;
}

SortList transform_distinct_on(ParseState& state, ast::List<ast::Node> distinct, Targets& targets,
                               const SortList& sort) {
  std::vector<std::uint32_t> refs;
  TargetFinder finder(state, targets, ExprKind::distinct_on);
  for (ast::Node node : distinct) {
    std::size_t at = finder.find(node, false);
    refs.push_back(assign_sort_group_ref(targets[at], targets));
  }
  SortList list;
  bool skipped = false;
  auto mismatch = [&] {
    fail(errcode::invalid_column_reference, "SELECT DISTINCT ON expressions must match initial ORDER BY expressions");
  };
  for (const expr::SortGroupClause& clause : sort) {
    bool wanted = std::find(refs.begin(), refs.end(), clause.sort_group_ref) != refs.end();
    if (wanted && skipped) mismatch();
    if (wanted) list.push_back(clause);
    skipped = skipped || !wanted;
  }
  for (std::uint32_t ref : refs) {
    for (expr::TargetEntry& target : targets) {
      if (target.sort_group_ref != ref || in_sort_list(state.cache, target, invalid_oid, list)) continue;
      if (skipped) mismatch();
      add_target_to_group_list(state, target, list, targets, location_of(target.expr));
    }
  }
  return list;
}

}  // namespace pgplumb::engine::analyze

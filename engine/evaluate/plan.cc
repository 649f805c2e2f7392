// Makes JoinPlans: subqueries and views without grouping or the like are computed as part of their parent, conditions
// are tested as soon as their rows are there, and entries that an equality finds rows of are read first.
#include <algorithm>

#include "catalog/expr_walk.h"
#include "catalog/type_oids.h"
#include "engine/evaluate/calls.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/join.h"
#include "engine/evaluate/views.h"

namespace pgplumb::engine::evaluate {

namespace {

/// What is known of a plan before its order is.
struct Draft;

struct Source {
  Frame* frame = nullptr;
  int rt_index = 0;
  std::unique_ptr<Draft> left, right;
  bool full = false;
  SlotSet provides, depends;
};

struct Draft {
  std::vector<Source> sources;
  std::vector<Conjunct> conjuncts;
  std::vector<Slot*> slots;
  SlotSet provides;
};

bool includes(const SlotSet& all, const SlotSet& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}
SlotSet united(SlotSet a, const SlotSet& b) {
  a.insert(b.begin(), b.end());
  return a;
}

/// Whether the subquery's rows are those of its FROM, one to one.
bool is_simple(const expr::Query& query) {
  return query.command == expr::CommandType::select && !query.set_operation && !query.has_aggs && query.group.empty() &&
         query.grouping_sets.empty() && !query.having && query.distinct.empty() && !query.limit_count &&
         !query.limit_offset && !query.has_target_srfs && query.ctes.empty();
}

/// Which slots an expression reads.
class Needs {
 public:
  static SlotSet of(const NodePtr& node, Frame& frame) {
    Needs needs;
    needs.visit(node, frame, 0);
    return std::move(needs.found_);
  }
  static SlotSet of(const expr::QueryPtr& query, Frame& frame) {
    Needs needs;
    needs.visit(query, frame, 1);
    return std::move(needs.found_);
  }

 private:
  void visit(const NodePtr& node, Frame& frame, int depth) {
    if (const auto* var = expr::as<expr::Var>(node)) return variable(*var, frame, depth);
    expr::walk(*node, walker(frame, depth));
  }
  void visit(const expr::QueryPtr& query, Frame& frame, int depth) { expr::walk(*query, walker(frame, depth)); }

  expr::Walker walker(Frame& frame, int depth) {
    expr::Walker walker;
    walker.node = [this, &frame, depth](const NodePtr& part) { visit(part, frame, depth); };
    walker.query = [this, &frame, depth](const expr::QueryPtr& part) { visit(part, frame, depth + 1); };
    return walker;
  }

  void variable(const expr::Var& var, Frame& frame, int depth) {
    if (var.levels_up < depth) return;
    Frame* level = &frame;
    for (int up = var.levels_up - depth; up > 0 && level; --up) level = level->outer;
    if (!level) return;
    const expr::RangeTblEntry& entry = level->entry(var.rt_index);
    if (entry.kind == expr::RteKind::join && var.attribute > 0)
      return visit(entry.join_alias_vars[static_cast<std::size_t>(var.attribute - 1)], *level, 0);
    const Slot& slot = level->slot(var.rt_index);
    if (slot.nested) return nested(*slot.nested, var.attribute);
    found_.insert(&slot);
  }

  /// A whole row, and an output that reads nothing, stand or fall with all of the subquery's rows.
  void nested(Frame& frame, int attribute) {
    for (const expr::TargetEntry& target : frame.query.targets) {
      if (target.resno != attribute) continue;
      const SlotSet read = of(target.expr, frame);
      found_.insert(read.begin(), read.end());
      if (!read.empty()) return;
    }
    everything(frame);
  }
  void everything(Frame& frame) {
    for (const Slot& slot : frame.slots) {
      if (slot.nested) {
        everything(*slot.nested);
      } else {
        found_.insert(&slot);
      }
    }
  }

  SlotSet found_;
};

class Drafting {
 public:
  explicit Drafting(Executor& executor) : executor_(executor) {}

  Draft draft(Frame& frame) {
    Draft found;
    add_query(frame, found);
    return found;
  }

 private:
  void add_query(Frame& frame, Draft& draft) {
    for (const expr::JoinTreeItem& item : frame.query.join_tree.from) add_item(item, frame, draft);
    add_condition(frame.query.join_tree.where, frame, draft);
  }

  void add_condition(const NodePtr& condition, Frame& frame, Draft& draft) {
    if (!condition) return;
    const auto* all = expr::as<expr::BoolExpr>(condition);
    if (!all || all->op != expr::BoolOp::and_op) return draft.conjuncts.push_back({condition, &frame, {}});
    for (const NodePtr& part : all->args) add_condition(part, frame, draft);
  }

  void add_item(const expr::JoinTreeItem& item, Frame& frame, Draft& draft) {
    if (const auto* reference = std::get_if<expr::RangeTblRef>(&item.value))
      return add_entry(reference->rt_index, frame, draft);
    const auto& join = std::get<expr::JoinExpr>(item.value);
    if (join.kind != expr::JoinKind::inner) return add_outer_join(join, frame, draft);
    for (const expr::JoinTreeItem& side : join.sides) add_item(side, frame, draft);
    add_condition(join.on, frame, draft);
  }

  void add_outer_join(const expr::JoinExpr& join, Frame& frame, Draft& draft) {
    Source source;
    source.frame = &frame;
    source.full = join.kind == expr::JoinKind::full;
    source.left = std::make_unique<Draft>();
    source.right = std::make_unique<Draft>();
    const bool swap = join.kind == expr::JoinKind::right;
    add_item(join.sides[swap ? 1 : 0], frame, *source.left);
    add_item(join.sides[swap ? 0 : 1], frame, *source.right);
    add_condition(join.on, frame, *source.right);
    source.provides = united(source.left->provides, source.right->provides);
    for (const Draft* side : {source.left.get(), source.right.get()})
      draft.slots.insert(draft.slots.end(), side->slots.begin(), side->slots.end());
    draft.provides = united(std::move(draft.provides), source.provides);
    draft.sources.push_back(std::move(source));
  }

  void add_entry(int rt_index, Frame& frame, Draft& draft) {
    Slot& slot = frame.slot(rt_index);
    draft.slots.push_back(&slot);
    const expr::Query* query = subquery_of(executor_, frame.entry(rt_index));
    if (query && is_simple(*query)) {
      slot.nested = std::make_unique<Frame>(*query, &frame);
      return add_query(*slot.nested, draft);
    }
    Source source;
    source.frame = &frame;
    source.rt_index = rt_index;
    source.provides.insert(&slot);
    draft.provides.insert(&slot);
    draft.sources.push_back(std::move(source));
  }

  Executor& executor_;
};

/// What the rows of an entry depend on, where they are computed anew for each row of others.
SlotSet dependence(const Source& source) {
  SlotSet found;
  if (source.left) return found;
  const expr::RangeTblEntry& entry = source.frame->entry(source.rt_index);
  const auto add = [&](const SlotSet& more) { found.insert(more.begin(), more.end()); };
  for (const expr::RangeTblFunction& function : entry.functions) add(Needs::of(function.call, *source.frame));
  for (const auto& row : entry.values)
    for (const NodePtr& value : row) add(Needs::of(value, *source.frame));
  if (entry.subquery) add(Needs::of(entry.subquery, *source.frame));
  return found;
}

void find_needs(Draft& draft, const SlotSet& universe) {
  const auto within = [&](SlotSet needs) {
    std::erase_if(needs, [&](const Slot* slot) { return !universe.count(slot); });
    return needs;
  };
  for (Conjunct& conjunct : draft.conjuncts) conjunct.needs = within(Needs::of(conjunct.condition, *conjunct.frame));
  for (Source& source : draft.sources) {
    source.depends = within(dependence(source));
    for (Draft* side : {source.left.get(), source.right.get()}) {
      if (!side) continue;
      find_needs(*side, universe);
      for (const Source& inner : side->sources) source.depends = united(source.depends, inner.depends);
      std::erase_if(source.depends, [&](const Slot* slot) { return source.provides.count(slot) > 0; });
    }
  }
}

/// The column of `slot` that the expression shows unchanged, 0 where it does not.
int column_shown(const Executor& executor, const NodePtr& node, Frame& frame, const Slot& slot) {
  if (const auto* relabel = expr::as<expr::RelabelType>(node)) return column_shown(executor, relabel->arg, frame, slot);
  if (const auto* domain = expr::as<expr::CoerceToDomain>(node))
    return catalog::is_builtin(domain->type) ? column_shown(executor, domain->arg, frame, slot) : 0;
  if (const auto* call = expr::as<expr::FuncExpr>(node))
    return keeps_text(executor.cache(), call->function) ? column_shown(executor, call->args.front(), frame, slot) : 0;
  const auto* var = expr::as<expr::Var>(node);
  if (!var || var->attribute < 1) return 0;
  Frame* level = &frame;
  for (int up = var->levels_up; up > 0 && level; --up) level = level->outer;
  if (!level) return 0;
  const expr::RangeTblEntry& entry = level->entry(var->rt_index);
  if (entry.kind == expr::RteKind::join)
    return column_shown(executor, entry.join_alias_vars[static_cast<std::size_t>(var->attribute - 1)], *level, slot);
  Slot& present = level->slot(var->rt_index);
  if (!present.nested) return &present == &slot ? var->attribute : 0;
  for (const expr::TargetEntry& target : present.nested->query.targets)
    if (target.resno == var->attribute) return column_shown(executor, target.expr, *present.nested, slot);
  return 0;
}

class Ordering {
 public:
  Ordering(Executor& executor, const SlotSet& universe) : executor_(executor), universe_(universe) {}

  std::unique_ptr<JoinPlan> plan(Draft draft, SlotSet bound) {
    auto made = std::make_unique<JoinPlan>();
    made->slots = draft.slots;
    made->preconditions = take(draft.conjuncts, bound);
    while (!draft.sources.empty()) {
      const std::size_t next = best(draft, bound);
      Source source = std::move(draft.sources[next]);
      draft.sources.erase(draft.sources.begin() + static_cast<std::ptrdiff_t>(next));
      made->steps.push_back(step(std::move(source), draft.conjuncts, bound));
      bound = united(std::move(bound), last_provided_);
    }
    return made;
  }

 private:
  /// Takes those out whose rows are all there.
  static std::vector<Conjunct> take(std::vector<Conjunct>& conjuncts, const SlotSet& bound) {
    std::vector<Conjunct> taken, left;
    for (Conjunct& conjunct : conjuncts)
      (includes(bound, conjunct.needs) ? taken : left).push_back(std::move(conjunct));
    conjuncts = std::move(left);
    return taken;
  }

  std::size_t best(const Draft& draft, const SlotSet& bound) const {
    std::size_t found = 0;
    int lowest = INT32_MAX;
    for (std::size_t i = 0; i < draft.sources.size(); ++i) {
      const Source& source = draft.sources[i];
      const int cost = includes(bound, source.depends) ? cost_of(source, draft.conjuncts, bound) : INT32_MAX - 1;
      if (cost >= lowest) continue;
      lowest = cost;
      found = i;
    }
    return found;
  }

  int cost_of(const Source& source, const std::vector<Conjunct>& conjuncts, const SlotSet& bound) const {
    if (source.left) {
      int lowest = 6;
      for (const Source& inner : source.left->sources)
        if (!source.full) lowest = std::min(lowest, cost_of(inner, conjuncts, bound) + 1);
      return lowest;
    }
    const expr::RangeTblEntry& entry = source.frame->entry(source.rt_index);
    if (entry.kind == expr::RteKind::relation && !catalog::is_builtin(entry.relation)) return 9;
    if (!keys(source, conjuncts, bound).empty()) return 0;
    return entry.kind == expr::RteKind::relation ? 4 : 2;
  }

  std::vector<Key> keys(const Source& source, const std::vector<Conjunct>& conjuncts, const SlotSet& bound) const {
    std::vector<Key> found;
    const Slot& slot = source.frame->slot(source.rt_index);
    for (const Conjunct& conjunct : conjuncts) {
      const auto* comparison = expr::as<expr::OpExpr>(conjunct.condition);
      if (!comparison || comparison->args.size() != 2 || !conjunct.needs.count(&slot)) continue;
      if (!is_textual_equality(executor_.cache(), comparison->op)) continue;
      for (int side : {0, 1}) {
        const NodePtr& column = comparison->args[static_cast<std::size_t>(side)];
        const NodePtr& value = comparison->args[static_cast<std::size_t>(1 - side)];
        const int attribute = column_shown(executor_, column, *conjunct.frame, slot);
        if (attribute < 1) continue;
        if (includes(bound, known_to_plan(Needs::of(value, *conjunct.frame))))
          found.push_back({attribute, value, conjunct.frame});
      }
    }
    return found;
  }

  SlotSet known_to_plan(SlotSet needs) const {
    std::erase_if(needs, [&](const Slot* slot) { return !universe_.count(slot); });
    return needs;
  }

  Step step(Source source, std::vector<Conjunct>& conjuncts, const SlotSet& bound) {
    Step made;
    made.frame = source.frame;
    made.rt_index = source.rt_index;
    made.full = source.full;
    last_provided_ = source.provides;
    if (!source.left) {
      made.keys = keys(source, conjuncts, bound);
      made.filters = take(conjuncts, united(bound, source.provides));
      return made;
    }
    const SlotSet provided = source.provides, left = source.left->provides;
    if (!source.full)
      for (Conjunct& conjunct : take(conjuncts, united(bound, left)))
        source.left->conjuncts.push_back(std::move(conjunct));
    made.filters = take(conjuncts, united(bound, provided));
    made.left = plan(std::move(*source.left), bound);
    made.right = plan(std::move(*source.right), united(bound, left));
    last_provided_ = provided;
    return made;
  }

  Executor& executor_;
  const SlotSet& universe_;
  SlotSet last_provided_;
};

}  // namespace

std::unique_ptr<JoinPlan> make_join_plan(Executor& executor, Frame& frame) {
  Draft draft = Drafting(executor).draft(frame);
  const SlotSet universe = draft.provides;
  find_needs(draft, universe);
  return Ordering(executor, universe).plan(std::move(draft), {});
}

}  // namespace pgplumb::engine::evaluate

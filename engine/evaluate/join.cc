// Runs JoinPlans.
#include "engine/evaluate/join.h"

namespace pgplumb::engine::evaluate {

namespace {

using Found = std::function<bool()>;

class JoinRun {
 public:
  JoinRun(Executor& executor) : executor_(executor) {}

  bool run(const JoinPlan& plan, const Found& found) {
    const std::size_t before = doubts_.size();
    const bool meets = holds(plan.preconditions);
    const bool more = !meets || step(plan, 0, found);
    doubts_.resize(before);
    return more;
  }

  /// What became of a row that only unknown values decide about.
  void refuse_doubt() const {
    if (!doubts_.empty()) throw NotSimulated("a condition over " + doubts_.front());
  }

 private:
  bool step(const JoinPlan& plan, std::size_t number, const Found& found) {
    if (number == plan.steps.size()) return found();
    const Step& next = plan.steps[number];
    const Found go_on = [&] {
      const std::size_t before = doubts_.size();
      const bool more = !holds(next.filters) || step(plan, number + 1, found);
      doubts_.resize(before);
      return more;
    };
    return next.left ? outer_join(next, go_on) : scan(next, go_on);
  }

  /// False as soon as one is; what is not known is kept in mind, since a later condition may still drop the row.
  bool holds(const std::vector<Conjunct>& conjuncts) {
    for (const Conjunct& conjunct : conjuncts) {
      Value value = executor_.evaluate(conjunct.condition, *conjunct.frame);
      if (value.is_unknown())
        doubts_.push_back(std::move(value.text));
      else if (!value.is_known() || value.text != "t")
        return false;
    }
    return true;
  }

  bool scan(const Step& step, const Found& found) {
    Slot& slot = step.frame->slot(step.rt_index);
    const RelationPtr relation = executor_.rows_of(*step.frame, step.rt_index);
    bool none = false;
    const Relation::Numbers* rows = keyed_rows(step, *relation, none);
    if (none) return true;
    const std::size_t count = rows ? rows->size() : relation->size();
    for (std::size_t i = 0; i < count; ++i) {
      slot.relation = relation;
      slot.row = rows ? (*rows)[i] : i;
      slot.null_row = false;
      if (!found()) return false;
    }
    return true;
  }

  /// The shortest of the lists that the keys give; null where all rows have to be looked at.
  const Relation::Numbers* keyed_rows(const Step& step, const Relation& relation, bool& none) {
    const Relation::Numbers* best = nullptr;
    for (const Key& key : step.keys) {
      const Value value = executor_.evaluate(key.value, *key.frame);
      none = none || value.is_null();
      if (!value.is_known()) continue;
      const Relation::Numbers* rows = relation.rows_with(key.attribute, value.text);
      if (rows && (!best || rows->size() < best->size())) best = rows;
    }
    return best;
  }

  static void set_null(const JoinPlan& plan, bool null) {
    for (Slot* slot : plan.slots) slot->null_row = null;
  }

  using Place = std::vector<std::size_t>;
  static Place place(const JoinPlan& plan) {
    Place found;
    for (const Slot* slot : plan.slots) found.push_back(slot->row);
    return found;
  }

  bool outer_join(const Step& step, const Found& found) {
    std::set<Place> matched;
    const bool more = run(*step.left, [&] {
      bool alone = true;
      set_null(*step.right, false);
      const bool go_on = run(*step.right, [&] {
        refuse_doubt();
        alone = false;
        if (step.full) matched.insert(place(*step.right));
        return found();
      });
      if (!go_on || !alone) return go_on;
      set_null(*step.right, true);
      const bool after = found();
      set_null(*step.right, false);
      return after;
    });
    return more && step.full ? unmatched(step, matched, found) : more;
  }

  /// FULL JOIN: the right side's rows that met no partner. Its plan has the join's condition, which NULLs would fail.
  bool unmatched(const Step& step, const std::set<Place>& matched, const Found& found) {
    if (step.right->steps.size() != 1 || step.right->steps[0].left) throw NotSimulated("a FULL JOIN of joins");
    const Step& right = step.right->steps[0];
    const Step all{right.frame, right.rt_index, nullptr, nullptr, false, {}, {}};
    set_null(*step.left, true);
    const bool more = scan(all, [&] { return matched.count(place(*step.right)) > 0 || found(); });
    set_null(*step.left, false);
    return more;
  }

  Executor& executor_;
  std::vector<std::string> doubts_;
};

}  // namespace

void for_each_row(Executor& executor, Frame& frame, const std::function<bool()>& found) {
  if (!frame.plan) frame.plan = make_join_plan(executor, frame);
  JoinRun run(executor);
  run.run(*frame.plan, [&] {
    run.refuse_doubt();
    return found();
  });
}

}  // namespace pgplumb::engine::evaluate

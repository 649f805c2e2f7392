#include "diff/plan/actions.h"

#include <algorithm>

#include "diff/plan/mentions.h"
#include "diff/plan/order.h"
#include "diff/plan/writing.h"

namespace pgplumb::diff {

using catalog::FieldInfo;
using catalog::Kind;
using catalog::Object;
using catalog::Oid;
using catalog::SealedObject;

namespace {

constexpr std::size_t none = Action::no_action;
using ByOid = std::map<Oid, std::size_t>;

std::size_t find(const ByOid& map, Oid oid) {
  const auto found = map.find(oid);
  return found == map.end() ? none : found->second;
}

/// Builds the graph once, for a given set of objects that are not made or dropped together with what contains them.
class Builder {
 public:
  Builder(const Sides& sides, const Selection& selection, const std::set<Oid>& apart_created,
          const std::set<Oid>& apart_dropped)
      : sides_(sides), selection_(selection), apart_created_(apart_created), apart_dropped_(apart_dropped) {}

  void run() {
    make_alters();
    make_creators();
    make_destroyers();
    make_late();
    for (Oid oid : selection_.created) order_creation(oid);
    for (Oid oid : selection_.dropped) order_removal(oid);
    for (std::size_t i = 0; i < actions_.size(); ++i) {
      if (actions_[i].type == ActionType::alter) order_alteration(i);
      if (actions_[i].type == ActionType::late) order_late(i);
    }
    order_names();
    pair_halves();
  }

  std::vector<Action>& actions() { return actions_; }
  const ByOid& creators() const { return creators_; }
  const ByOid& destroyers() const { return destroyers_; }

 private:
  std::size_t add(ActionType type, Oid object, const AlteredGroup* group = nullptr, int number = 0) {
    Action action;
    action.type = type;
    action.object = object;
    action.group = group;
    action.key = action_key(sides_, type, object, number);
    actions_.push_back(std::move(action));
    return actions_.size() - 1;
  }

  void before(std::size_t first, std::size_t then) {
    if (first != none && then != none && first != then) actions_[then].after.insert(first);
  }
  void rather_before(std::size_t first, std::size_t then) {
    if (first != none && then != none && first != then) actions_[then].rather_after.insert(first);
  }

  void make_alters() {
    for (const auto& [oid, altered] : selection_.altered) {
      int number = 0;
      for (const AlteredGroup& group : altered.groups)
        alters_[oid].push_back(add(ActionType::alter, oid, &group, number++));
      if (altered.comment || altered.owner) alters_[oid].push_back(add(ActionType::alter, oid, nullptr, number));
    }
  }

  std::size_t last_alter(Oid from_oid) const {
    const auto found = alters_.find(from_oid);
    return found == alters_.end() || found->second.empty() ? none : found->second.back();
  }

  // --- Who makes and who drops -----------------------------------------------------------------------------------------
  void make_creators() {
    for (Oid oid : selection_.created) creator(oid);
  }

  /// Every container between the object and the one whose statement makes it has to agree.
  bool absorbed(const SealedObject& object) const {
    if (apart_created_.count(object.object->oid)) return false;
    for (const SealedObject* at = sides_.to.find(object.container); at && selection_.created.count(at->object->oid);
         at = sides_.to.find(at->container)) {
      const KindRules& rules = rules_of(at->key.kind);
      if (!rules.absorbs || !rules.absorbs(*at->object, *object.object, sides_.to_names)) return false;
      if (makes(find(creators_, at->object->oid), at->object->oid)) return true;
    }
    return true;
  }

  /// Whether the statement is the object's own.
  bool makes(std::size_t action, Oid oid) const {
    return action != none && actions_[action].type == ActionType::create && actions_[action].object == oid;
  }

  /// Made by no statement of the plan that could say more about it.
  bool only_implied(const SealedObject& object) const {
    const KindRules& rules = rules_of(object.key.kind);
    return rules.implied && rules.implied(*object.object, sides_.to_names) && !selection_.created.count(object.container);
  }

  std::size_t creator(Oid oid) {
    if (const std::size_t known = find(creators_, oid); known != none) return known;
    const SealedObject* object = sides_.to.find(oid);
    const SealedObject* container = sides_.to.find(object->container);
    const bool with_container = container && selection_.created.count(container->object->oid);
    std::size_t made = none;
    if (with_container) {
      const std::size_t outer = creator(container->object->oid);
      if (absorbed(*object) && !only_implied(*container)) made = outer;
    }
    const KindRules& rules = rules_of(object->key.kind);
    if (made == none && rules.implied && rules.implied(*object->object, sides_.to_names)) made = implied_creator(*object);
    if (made == none) made = add(ActionType::create, oid);
    return creators_[oid] = made;
  }

  /// What comes by itself with another comes with the change of its container, where that changes.
  std::size_t implied_creator(const SealedObject& object) const {
    const SealedObject* container = sides_.in_from(object.container);
    return container ? last_alter(container->object->oid) : none;
  }

  void make_destroyers() {
    for (Oid oid : selection_.dropped) destroyer(oid);
  }

  std::size_t destroyer(Oid oid) {
    if (const std::size_t known = find(destroyers_, oid); known != none) return known;
    const SealedObject* object = sides_.from.find(oid);
    std::size_t gone = none;
    if (!apart_dropped_.count(oid)) {
      if (selection_.dropped.count(object->container) && !stands_alone(*sides_.from.find(object->container)))
        gone = destroyer(object->container);
      else
        gone = goes_along(oid);
    }
    const KindRules& rules = rules_of(object->key.kind);
    if (gone == none && rules.implied && rules.implied(*object->object, sides_.from_names))
      if (const SealedObject* container = sides_.from.find(object->container)) gone = last_alter(container->object->oid);
    if (gone == none) gone = add(ActionType::drop, oid);
    return destroyers_[oid] = gone;
  }

  /// A schema is dropped empty, so that each statement says what it takes.
  static bool stands_alone(const SealedObject& container) { return container.key.kind == Kind::schema; }

  std::size_t goes_along(Oid oid) {
    for (Oid other : sides_.from_needs.needs(oid))
      if (selection_.dropped.count(other) && sides_.from_needs.goes_along(oid, other)) return destroyer(other);
    for (Oid other : sides_.from_needs.late_needs(oid))
      if (selection_.dropped.count(other) && sides_.from_needs.goes_along(oid, other)) return destroyer(other);
    return none;
  }

  void make_late() {
    for (Oid oid : selection_.created) {
      const SealedObject* object = sides_.to.find(oid);
      const auto fields = rules_of(object->key.kind).fields;
      if (std::any_of(fields.begin(), fields.end(),
                      [](const FieldRule& rule) { return rule.applied_late && rule.apply != nullptr; }))
        late_[oid] = add(ActionType::late, oid);
    }
  }

  // --- What comes first ------------------------------------------------------------------------------------------------
  void after_needed(std::size_t action, Oid needed, bool wish_late = true) {
    before(find(creators_, needed), action);
    if (wish_late && !waits_for(needed, action)) rather_before(find(late_, needed), action);
    const SealedObject* existing = sides_.in_from(needed);
    if (!existing || selection_.created.count(needed)) return;
    const auto known = alters_.find(existing->object->oid);
    if (known == alters_.end()) return;
    for (std::size_t alter : known->second) {
      const bool disturbs = actions_[alter].group && actions_[alter].group->disturbs;
      if (disturbs)
        before(alter, action);
      else
        rather_before(alter, action);
    }
  }

  /// Whether what is late about the object comes after the action anyway.
  bool waits_for(Oid late, std::size_t action) const {
    if (find(creators_, late) == action) return true;
    const std::vector<Oid>& needed = sides_.to_needs.late_needs(late);
    return std::any_of(needed.begin(), needed.end(), [&](Oid oid) { return find(creators_, oid) == action; });
  }

  void order_creation(Oid oid) {
    for (Oid needed : sides_.to_needs.needs(oid)) after_needed(creators_.at(oid), needed);
    for (std::size_t other : mentioned_by(oid)) rather_before(other, creators_.at(oid));
  }

  std::vector<std::size_t> mentioned_by(Oid oid) {
    if (!mentions_) mentions_.emplace(sides_, selection_);
    std::vector<std::size_t> found;
    for (Oid other : mentions_->of(*sides_.to.find(oid)->object)) found.push_back(find(creators_, other));
    return found;
  }

  void order_removal(Oid oid) {
    const std::size_t action = destroyers_.at(oid);
    for (Oid dependent : sides_.from_needs.dependents(oid)) {
      before(find(destroyers_, dependent), action);
      const auto known = alters_.find(dependent);
      if (known == alters_.end() || selection_.dropped.count(dependent)) continue;
      for (std::size_t alter : known->second)
        if (refers(actions_[alter], oid)) before(alter, action);
    }
  }

  bool refers(const Action& alter, Oid target) const {
    return refers_to(sides_.from_needs, *sides_.from.find(alter.object), alter, target);
  }

  static bool refers_to(const Dependencies& needs, const SealedObject& object, const Action& alter, Oid target) {
    if (!alter.group) return false;
    return std::any_of(alter.group->fields.begin(), alter.group->fields.end(), [&](const FieldInfo* field) {
      const std::vector<Oid> references = needs.references(*object.object, *field);
      return std::find(references.begin(), references.end(), target) != references.end();
    });
  }

  void order_alteration(std::size_t action) {
    const AlteredGroup* group = actions_[action].group;
    const Oid oid = actions_[action].object;
    const SealedObject* desired = sides_.in_to(oid);
    for (Oid dependent : sides_.from_needs.dependents(oid)) {
      if (group && group->disturbs)
        before(find(destroyers_, dependent), action);
      else
        rather_before(find(destroyers_, dependent), action);
    }
    if (!group || !desired) return;
    if (group->disturbs) after_releases(action, oid, desired->object->oid);
    for (const FieldInfo* field : group->fields)
      for (Oid needed : sides_.to_needs.references(*desired->object, *field)) after_needed(action, needed, false);
    for (Oid needed : sides_.to_needs.needs(desired->object->oid)) after_disturbance(action, needed);
    if (group->late)
      for (Oid needed : late_only_needs(*desired)) after_needed(action, needed, false);
  }

  /// What turns away from the object does so before it changes.
  void after_releases(std::size_t action, Oid oid, Oid desired) {
    for (Oid dependent : sides_.from_needs.dependents(oid)) {
      const auto known = alters_.find(dependent);
      const SealedObject* after = sides_.in_to(dependent);
      if (known == alters_.end() || !after) continue;
      for (std::size_t alter : known->second)
        if (refers(actions_[alter], oid) && !refers_to(sides_.to_needs, *after, actions_[alter], desired)) before(alter, action);
    }
  }

  void after_disturbance(std::size_t action, Oid needed) {
    const SealedObject* existing = sides_.in_from(needed);
    const auto known = existing ? alters_.find(existing->object->oid) : alters_.end();
    if (known == alters_.end()) return;
    for (std::size_t alter : known->second)
      if (actions_[alter].group && actions_[alter].group->disturbs) before(alter, action);
  }

  std::vector<Oid> late_only_needs(const SealedObject& object) const {
    std::vector<Oid> found;
    if (const auto needs = rules_of(object.key.kind).late_needs)
      needs(*object.object, sides_.to.catalog(), [&](Oid oid) { found.push_back(oid); });
    return found;
  }

  void order_late(std::size_t action) {
    const Oid oid = actions_[action].object;
    before(creators_.at(oid), action);
    for (Oid needed : sides_.to_needs.late_needs(oid)) after_needed(action, needed, false);
    before(find(late_, sides_.to_needs.container(oid)), action);
  }

  /// What takes over a name, in whatever kind, comes after what had it.
  void order_names() {
    std::multimap<std::string, Oid> given_up;
    for (Oid oid : selection_.dropped)
      for (std::string& name : taken_names(sides_.from, *sides_.from.find(oid))) given_up.emplace(std::move(name), oid);
    for (Oid oid : selection_.created)
      for (const std::string& name : taken_names(sides_.to, *sides_.to.find(oid))) {
        const auto [begin, end] = given_up.equal_range(name);
        for (auto at = begin; at != end; ++at) before(destroyers_.at(at->second), creators_.at(oid));
      }
  }

  void pair_halves() {
    for (std::size_t i = 0; i < actions_.size(); ++i) {
      if (actions_[i].type != ActionType::create) continue;
      const SealedObject* existing = sides_.in_from(actions_[i].object);
      const std::size_t gone = existing ? find(destroyers_, existing->object->oid) : none;
      if (gone == none || actions_[gone].type != ActionType::drop) continue;
      actions_[i].other_half = gone;
      actions_[gone].other_half = i;
    }
  }

  const Sides& sides_;
  const Selection& selection_;
  const std::set<Oid>&apart_created_, &apart_dropped_;
  std::vector<Action> actions_;
  std::map<Oid, std::vector<std::size_t>> alters_;
  ByOid creators_, destroyers_, late_;
  std::optional<Mentions> mentions_;
};

/// Finds what to take out of the statements of a cycle, so that it can come later (or, dropped, earlier).
class CycleBreaker {
 public:
  CycleBreaker(const Sides& sides, Builder& builder, std::set<Oid>& apart_created, std::set<Oid>& apart_dropped)
      : sides_(sides), builder_(builder), apart_created_(apart_created), apart_dropped_(apart_dropped) {}

  bool run(const std::vector<std::vector<std::size_t>>& cycles) {
    bool any = false;
    for (const auto& cycle : cycles) {
      const std::set<std::size_t> members(cycle.begin(), cycle.end());
      any |= take_apart(members, builder_.creators(), sides_.to, sides_.to_needs, ActionType::create, apart_created_);
      any |= take_apart(members, builder_.destroyers(), sides_.from, sides_.from_needs, ActionType::drop, apart_dropped_);
    }
    return any;
  }

 private:
  static bool can_stand_apart(const SealedObject& object, const SqlNames& names) {
    const KindRules& rules = rules_of(object.key.kind);
    if (object.key.kind != Kind::column_default && object.key.kind != Kind::constraint && object.key.kind != Kind::policy &&
        object.key.kind != Kind::trigger && object.key.kind != Kind::rule)
      return false;
    return !rules.implied || !rules.implied(*object.object, names);
  }

  bool take_apart(const std::set<std::size_t>& members, const ByOid& actions, const catalog::SealedCatalog& side,
                  const Dependencies& needs, ActionType type, std::set<Oid>& apart) {
    const SqlNames names(side);
    bool any = false;
    for (const auto& [oid, action] : actions) {
      if (!members.count(action) || builder_.actions()[action].type != type) continue;
      const SealedObject* object = side.find(oid);
      if (builder_.actions()[action].object == oid || !can_stand_apart(*object, names)) continue;
      const std::vector<Oid>& needed = needs.needs(oid);
      const bool leads_on = std::any_of(needed.begin(), needed.end(), [&](Oid other) {
        const std::size_t made = find(actions, other);
        return made != none && made != action && members.count(made);
      });
      if (leads_on) any |= apart.insert(oid).second;
    }
    return any;
  }

  const Sides& sides_;
  Builder& builder_;
  std::set<Oid>&apart_created_, &apart_dropped_;
};

std::string describe(const Sides& sides, const Action& action) {
  const bool actual = action.type == ActionType::drop || action.type == ActionType::alter;
  const SealedObject* object = (actual ? sides.from : sides.to).find(action.object);
  const std::string_view verb = action.type == ActionType::drop    ? "drop "
                                : action.type == ActionType::alter ? "alter "
                                                                   : "create ";
  return std::string(verb) + object->key.text();
}

void note_stuck(const Sides& sides, const Action& action, std::set<Oid>& stuck) {
  if (action.type != ActionType::alter) return;
  const SealedObject& object = *sides.from.find(action.object);
  const auto holds_data = rules_of(object.key.kind).holds_data;
  if (!holds_data || holds_data(*object.object, sides.from.catalog()).empty()) stuck.insert(action.object);
}

}  // namespace

ActionGraph build_actions(const Sides& sides, const Selection& selection) {
  std::set<Oid> apart_created, apart_dropped;
  for (;;) {
    Builder builder(sides, selection, apart_created, apart_dropped);
    builder.run();
    const auto cycles = cycles_of(builder.actions());
    if (!cycles.empty() && CycleBreaker(sides, builder, apart_created, apart_dropped).run(cycles)) continue;
    ActionGraph graph;
    for (const auto& cycle : cycles) {
      std::vector<std::string> members;
      for (std::size_t action : cycle) {
        members.push_back(describe(sides, builder.actions()[action]));
        note_stuck(sides, builder.actions()[action], graph.stuck);
      }
      std::sort(members.begin(), members.end());
      graph.impossible.push_back("these wait for one another: " + join(members));
    }
    graph.actions = std::move(builder.actions());
    write_statements(sides, selection, builder.creators(), graph);
    return graph;
  }
}

}  // namespace pgplumb::diff

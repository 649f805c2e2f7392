#include "diff/plan/selection.h"

#include <algorithm>

#include "diff/plan/inheritance.h"

namespace pgplumb::diff {

using catalog::FieldInfo;
using catalog::Kind;
using catalog::Object;
using catalog::Oid;
using catalog::SealedObject;

namespace {

class Selector {
 public:
  Selector(const Sides& sides, const Comparison& comparison, const std::set<Oid>& made_again)
      : sides_(sides), comparison_(comparison), own_replacements_(made_again) {}

  Selection run() {
    take_one_sided();
    take_what_moves();
    for (const Change& change : comparison_.changes)
      if (change.type == ChangeType::altered && !out_.dropped.count(change.actual->object->oid)) take_altered(change);
    leave_to_parents(sides_, out_);
    for (Oid oid : own_replacements_) replace(oid, nullptr);
    apply_rules();
    close();
    forget_reported_only();
    return std::move(out_);
  }

 private:
  void take_one_sided() {
    for (const SealedObject& object : sides_.from.objects())
      if (sides_.in_scope(object.key.kind) && !sides_.to.find(object.key)) out_.dropped.insert(object.object->oid);
    for (const SealedObject& object : sides_.to.objects())
      if (sides_.in_scope(object.key.kind) && !sides_.from.find(object.key)) out_.created.insert(object.object->oid);
  }

  /// Indexes and sequences are named beside what contains them: they keep their names, and go and come with it.
  void take_what_moves() {
    std::set<Oid> moved;
    for (Oid oid : out_.dropped)
      for (Oid inner : sides_.from_needs.contained(oid))
        if (sides_.in_to(inner)) moved.insert(inner);
    for (Oid oid : out_.created)
      for (Oid inner : sides_.to_needs.contained(oid))
        if (const SealedObject* existing = sides_.in_from(inner)) moved.insert(existing->object->oid);
    for (Oid oid : moved) {
      out_.dropped.insert(oid);
      create(sides_.in_to(oid)->object->oid);
    }
  }

  static const FieldRule* rule_for(Kind kind, const FieldInfo& field) {
    for (const FieldRule& rule : rules_of(kind).fields)
      if (rule.field == field.tag) return &rule;
    return nullptr;
  }

  void take_altered(const Change& change) {
    AlteredObject altered;
    altered.from = change.actual;
    altered.to = change.expected;
    for (const FieldChange& field : change.fields) altered.changed.insert(field.field->tag);
    for (const FieldChange& field : change.fields) {
      if (field.field->tag == catalog::tag_of<&Object::comment>())
        altered.comment = true;
      else if (field.field->tag == catalog::tag_of<&Object::owner>())
        altered.owner = true;
      else
        take_field(change, *field.field, altered);
    }
    out_.altered.emplace(change.actual->object->oid, std::move(altered));
  }

  void take_field(const Change& change, const FieldInfo& field, AlteredObject& altered) {
    const FieldRule* rule = rule_for(change.key.kind, field);
    const std::string what = std::string(catalog::kind_info(change.key.kind).label) + " " + change.key.identity;
    if (!rule || rule->by == FieldChangeBy::follows) return;
    if (rule->by == FieldChangeBy::impossible) {
      out_.impossible.push_back(what + ": " + std::string(rule->reason));
    } else if (rule->by == FieldChangeBy::replace) {
      own_replacements_.insert(change.actual->object->oid);
    } else {
      auto group = std::find_if(altered.groups.begin(), altered.groups.end(),
                                [&](const AlteredGroup& known) { return known.apply == rule->apply; });
      if (group == altered.groups.end()) group = altered.groups.insert(group, AlteredGroup{rule->apply, {}});
      group->fields.push_back(&field);
      group->disturbs |= rule->disturbs_dependents;
      group->late |= rule->applied_late;
    }
  }

  Alteration alteration_of(const AlteredObject& altered, Script& out) const {
    return {sides_.from_names, sides_.to_names, out, altered.changed};
  }

  /// Some rules find only by trying that a change can't be made in place.
  void apply_rules() {
    std::vector<Oid> refused;
    for (const auto& [oid, altered] : out_.altered)
      for (const AlteredGroup& group : altered.groups) {
        Script scratch;
        Alteration alteration = alteration_of(altered, scratch);
        group.apply(*altered.from->object, *altered.to->object, alteration);
        if (alteration.replaced) refused.push_back(oid);
      }
    for (Oid oid : refused) replace(oid, nullptr);
  }

  void drop(Oid oid) {
    if (out_.dropped.insert(oid).second) pending_.push_back(oid);
    out_.altered.erase(oid);
  }

  /// `because`: what it hangs on and can't stay with; null where its own change asks for it.
  void replace(Oid oid, const SealedObject* because) {
    const SealedObject* object = sides_.from.find(oid);
    if (!object || out_.dropped.count(oid)) return;
    const KindRules& rules = rules_of(object->key.kind);
    if (rules.recreated_with)
      if (const Oid stand_in = rules.recreated_with(*object->object, sides_.from.catalog()); stand_in != oid)
        return replace(stand_in, because);
    if (because && rules.holds_data && !rules.holds_data(*object->object, sides_.from.catalog()).empty()) {
      out_.impossible.push_back(std::string(catalog::kind_info(object->key.kind).label) + " " + object->key.identity +
                                ": it can't be kept while " + because->key.text() + " is made again");
      return;
    }
    drop(oid);
    for (Oid inner : sides_.from_needs.contained(oid)) drop(inner);
    const SealedObject* desired = sides_.to.find(object->key);
    if (!desired) return;
    create(desired->object->oid);
    for (Oid inner : sides_.to_needs.contained(desired->object->oid)) create(inner);
  }

  void create(Oid oid) {
    if (sides_.in_scope(sides_.to.find(oid)->key.kind)) out_.created.insert(oid);
  }

  void close() {
    for (Oid oid : out_.dropped) pending_.push_back(oid);
    for (const auto& [oid, altered] : out_.altered)
      if (std::any_of(altered.groups.begin(), altered.groups.end(), [](const AlteredGroup& g) { return g.disturbs; }))
        disturbed_.push_back(oid);
    while (!pending_.empty() || !disturbed_.empty()) {
      if (!disturbed_.empty()) {
        const Oid oid = disturbed_.back();
        disturbed_.pop_back();
        if (!out_.dropped.count(oid)) disturb_dependents(oid);
      } else {
        const Oid oid = pending_.back();
        pending_.pop_back();
        release_dependents(oid);
      }
    }
  }

  void disturb_dependents(Oid oid) {
    const SealedObject* changed = sides_.from.find(oid);
    const auto rule = changed ? rules_of(changed->key.kind).disturbed : nullptr;
    if (!rule) return;
    const auto known = out_.altered.find(oid);
    Script scratch;
    const Alteration alteration = alteration_of(known == out_.altered.end() ? AlteredObject{} : known->second, scratch);
    for (Oid dependent : sides_.from_needs.dependents(oid)) {
      if (out_.dropped.count(dependent)) continue;
      const SealedObject* other = sides_.from.find(dependent);
      if (!other) continue;
      switch (rule(*changed->object, *other->object, alteration)) {
        case Disturbance::none: break;
        case Disturbance::recreated: replace(dependent, changed); break;
        case Disturbance::passed_on:
          if (passed_on_.insert(dependent).second) disturbed_.push_back(dependent);
          break;
      }
    }
  }

  void release_dependents(Oid gone) {
    const SealedObject* object = sides_.from.find(gone);
    for (Oid dependent : sides_.from_needs.dependents(gone))
      if (!out_.dropped.count(dependent) && !releases(dependent, gone)) replace(dependent, object);
  }

  /// Whether alterations of the dependent take away all its references to `gone`, which may come back by the same name.
  bool releases(Oid dependent, Oid gone) const {
    const SealedObject* before = sides_.from.find(dependent);
    const SealedObject* back = sides_.in_to(gone);
    if (!before || !sides_.in_scope(before->key.kind)) return true;
    const auto known = out_.altered.find(dependent);
    if (sides_.from_needs.goes_along(dependent, gone)) return false;
    if (leans_on(*before->object, gone)) return false;
    for (const FieldInfo& field : catalog::kind_info(before->key.kind).fields) {
      if (field.role.role == catalog::Role::info || field.role.edge == catalog::EdgeType::none) continue;
      if (!refers(sides_.from_needs, *before->object, field, gone)) continue;
      if (known == out_.altered.end() || !known->second.changed.count(field.tag)) return false;
      if (back && refers(sides_.to_needs, *known->second.to->object, field, back->object->oid)) return false;
    }
    return true;
  }

  /// Holds on by more than its fields: a foreign key by the other table's key.
  bool leans_on(const Object& object, Oid target) const {
    const auto needs = rules_of(object.kind).needs;
    bool found = false;
    if (needs) needs(object, sides_.from.catalog(), [&](Oid oid) { found |= oid == target; });
    return found;
  }

  static bool refers(const Dependencies& needs, const Object& object, const FieldInfo& field, Oid target) {
    const std::vector<Oid> references = needs.references(object, field);
    return std::find(references.begin(), references.end(), target) != references.end();
  }

  void forget_reported_only() {
    const auto report = [&](const SealedObject& object, std::string_view verb) {
      const std::string_view reason = rules_of(object.key.kind).reported_only;
      if (reason.empty()) return false;
      out_.impossible.push_back(std::string(catalog::kind_info(object.key.kind).label) + " " + object.key.identity +
                                " has to be " + std::string(verb) + ": " + std::string(reason));
      return true;
    };
    std::erase_if(out_.dropped, [&](Oid oid) { return report(*sides_.from.find(oid), "dropped"); });
    std::erase_if(out_.created, [&](Oid oid) { return report(*sides_.to.find(oid), "created"); });
    std::erase_if(out_.altered, [&](const auto& entry) { return report(*entry.second.from, "altered"); });
  }

  const Sides& sides_;
  const Comparison& comparison_;
  Selection out_;
  std::set<Oid> own_replacements_, passed_on_;
  std::vector<Oid> pending_, disturbed_;
};

}  // namespace

const SealedObject* Sides::in_to(Oid from_oid) const {
  const SealedObject* object = from.find(from_oid);
  return object ? to.find(object->key) : nullptr;
}

const SealedObject* Sides::in_from(Oid to_oid) const {
  const SealedObject* object = to.find(to_oid);
  return object ? from.find(object->key) : nullptr;
}

bool Sides::in_scope(Kind kind) const {
  switch (catalog::kind_info(kind).traits.opt_in) {
    case catalog::OptIn::none: return true;
    case catalog::OptIn::grants: return options.grants;
    case catalog::OptIn::roles: return options.roles;
  }
  return true;
}

Selection select_objects(const Sides& sides, const Comparison& comparison, const std::set<Oid>& made_again) {
  return Selector(sides, comparison, made_again).run();
}

}  // namespace pgplumb::diff

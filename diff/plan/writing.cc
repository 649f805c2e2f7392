#include "diff/plan/writing.h"

#include <algorithm>

#include "catalog/kinds/constraint.h"
#include "catalog/kinds/grant.h"
#include "catalog/kinds/sequence.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Kind;
using catalog::NameSpace;
using catalog::Object;
using catalog::Oid;
using catalog::SealedCatalog;
using catalog::SealedObject;

namespace {

bool is_relation(Kind kind) { return catalog::kind_info(kind).name_space == NameSpace::relation && kind != Kind::index; }

/// The relation that the object belongs to, or itself.
const Object* relation_of(const SealedCatalog& side, const Object& object) {
  if (object.kind == Kind::sequence)
    if (const Object* column = side.catalog().find(static_cast<const catalog::Sequence&>(object).owned_by.oid))
      return side.catalog().find(column->parent.oid);
  for (const Object* at = &object; at; at = side.catalog().find(at->parent.oid))
    if (is_relation(at->kind) && at->kind != Kind::sequence) return at;
  return nullptr;
}

int stage_of(const SealedCatalog& side, const Object& object) {
  const Object* relation = relation_of(side, object);
  const int own = rules_of(object.kind).stage;
  if (object.kind == Kind::constraint) {
    if (static_cast<const catalog::Constraint&>(object).type == catalog::ConstraintType::foreign_key)
      return stage::foreign_key;
    return relation ? own : stage::type;  // of a domain
  }
  const bool with_relation = own == stage::table || object.kind == Kind::sequence;
  return with_relation && relation ? rules_of(relation->kind).stage : own;
}

/// Within one relation: sequences, the relation, what goes, what changes, what comes, what is attached.
int place(ActionType type, const Object& object) {
  if (object.kind == Kind::sequence && type != ActionType::late) return type == ActionType::drop ? 6 : 0;
  if (is_relation(object.kind) && type == ActionType::create) return 1;
  switch (type) {
    case ActionType::drop: return 2;
    case ActionType::alter: return 3;
    case ActionType::create: return 4;
    case ActionType::late: return 5;
  }
  return 4;
}

bool stays_with_relation(const SealedCatalog& side, const Object& object) {
  return stage_of(side, object) == stage::table && !is_relation(object.kind);
}

std::string grant_sentence_order(const Object& object, const SealedCatalog& side) {
  // Revoking on a table takes the privileges on its columns along: columns come later.
  const Object* target = object.kind == Kind::grant ? side.catalog().find(object.parent.oid) : nullptr;
  return target && target->kind == Kind::column ? "1" : "0";
}

}  // namespace

ActionKey action_key(const Sides& sides, ActionType type, Oid oid, int number) {
  const SealedCatalog& side = type == ActionType::drop || type == ActionType::alter ? sides.from : sides.to;
  const SealedObject& object = *side.find(oid);
  const Object* relation = relation_of(side, *object.object);
  const int stage = stage_of(side, *object.object);
  // Whole objects are dropped in the reverse order of their making, and before anything is made.
  const bool reversed = type == ActionType::drop && !stays_with_relation(side, *object.object);
  std::string group = relation ? side.names().identity(*relation) : object.key.identity;
  if (object.key.kind == Kind::grant) group = grant_sentence_order(*object.object, side) + group;
  return {reversed ? -stage : stage, std::move(group), place(type, *object.object), object.key.kind, object.key.identity, number};
}

std::vector<std::string> taken_names(const SealedCatalog& side, const SealedObject& object) {
  const catalog::KindInfo& kind = catalog::kind_info(object.key.kind);
  const Object* schema = side.catalog().find(side.catalog().schema_of(*object.object));
  const std::string name = (schema ? side.names().identity(*schema) : "") + "." + object.object->name.str();
  std::vector<std::string> names = {object.key.text()};
  if (kind.name_space == NameSpace::relation) names.push_back("relation " + name);
  if (kind.name_space == NameSpace::type || kind.has_row_type(side.major())) names.push_back("type " + name);
  if (kind.name_space == NameSpace::routine) names.push_back("routine " + object.key.identity);
  return names;
}

namespace {

class Writer {
 public:
  Writer(const Sides& sides, const Selection& selection, const std::map<Oid, std::size_t>& creators, ActionGraph& graph)
      : sides_(sides), selection_(selection), creators_(creators), graph_(graph) {}

  void run() {
    for (const auto& [oid, action] : creators_) made_[action].push_back(oid);
    for (std::size_t i = 0; i < graph_.actions.size(); ++i) {
      write(i);
      const auto& reasons = graph_.actions[i].script.impossible();
      graph_.impossible.insert(graph_.impossible.end(), reasons.begin(), reasons.end());
    }
  }

 private:
  void write(std::size_t index) {
    Action& action = graph_.actions[index];
    switch (action.type) {
      case ActionType::create: return write_creation(index, action);
      case ActionType::drop: return write_removal(action);
      case ActionType::alter: write_alteration(action); return write_accessories(index, action.script);
      case ActionType::late: return write_late(action);
    }
  }

  void write_creation(std::size_t index, Action& action) {
    const Object& object = *sides_.to.find(action.object)->object;
    const KindRules& rules = rules_of(object.kind);
    const bool implied = rules.implied && rules.implied(object, sides_.to_names) && !contained_in_created(action.object);
    Creation creation{sides_.to_names, action.script, [&](Oid oid) {
                        const auto found = creators_.find(oid);
                        return found != creators_.end() && found->second == index;
                      }};
    if (!implied && rules.create) rules.create(object, creation);
    if (implied && rules.is_renamed) write_rename(object, action.script);
    write_accessories(index, action.script);
  }

  void write_rename(const Object& wanted, Script& out) const {
    const KindRules& rules = rules_of(wanted.kind);
    for (Oid oid : selection_.dropped) {
      const Object& existing = *sides_.from.find(oid)->object;
      if (existing.kind != wanted.kind || goes_with_another(oid)) continue;
      if (!rules.is_renamed(existing, wanted, sides_.from_names, sides_.to_names)) continue;
      Alteration alteration{sides_.from_names, sides_.to_names, out, {}};
      rules.rename(existing, wanted, alteration);
      if (!existing.comment.empty() && wanted.comment.empty()) write_comment(wanted, out);
    }
  }

  bool goes_with_another(Oid oid) const {
    const auto is_dropped = [this](Oid needed) { return selection_.dropped.count(needed) != 0; };
    const std::vector<Oid>&needed = sides_.from_needs.needs(oid), &late = sides_.from_needs.late_needs(oid);
    return is_dropped(sides_.from_needs.container(oid)) || std::any_of(needed.begin(), needed.end(), is_dropped) ||
           std::any_of(late.begin(), late.end(), is_dropped);
  }

  /// An inherited constraint or column that is made apart from its new table has to be said.
  bool contained_in_created(Oid oid) const { return selection_.created.count(sides_.to_needs.container(oid)) != 0; }

  /// Comments, owners and kept grants of all that the action makes.
  void write_accessories(std::size_t index, Script& out) {
    const auto made = made_.find(index);
    if (made == made_.end()) return;
    std::vector<const SealedObject*> objects;
    for (Oid oid : made->second) objects.push_back(sides_.to.find(oid));
    std::sort(objects.begin(), objects.end(), [](const SealedObject* a, const SealedObject* b) {
      return std::pair(a->key.kind, a->key.identity) < std::pair(b->key.kind, b->key.identity);
    });
    for (const SealedObject* object : objects) {
      const Object& what = *object->object;
      if (sides_.options.owners && !what.owner.empty()) write_owner(what, sides_.to_names, out);
      if (!what.comment.empty()) write_comment(what, out);
      if (!sides_.options.grants) keep_grants(*object, out);
    }
  }

  static void write_owner(const Object& object, const SqlNames& names, Script& out) {
    if (!catalog::kind_info(object.kind).traits.has_owner) return;
    if (object.kind == Kind::sequence &&
        static_cast<const catalog::Sequence&>(object).ownership != catalog::SequenceOwnership::none)
      return;  // follows its table
    out.add("ALTER " + names.address(object) + " OWNER TO " + quoted(object.owner));
  }

  void write_comment(const Object& object, Script& out) const {
    if (!catalog::kind_info(object.kind).traits.has_comment) return;
    const std::string text = object.comment.empty() ? "NULL" : catalog::quote_literal(object.comment);
    out.add("COMMENT ON " + sides_.to_names.address(object) + " IS " + text);
  }

  /// Grants that nobody compares stay as they are when their object is made again.
  void keep_grants(const SealedObject& made, Script& out) const {
    const SealedObject* before = sides_.from.find(made.key);
    if (!before || !selection_.dropped.count(before->object->oid)) return;
    for (Oid oid : sides_.from_needs.dependents(before->object->oid)) {
      const auto* grant = sides_.from.catalog().find_as<catalog::Grant>(oid);
      if (!grant || grant->parent.oid != before->object->oid) continue;
      Creation creation{sides_.from_names, out, [](Oid) { return false; }};
      rules_of(Kind::grant).create(*grant, creation);
    }
  }

  void write_removal(Action& action) {
    const Object& object = *sides_.from.find(action.object)->object;
    const KindRules& rules = rules_of(object.kind);
    const bool implied = rules.implied && rules.implied(object, sides_.from_names);
    Removal removal{sides_.from_names, action.script};
    if (!implied && rules.drop) rules.drop(object, removal);
  }

  void write_alteration(Action& action) {
    const AlteredObject& altered = selection_.altered.at(action.object);
    if (action.group) {
      Alteration alteration{sides_.from_names, sides_.to_names, action.script, altered.changed};
      action.group->apply(*altered.from->object, *altered.to->object, alteration);
      return;
    }
    if (altered.owner) write_owner(*altered.to->object, sides_.to_names, action.script);
    if (altered.comment) write_comment(*altered.to->object, action.script);
  }

  /// Late fields change from what CREATE leaves to what is wanted.
  void write_late(Action& action) {
    const SealedObject& wanted = *sides_.to.find(action.object);
    const std::shared_ptr<Object> blank = catalog::kind_info(wanted.key.kind).make();
    Alteration alteration{sides_.from_names, sides_.to_names, action.script, {}};
    std::vector<void (*)(const Object&, const Object&, Alteration&)> done;
    for (const catalog::FieldInfo& field : catalog::kind_info(wanted.key.kind).fields)
      for (const FieldRule& rule : rules_of(wanted.key.kind).fields) {
        if (rule.field != field.tag || !rule.applied_late || !rule.apply || field.ops->empty(field.get(wanted.object)))
          continue;
        if (catalog::canonical(field, *wanted.object, sides_.to.names()) == catalog::canonical(field, *blank, sides_.to.names()))
          continue;
        if (std::find(done.begin(), done.end(), rule.apply) != done.end()) continue;
        done.push_back(rule.apply);
        rule.apply(*blank, *wanted.object, alteration);
      }
  }

  const Sides& sides_;
  const Selection& selection_;
  const std::map<Oid, std::size_t>& creators_;
  ActionGraph& graph_;
  std::map<std::size_t, std::vector<Oid>> made_;
};

}  // namespace

void write_statements(const Sides& sides, const Selection& selection, const std::map<Oid, std::size_t>& creators,
                      ActionGraph& graph) {
  Writer(sides, selection, creators, graph).run();
}

}  // namespace pgplumb::diff

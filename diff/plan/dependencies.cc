#include "diff/plan/dependencies.h"

#include <algorithm>

#include "catalog/kinds/function.h"

namespace pgplumb::diff {

using catalog::Dependent;
using catalog::EdgeType;
using catalog::FieldInfo;
using catalog::Kind;
using catalog::Object;
using catalog::Oid;

namespace {

void add(std::vector<Oid>& list, Oid oid) {
  if (std::find(list.begin(), list.end(), oid) == list.end()) list.push_back(oid);
}

const std::vector<Oid>& list_of(const std::unordered_map<Oid, std::vector<Oid>>& lists, Oid oid) {
  static const std::vector<Oid> none;
  const auto found = lists.find(oid);
  return found == lists.end() ? none : found->second;
}

bool is_late(const KindRules& rules, const FieldInfo& field) {
  return std::any_of(rules.fields.begin(), rules.fields.end(),
                     [&](const FieldRule& rule) { return rule.field == field.tag && rule.applied_late; });
}

}  // namespace

Dependencies::Dependencies(const catalog::SealedCatalog& sealed) : sealed_(sealed) {
  for (const catalog::SealedObject& each : sealed.objects()) {
    add_references(*each.object);
    if (each.container) contained_[each.container].push_back(each.object->oid);
  }
}

Oid Dependencies::stand_in(Oid oid) const {
  if (catalog::is_builtin(oid)) return catalog::invalid_oid;
  const Oid owner = catalog::owner_of_type(oid);
  if (const auto* function = sealed_.catalog().find_as<catalog::Function>(owner); function && function->constructs)
    return stand_in(function->constructs.oid);
  for (const Object* at = sealed_.catalog().find(owner); at; at = sealed_.catalog().find(at->parent.oid))
    if (at->extension) return at->extension;
  return owner;
}

std::vector<Oid> Dependencies::references(const Object& object, const FieldInfo& field) const {
  std::vector<Oid> found;
  field.ops->visit_refs(field.get(&object), [&](Oid target) {
    const Oid other = stand_in(target);
    if (other && other != object.oid) add(found, other);
  });
  return found;
}

void Dependencies::add_references(const Object& object) {
  const KindRules& rules = rules_of(object.kind);
  const auto visit = [&](std::vector<Oid>& list) {
    return [&](Oid target) {
      const Oid other = stand_in(target);
      if (other && other != object.oid) add(list, other);
    };
  };
  std::vector<Oid>&needs = needs_[object.oid], &late = late_needs_[object.oid];
  for (const FieldInfo& field : catalog::kind_info(object.kind).fields) {
    if (field.role.role == catalog::Role::info || field.role.edge == EdgeType::none) continue;
    for (Oid target : references(object, field)) add(is_late(rules, field) ? late : needs, target);
  }
  if (rules.needs) rules.needs(object, sealed_.catalog(), visit(needs));
  if (rules.comes_after) rules.comes_after(object, sealed_.catalog(), visit(needs));
  for (Oid target : needs) dependents_[target].push_back(object.oid);
  for (Oid target : late)
    if (std::find(needs.begin(), needs.end(), target) == needs.end()) dependents_[target].push_back(object.oid);
  if (rules.late_needs) rules.late_needs(object, sealed_.catalog(), visit(late));
}

const std::vector<Oid>& Dependencies::needs(Oid oid) const { return list_of(needs_, oid); }
const std::vector<Oid>& Dependencies::late_needs(Oid oid) const { return list_of(late_needs_, oid); }
const std::vector<Oid>& Dependencies::dependents(Oid oid) const { return list_of(dependents_, oid); }

std::vector<Oid> Dependencies::contained(Oid oid) const {
  std::vector<Oid> all = list_of(contained_, oid);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::vector<Oid>& inner = list_of(contained_, all[i]);
    all.insert(all.end(), inner.begin(), inner.end());
  }
  return all;
}

Oid Dependencies::container(Oid oid) const {
  const catalog::SealedObject* object = sealed_.find(oid);
  return object ? object->container : catalog::invalid_oid;
}

namespace {

bool may_go_along(Kind kind) {
  switch (kind) {
    case Kind::constraint:
    case Kind::index:
    case Kind::column_default:
    case Kind::statistics:
    case Kind::sequence:
    case Kind::publication_table:
    case Kind::publication_schema: return true;
    default: return false;
  }
}

/// What a field with an expression refers to beyond these holds it firmly, whatever flavour its other references have.
bool may_take_along(Kind kind) {
  return kind == Kind::column || kind == Kind::index || kind == Kind::constraint ||
         catalog::kind_info(kind).name_space == catalog::NameSpace::relation;
}

}  // namespace

bool Dependencies::goes_along(Oid oid, Oid with) const {
  const Object* object = sealed_.catalog().find(oid);
  const Object* other = sealed_.catalog().find(with);
  if (!object || !other || !may_go_along(object->kind)) return false;
  const bool member_of_publication = object->kind == Kind::publication_schema && other->kind == Kind::schema;
  if (!may_take_along(other->kind) && !member_of_publication) return false;
  const std::vector<Dependent> references = catalog::references_of(*object);
  return std::any_of(references.begin(), references.end(), [&](const Dependent& reference) {
    return reference.oid == with && (reference.type == EdgeType::automatic || reference.type == EdgeType::internal);
  });
}

}  // namespace pgplumb::diff

#include "catalog/freeze.h"

#include <algorithm>
#include <array>
#include <map>

#include "catalog/base/parallel.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/function.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/sequence.h"
#include "catalog/kinds/trigger.h"

namespace pgplumb::catalog {

namespace {

constexpr std::array base_field_table = fields(field<&Object::comment>("comment", attribute),
                                               field<&Object::owner>("owner", owner));

Oid container_of(const Object& object) {
  if (object.kind == Kind::index) {
    const auto& index = static_cast<const Index&>(object);
    if (index.constraint) return index.constraint.oid;
  }
  if (object.kind == Kind::sequence) {
    const auto& sequence = static_cast<const Sequence&>(object);
    if (sequence.ownership == SequenceOwnership::identity) return sequence.owned_by.oid;
  }
  return object.parent.oid;
}

/// A foreign key's clone whose triggers are as enabled as those of its original.
bool follows_original(const Catalog& catalog, const Constraint& clone) {
  const auto* original = catalog.find_as<Constraint>(clone.partition_of.oid);
  if (!original) return false;
  // One for a partition of the table referred to has only actions there, one of a partition of the table itself has none.
  return original->parent == clone.parent ? original->actions_disabled == clone.actions_disabled
                                          : original->triggers_disabled == clone.triggers_disabled;
}

/// What follows from another object and is never changed by itself: a range type's constructors; on partitions, a foreign key's clones, whose names
/// differ between majors, and a row trigger's, unless triggers were enabled or disabled there.
bool is_implied(const Catalog& catalog, const Object& object) {
  if (object.kind == Kind::constraint) {
    const auto& constraint = static_cast<const Constraint&>(object);
    return constraint.type == ConstraintType::foreign_key && constraint.partition_of && follows_original(catalog, constraint);
  }
  if (object.kind == Kind::function) return static_cast<bool>(static_cast<const Function&>(object).constructs);
  if (object.kind == Kind::grant) {
    const Object* target = catalog.find(object.parent.oid);
    return target && is_implied(catalog, *target);
  }
  if (object.kind != Kind::trigger) return false;
  const auto& trigger = static_cast<const Trigger&>(object);
  const auto* original = catalog.find_as<Trigger>(trigger.partition_of.oid);
  return original && original->enabled == trigger.enabled;
}

Hash128 content_hash(const Object& object, const NameSource& names) {
  Hasher hasher;
  JsonWriter json;
  for (const FieldInfo* field : all_fields(object.kind)) {
    const void* value = field->get(&object);
    if (!field->compared() || field->ops->empty(value)) continue;
    json.clear();
    field->ops->write(value, json, names, field->role.set);
    hasher.add(field->name).add(json.text());
  }
  return hasher.finish();
}

std::vector<const FieldInfo*> fields_of(const KindInfo& info) {
  std::vector<const FieldInfo*> all;
  for (const FieldInfo& field : info.fields) all.push_back(&field);
  if (info.traits.has_comment) all.push_back(&base_field_table[0]);
  if (info.traits.has_owner) all.push_back(&base_field_table[1]);
  return all;
}

bool before(const SealedObject& a, const SealedObject& b) {
  return a.key.kind != b.key.kind ? a.key.kind < b.key.kind : a.key.identity < b.key.identity;
}

}  // namespace

std::span<const FieldInfo> base_fields() { return base_field_table; }

const std::vector<const FieldInfo*>& all_fields(Kind kind) {
  static const std::map<Kind, std::vector<const FieldInfo*>> known = [] {
    std::map<Kind, std::vector<const FieldInfo*>> all;
    for (const KindInfo* info : all_kinds()) all.emplace(info->kind, fields_of(*info));
    return all;
  }();
  return known.at(kind);
}

std::string canonical(const FieldInfo& field, const Object& object, const NameSource& names) {
  const void* value = field.get(&object);
  if (field.ops->empty(value)) return {};
  JsonWriter out;
  field.ops->write(value, out, names, field.role.set);
  return out.take();
}

bool is_environment(const Catalog& catalog, const Object& object) {
  for (const Object* at = &object; at; at = catalog.find(at->parent.oid)) {
    if (at->extension != invalid_oid) return true;
    if (!at->parent) return false;
    if (is_builtin(at->parent.oid)) return true;
  }
  return false;
}

SealedCatalog freeze(std::shared_ptr<const Catalog> catalog) {
  SealedCatalog sealed;
  sealed.catalog_ = std::move(catalog);
  sealed.names_ = std::make_shared<Names>(*sealed.catalog_);
  sealed.catalog_->for_each([&](const Object& object) {
    sealed.names_->identity(object);  // of all objects, so that hashing only looks names up
    if (is_environment(*sealed.catalog_, object) || is_implied(*sealed.catalog_, object)) return;
    sealed.objects_.push_back({sealed.names_->key(object), &object, container_of(object), {}});
  });
  in_parallel(sealed.objects_.size(), 64, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      sealed.objects_[i].content = content_hash(*sealed.objects_[i].object, *sealed.names_);
  });
  std::sort(sealed.objects_.begin(), sealed.objects_.end(), before);
  Hasher root;
  for (std::size_t i = 0; i < sealed.objects_.size(); ++i) {
    const SealedObject& object = sealed.objects_[i];
    sealed.by_oid_.emplace(object.object->oid, i);
    if (kind_info(object.key.kind).traits.opt_in == OptIn::none) root.add(object.key.text()).add(object.content);
  }
  sealed.root_ = root.finish();
  return sealed;
}

const SealedObject* SealedCatalog::find(const ObjectKey& key) const {
  SealedObject wanted;
  wanted.key = key;
  const auto found = std::lower_bound(objects_.begin(), objects_.end(), wanted, before);
  return found != objects_.end() && found->key == key ? &*found : nullptr;
}

const SealedObject* SealedCatalog::find(Oid oid) const {
  const auto found = by_oid_.find(oid);
  return found == by_oid_.end() ? nullptr : &objects_[found->second];
}

}  // namespace pgplumb::catalog

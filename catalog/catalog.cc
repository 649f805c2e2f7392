#include "catalog/catalog.h"

#include <algorithm>

namespace pgplumb::catalog {

namespace {

void add_reference(std::vector<Dependent>& references, Oid target, EdgeType type) {
  if (is_builtin(target)) return;
  target = owner_of_type(target);
  for (Dependent& known : references) {
    if (known.oid != target) continue;
    known.type = std::max(known.type, type);
    return;
  }
  references.push_back({target, type});
}

template <class Map, class Key, class Value>
void erase_from(Map& map, const Key& key, const Value& value) {
  auto entry = map.find(key);
  if (entry == map.end()) return;
  auto& values = entry->second;
  values.erase(std::remove(values.begin(), values.end(), value), values.end());
  if (values.empty()) map.erase(entry);
}

/// Oids ascend in the order of making, which lookups promise.
void insert_sorted(std::vector<Oid>& oids, Oid oid) { oids.insert(std::upper_bound(oids.begin(), oids.end(), oid), oid); }

}  // namespace

std::vector<Dependent> references_of(const Object& object) {
  std::vector<Dependent> references;
  for (const FieldInfo& field : kind_info(object.kind).fields) {
    if (!field.role.makes_edges()) continue;
    field.ops->visit_refs(field.get(&object), [&](Oid target) { add_reference(references, target, field.role.edge); });
  }
  if (object.extension) add_reference(references, object.extension, EdgeType::internal);
  std::erase_if(references, [&](const Dependent& reference) { return reference.oid == object.oid; });
  return references;
}

void stamp(Object& object, const void* field, StatementId statement) {
  for (Touch& touch : object.touches) {
    if (touch.field != field) continue;
    touch.statement = statement;
    return;
  }
  object.touches.push_back({field, statement});
}

std::size_t Catalog::NameKeyHash::operator()(const NameKey& key) const {
  const std::uint64_t place = (std::uint64_t{key.container} << 16) | (static_cast<std::uint64_t>(key.space) << 8) |
                              static_cast<std::uint64_t>(key.kind);
  return key.name.hash() ^ (place * 0x9E3779B97F4A7C15ULL);
}

Oid Catalog::schema_of(const Object& object) const {
  if (!kind_info(object.kind).traits.in_parents_schema) return object.parent.oid;
  const Object* parent = find(object.parent.oid);
  return parent ? parent->parent.oid : invalid_oid;
}

std::vector<Catalog::NameKey> Catalog::name_keys(const Object& object) const {
  const KindInfo& kind = kind_info(object.kind);
  if (kind.name_space == NameSpace::none || object.name.empty()) return {};
  const Oid container = schema_of(object);
  const Kind own = kind.name_space == NameSpace::own ? object.kind : Kind::none;
  std::vector<NameKey> keys = {{kind.name_space, own, container, object.name}};
  if (kind.traits.in_schema_too)
    if (const Object* parent = find(object.parent.oid))
      keys.push_back({kind.name_space, own, parent->parent.oid, object.name});
  return keys;
}

void Catalog::index_name(const Object& object, bool add) {
  for (const NameKey& key : name_keys(object)) {
    if (add)
      insert_sorted(names_[key], object.oid);
    else
      erase_from(names_, key, object.oid);
  }
}

void Catalog::index(const Object& object, bool add) {
  index_name(object, add);
  if (object.parent.oid && add) insert_sorted(children_[object.parent.oid], object.oid);
  if (object.parent.oid && !add) erase_from(children_, object.parent.oid, object.oid);
  for (const Dependent& reference : references_of(object)) {
    if (add)
      dependents_[reference.oid].push_back({object.oid, reference.type});
    else
      erase_from(dependents_, reference.oid, Dependent{object.oid, reference.type});
  }
}

void Catalog::index_kind(const Object& object, bool add) {
  const auto kind = static_cast<std::size_t>(object.kind);
  if (kind >= kinds_.size()) kinds_.resize(kind + 1);
  std::vector<Oid>& oids = kinds_[kind];
  if (add)
    insert_sorted(oids, object.oid);
  else
    oids.erase(std::lower_bound(oids.begin(), oids.end(), object.oid));
}

void Catalog::put(Oid oid, ObjectPtr object) {
  const std::size_t at = slot(oid);
  if (at >= objects_.size()) objects_.resize(at + 1);
  const ObjectPtr before = objects_[at];
  // What is named within its parent's schema moves with the parent: out of the index while the parent still tells where.
  const bool moves = before && object && before->parent != object->parent;
  std::vector<Oid> followers;
  if (moves)
    for (Oid child : children(oid)) {
      const Traits& traits = kind_info(find(child)->kind).traits;
      if (traits.in_parents_schema || traits.in_schema_too) followers.push_back(child);
    }
  for (Oid child : followers) index_name(*find(child), false);
  if (before) index(*before, false);
  if (object && !before) {
    ++live_;
    index_kind(*object, true);
  }
  if (!object && before) {
    --live_;
    index_kind(*before, false);
  }
  objects_[at] = std::move(object);
  if (objects_[at]) index(*objects_[at], true);
  ++generation_;
  for (Oid child : followers) index_name(*find(child), true);
}

Oid Catalog::insert_object(std::shared_ptr<Object> object) {
  const Oid oid = first_user_oid + static_cast<Oid>(objects_.size()) * 4;
  object->oid = oid;
  object->created = statement_;
  object->touches.clear();
  log_.push_back({oid, nullptr});
  put(oid, std::move(object));
  return oid;
}

Edit<Object> Catalog::edit_any(Oid oid) {
  const Object& object = *find(oid);
  return Edit<Object>(*this, kind_info(object.kind).clone(object));
}

void Catalog::store(std::shared_ptr<Object> changed) {
  const Oid oid = changed->oid;
  log_.push_back({oid, objects_[slot(oid)]});
  put(oid, std::move(changed));
}

void Catalog::erase(Oid oid) {
  log_.push_back({oid, objects_[slot(oid)]});
  put(oid, nullptr);
}

void Catalog::rollback_to(Mark mark) {
  while (log_.size() > mark) {
    Change change = std::move(log_.back());
    log_.pop_back();
    put(change.oid, std::move(change.before));
  }
}

const Object* Catalog::find(Oid oid) const {
  if (is_builtin(oid)) return nullptr;
  const std::size_t at = slot(owner_of_type(oid));
  return at < objects_.size() ? objects_[at].get() : nullptr;
}

std::span<const Oid> Catalog::lookup(NameSpace space, Kind kind, Oid container, Name name) const {
  const auto found = names_.find(NameKey{space, space == NameSpace::own ? kind : Kind::none, container, name});
  if (found == names_.end()) return {};
  return found->second;
}

const Object* Catalog::find_named(Kind kind, Oid container, Name name) const {
  for (Oid oid : lookup(kind_info(kind).name_space, kind, container, name))
    if (const Object* object = find(oid); object->kind == kind) return object;
  return nullptr;
}

std::span<const Oid> Catalog::children(Oid parent) const {
  const auto found = children_.find(parent);
  if (found == children_.end()) return {};
  return found->second;
}

std::vector<Dependent> Catalog::dependents(Oid oid) const {
  const auto found = dependents_.find(oid);
  return found == dependents_.end() ? std::vector<Dependent>{} : found->second;
}

std::span<const Oid> Catalog::of_kind(Kind kind) const {
  const auto at = static_cast<std::size_t>(kind);
  return at < kinds_.size() ? std::span<const Oid>(kinds_[at]) : std::span<const Oid>();
}

void Catalog::for_each(const std::function<void(const Object&)>& visit) const {
  for (const ObjectPtr& object : objects_)
    if (object) visit(*object);
}

}  // namespace pgplumb::catalog

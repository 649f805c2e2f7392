#pragma once
// Sealed catalogs: named, sorted, hashed, and comparable with one another. Freezing needs all expression texts: a live
// catalog and a snapshot have them, an interpreted one gets them from engine::seal().
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "catalog/base/hash.h"
#include "catalog/key.h"

namespace pgplumb::catalog {

/// The fields that objects of every kind have beyond their identity: the comment and the owner.
std::span<const FieldInfo> base_fields();
/// The fields of the kind, its base fields behind them.
const std::vector<const FieldInfo*>& all_fields(Kind kind);

struct SealedObject {
  ObjectKey key;
  const Object* object = nullptr;
  /// What it goes with: its parent, or the constraint of an index, or the identity column of a sequence.
  Oid container = invalid_oid;
  Hash128 content;  // of the compared fields, without the identity: a rename keeps it
};

class SealedCatalog {
 public:
  const Catalog& catalog() const { return *catalog_; }
  const Names& names() const { return *names_; }
  int major() const { return catalog_->major(); }

  /// By kind in the registry's order, then by identity in byte order. Members of extensions are not among them.
  std::span<const SealedObject> objects() const { return objects_; }
  const SealedObject* find(const ObjectKey& key) const;
  const SealedObject* find(Oid oid) const;

  /// Of all that is compared by default: opt-in kinds and owners left out.
  Hash128 root() const { return root_; }

 private:
  friend SealedCatalog freeze(std::shared_ptr<const Catalog> catalog);
  std::shared_ptr<const Catalog> catalog_;
  std::shared_ptr<const Names> names_;
  std::vector<SealedObject> objects_;
  std::unordered_map<Oid, std::size_t> by_oid_;
  Hash128 root_;
};

SealedCatalog freeze(std::shared_ptr<const Catalog> catalog);

/// The field's canonical JSON; empty for an empty value.
std::string canonical(const FieldInfo& field, const Object& object, const NameSource& names);

/// Whether the object, or something that contains it, is a member of an extension, or stands in a schema of
/// PostgreSQL's own: environment, never compared. pg_dump draws the same line.
bool is_environment(const Catalog& catalog, const Object& object);

}  // namespace pgplumb::catalog

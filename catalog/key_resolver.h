#pragma once
// References written as keys and type names (key.h), resolved among the objects of one catalog: for snapshots, and for
// objects that are taken from another catalog.
#include <string>
#include <string_view>
#include <unordered_map>

#include "catalog/key.h"

namespace pgplumb::catalog {

class KeyResolver : public RefResolver {
 public:
  /// `holder`: what the keys are from, for messages.
  KeyResolver(const Catalog& catalog, std::string holder) : catalog_(catalog), holder_(std::move(holder)) {}

  void add(const ObjectKey& key, Oid oid);
  /// A range type's multirange type by its own name.
  void add_multirange(const std::string& name, Oid range);

  AnyRef resolve(Kind expected, std::string_view text) override;
  TypeRef resolve_type(std::string_view text) override;

 private:
  Oid find_type(const std::string& name) const;
  const Catalog& catalog_;
  std::string holder_;
  std::unordered_map<std::string, Oid> oids_;
  std::unordered_map<std::string, Oid> types_;
};

/// Sets the object's fields from their canonical JSON; those that are absent keep their values.
void read_fields(Object& object, JsonValue json, RefResolver& refs);

}  // namespace pgplumb::catalog

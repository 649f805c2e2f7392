#pragma once
// Who needs whom in one sealed catalog, as far as the order of statements goes. A member of an extension stands for the
// extension.
#include <unordered_map>
#include <vector>

#include "diff/rules.h"

namespace pgplumb::diff {

class Dependencies {
 public:
  explicit Dependencies(const catalog::SealedCatalog& sealed);

  /// What must exist before the object can be made; without the references of late fields.
  const std::vector<catalog::Oid>& needs(catalog::Oid oid) const;
  /// What its late fields refer to.
  const std::vector<catalog::Oid>& late_needs(catalog::Oid oid) const;
  /// What can't stay when the object goes, by whatever field it refers to it.
  const std::vector<catalog::Oid>& dependents(catalog::Oid oid) const;
  /// What it contains, and what that contains in turn.
  std::vector<catalog::Oid> contained(catalog::Oid oid) const;
  catalog::Oid container(catalog::Oid oid) const;

  /// What one field of the object refers to.
  std::vector<catalog::Oid> references(const catalog::Object& object, const catalog::FieldInfo& field) const;
  /// Whether the object goes silently with the other: a constraint with its column.
  bool goes_along(catalog::Oid oid, catalog::Oid with) const;

 private:
  using Lists = std::unordered_map<catalog::Oid, std::vector<catalog::Oid>>;
  void add_references(const catalog::Object& object);
  catalog::Oid stand_in(catalog::Oid oid) const;

  const catalog::SealedCatalog& sealed_;
  Lists needs_, late_needs_, dependents_, contained_;
};

}  // namespace pgplumb::diff

#pragma once
// Which objects are dropped, created and altered: the differences themselves, and what can't stay as it is while they are
// made.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "diff/plan.h"
#include "diff/plan/dependencies.h"

namespace pgplumb::diff {

/// Both catalogs as the planner sees them.
struct Sides {
  Sides(const catalog::SealedCatalog& from_, const catalog::SealedCatalog& to_, const PlanOptions& options_)
      : from(from_), to(to_), options(options_), from_names(from_), to_names(to_), from_needs(from_), to_needs(to_) {}

  const catalog::SealedCatalog& from;
  const catalog::SealedCatalog& to;
  const PlanOptions& options;
  SqlNames from_names, to_names;
  Dependencies from_needs, to_needs;

  /// The object of the same key on the other side; null where there is none.
  const catalog::SealedObject* in_to(catalog::Oid from_oid) const;
  const catalog::SealedObject* in_from(catalog::Oid to_oid) const;
  /// Whether objects of the kind are compared at all.
  bool in_scope(catalog::Kind kind) const;
};

/// Fields of one object that one rule changes together.
struct AlteredGroup {
  void (*apply)(const catalog::Object& from, const catalog::Object& to, Alteration& alteration) = nullptr;
  std::vector<const catalog::FieldInfo*> fields;
  bool disturbs = false;
  bool late = false;
};

struct AlteredObject {
  const catalog::SealedObject* from = nullptr;
  const catalog::SealedObject* to = nullptr;
  std::set<const void*> changed;  // tags of all changed fields
  std::vector<AlteredGroup> groups;
  bool comment = false;
  bool owner = false;
};

struct Selection {
  std::set<catalog::Oid> dropped;                 // of the actual catalog
  std::set<catalog::Oid> created;                 // of the desired catalog
  std::map<catalog::Oid, AlteredObject> altered;  // by the oid in the actual catalog
  std::vector<std::string> impossible;
};

/// `made_again`: objects of the actual catalog that are dropped and created rather than altered.
Selection select_objects(const Sides& sides, const Comparison& comparison, const std::set<catalog::Oid>& made_again);

}  // namespace pgplumb::diff

#include "engine/ddl/inheritance.h"

#include <algorithm>

#include "catalog/inheritance.h"

namespace pgplumb::engine::ddl {

using catalog::ForeignTable;
using catalog::Table;

std::vector<Oid> parents_of(const catalog::Catalog& catalog, Oid relation) {
  const Object* object = catalog.find(relation);
  return object ? catalog::parents_of(*object) : std::vector<Oid>();
}

std::vector<Oid> inheritance_children(const catalog::Catalog& catalog, Oid relation) {
  std::vector<Oid> children;
  for (const catalog::Dependent& dependent : catalog.dependents(relation)) {
    const std::vector<Oid> parents = parents_of(catalog, dependent.oid);
    if (std::find(parents.begin(), parents.end(), relation) != parents.end()) children.push_back(dependent.oid);
  }
  std::sort(children.begin(), children.end());
  return children;
}

std::vector<Oid> all_inheritors(const catalog::Catalog& catalog, Oid relation) {
  std::vector<Oid> relations = {relation};
  for (std::size_t at = 0; at < relations.size(); ++at)
    for (Oid child : inheritance_children(catalog, relations[at]))
      if (std::find(relations.begin(), relations.end(), child) == relations.end()) relations.push_back(child);
  return relations;
}

std::vector<Oid> partitions_of(const catalog::Catalog& catalog, Oid relation) {
  return is_partitioned(catalog, relation) ? inheritance_children(catalog, relation) : std::vector<Oid>();
}

bool is_partition(const catalog::Catalog& catalog, Oid relation) {
  if (const auto* table = catalog.find_as<Table>(relation)) return static_cast<bool>(table->partition_of);
  const auto* table = catalog.find_as<ForeignTable>(relation);
  return table && table->partition_of;
}

bool is_partitioned(const catalog::Catalog& catalog, Oid relation) {
  const auto* table = catalog.find_as<Table>(relation);
  return table && table->partition_strategy != catalog::PartitionStrategy::none;
}

void note_child(catalog::Catalog& catalog, Oid parent) {
  const auto* table = catalog.find_as<Table>(parent);
  if (table && !table->has_subclass) catalog.edit(Ref<Table>{parent}).set<&Table::has_subclass>(true);
}

bool has_subclass(const catalog::Catalog& catalog, Oid relation) {
  if (const auto* table = catalog.find_as<Table>(relation)) return table->has_subclass;
  return !inheritance_children(catalog, relation).empty();
}

}  // namespace pgplumb::engine::ddl

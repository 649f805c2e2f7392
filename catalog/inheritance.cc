#include "catalog/inheritance.h"

#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/table.h"

namespace pgplumb::catalog {

std::vector<Oid> parents_of(const Object& relation) {
  std::vector<Oid> parents;
  const auto collect = [&](const auto& table) {
    if (table.partition_of) parents.push_back(table.partition_of.oid);
    for (AnyRef parent : table.inherits) parents.push_back(parent.oid);
  };
  if (relation.kind == Kind::table) collect(static_cast<const Table&>(relation));
  if (relation.kind == Kind::foreign_table) collect(static_cast<const ForeignTable&>(relation));
  if (relation.kind == Kind::index)
    if (const Ref<Index> parent = static_cast<const Index&>(relation).partition_of) parents.push_back(parent.oid);
  return parents;
}

}  // namespace pgplumb::catalog

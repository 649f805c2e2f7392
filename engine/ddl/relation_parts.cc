#include "engine/ddl/relation_parts.h"

#include <algorithm>

#include "catalog/kinds/column.h"
#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/sequence.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/expressions.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

std::vector<Oid> owned_sequences(const Catalog& catalog, Oid relation) {
  std::vector<Oid> found;
  for (Oid child : catalog.children(relation)) {
    if (catalog.find(child)->kind != Kind::column) continue;
    for (const Dependent& dependent : catalog.dependents(child))
      if (const auto* sequence = catalog.find_as<Sequence>(dependent.oid); sequence && sequence->owned_by.oid == child)
        found.push_back(sequence->oid);
  }
  return found;
}

bool inherits_directly(const Object& child, Oid parent) {
  const auto holds = [&](const auto& table) {
    return table.partition_of.oid == parent ||
           std::any_of(table.inherits.begin(), table.inherits.end(), [&](AnyRef ref) { return ref.oid == parent; });
  };
  if (child.kind == Kind::table) return holds(static_cast<const Table&>(child));
  if (child.kind == Kind::foreign_table) return holds(static_cast<const ForeignTable&>(child));
  return false;
}

std::vector<Oid> find_inheritance_children(const Catalog& catalog, Oid relation) {
  std::vector<Oid> children;
  for (const Dependent& dependent : catalog.dependents(relation))
    if (const Object* child = catalog.find(dependent.oid); child && inherits_directly(*child, relation))
      children.push_back(dependent.oid);
  std::sort(children.begin(), children.end());
  return children;
}

std::vector<Oid> find_all_inheritors(const Catalog& catalog, Oid relation) {
  std::vector<Oid> found{relation};
  for (std::size_t i = 0; i < found.size(); ++i)
    for (Oid child : find_inheritance_children(catalog, found[i]))
      if (std::find(found.begin(), found.end(), child) == found.end()) found.push_back(child);
  return found;
}

bool in_partition_key(const Catalog& catalog, const Column& column) {
  const auto* table = catalog.find_as<Table>(column.parent.oid);
  if (!table) return false;
  for (const PartitionKeyPart& part : table->partition_key_parts) {
    if (part.column.oid == column.oid) return true;
    if (part.column) continue;
    for (Oid used : columns_used(part.expression))
      if (used == column.oid) return true;
  }
  return false;
}

}  // namespace pgplumb::engine::ddl

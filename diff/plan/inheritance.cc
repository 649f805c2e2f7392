#include "diff/plan/inheritance.h"

#include <algorithm>
#include <array>

#include "catalog/inheritance.h"
#include "diff/rules/relation.h"

namespace pgplumb::diff {

namespace {

/// Fields whose change reaches the children.
bool recurses(const catalog::FieldInfo& field) {
  static const std::array<const void*, 6> tags = {
      catalog::tag_of<&Column::type>(),         catalog::tag_of<&Column::collation>(),
      catalog::tag_of<&Column::not_null>(),     catalog::tag_of<&Column::generated>(),
      catalog::tag_of<&Constraint::validated>(), catalog::tag_of<&Column::identity>()};
  return std::find(tags.begin(), tags.end(), field.tag) != tags.end();
}

/// The same column or constraint of the relations that this one's relation inherits from, on both sides.
std::vector<Oid> counterparts_in_parents(const Catalog& catalog, const Object& object) {
  std::vector<Oid> found;
  const Object* relation = catalog.find(object.parent.oid);
  if (!relation) return found;
  for (Oid parent : parents_of(*relation))
    if (const Object* above = catalog.find_named(object.kind, parent, object.name)) found.push_back(above->oid);
  return found;
}

bool parent_changes(const Sides& sides, const Selection& selection, const AlteredObject& child,
                    const catalog::FieldInfo& field) {
  for (Oid above : counterparts_in_parents(sides.from.catalog(), *child.from->object)) {
    const auto known = selection.altered.find(above);
    if (known != selection.altered.end() && known->second.changed.count(field.tag)) return true;
  }
  return false;
}

}  // namespace

void leave_to_parents(const Sides& sides, Selection& selection) {
  for (auto& [oid, altered] : selection.altered) {
    if (altered.from->key.kind != Kind::column && altered.from->key.kind != Kind::constraint) continue;
    for (AlteredGroup& group : altered.groups)
      std::erase_if(group.fields, [&](const catalog::FieldInfo* field) {
        return recurses(*field) && parent_changes(sides, selection, altered, *field);
      });
    std::erase_if(altered.groups, [](const AlteredGroup& group) { return group.fields.empty(); });
  }
}

}  // namespace pgplumb::diff

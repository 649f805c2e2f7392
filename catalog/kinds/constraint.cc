#include "catalog/kinds/constraint.h"

#include <algorithm>

#include "catalog/catalog.h"
#include "catalog/inheritance.h"
#include "catalog/kinds/column.h"

namespace pgplumb::catalog {

namespace {

/// Whether ChooseConstraintName may have made the name of what the owner and the column are called now.
bool is_name_for(std::string_view name, std::string_view owner, std::string_view column) {
  const std::size_t digits = name.size() - std::min(name.find_last_not_of("0123456789") + 1, name.size());
  for (std::size_t count = 0; count <= digits; ++count)
    if (name == make_object_name(owner, column, "not_null" + std::string(name.substr(name.size() - count)))) return true;
  return false;
}

/// A child may have its parent's name for it.
bool is_default_name(const Name& name, const Object& owner, std::string_view column, const Catalog& catalog) {
  if (is_name_for(name.view(), owner.name.view(), column)) return true;
  const auto above = parents_of(owner);
  return std::any_of(above.begin(), above.end(), [&](Oid parent) {
    const Object* found = catalog.find(parent);
    return found && is_default_name(name, *found, column, catalog);
  });
}

/// NOT NULL, which had no name before 18 (of a domain before 17): one that was restored from an earlier major is named after
/// what its table and column are called by then, and not after what they were called when it was made.
bool has_generated_name(const Object& object, const Catalog& catalog) {
  const auto& constraint = static_cast<const Constraint&>(object);
  if (constraint.type != ConstraintType::not_null) return false;
  if (constraint.name == constraint.generated_name) return true;
  const Object* owner = catalog.find(constraint.parent.oid);
  const Object* column = constraint.columns.empty() ? nullptr : catalog.find(constraint.columns.front().oid);
  return owner && is_default_name(constraint.name, *owner, column ? column->name.view() : std::string_view(), catalog);
}

}  // namespace

// Clones of foreign keys for the partitions of either side follow from the original, and their names differ by major; but for
// those whose triggers somebody enabled or disabled there.
constinit const KindInfo constraint_kind = describe<Constraint>({
    .word = "constraint",
    .noun = "CONSTRAINT",
    .label = "constraint",
    .catalog = "pg_constraint",
    .catalog_oid = 2606,
    .from = "pg_constraint k LEFT JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_constraint kp ON kp.oid = k.conparentid "
            "WHERE k.oid >= 16384 AND k.contype <> 't' AND (k.contype <> 'f' OR k.conparentid = 0 OR CASE "
            "WHEN kp.conrelid = k.conrelid "
            "THEN (k.oid IN " PGPLUMB_ACTIONS_DISABLED ") <> (kp.oid IN " PGPLUMB_ACTIONS_DISABLED ") "
            "ELSE (k.oid IN " PGPLUMB_TRIGGERS_DISABLED ") <> (kp.oid IN " PGPLUMB_TRIGGERS_DISABLED ") END) "
            "AND coalesce(c.relpersistence, 'p') <> 't'",
    .oid_sql = "k.oid",
    .traits = {.in_schema_too = true},
    .fields = constraint_fields,
    .has_generated_name = &has_generated_name,
});

}  // namespace pgplumb::catalog

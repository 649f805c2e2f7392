#include "engine/ddl/names.h"

#include <algorithm>

#include "catalog/kinds/constraint.h"
#include "catalog/kinds/statistics.h"
#include "catalog/kinds/trigger.h"

namespace pgplumb::engine::ddl {

namespace {

constexpr std::size_t name_data_length = catalog::max_identifier_length + 1;  // NAMEDATALEN

bool relation_name_is_used(const Catalog& catalog, Oid schema, Name name) {
  return !catalog.lookup(catalog::NameSpace::relation, catalog::Kind::none, schema, name).empty();
}

/// Constraints are named within their own relation or domain, but generated names avoid all of the schema. A constraint
/// trigger is a row of pg_constraint too.
bool constraint_in_schema(const Catalog& catalog, Oid schema, Name name) {
  if (!catalog.lookup(catalog::NameSpace::own, catalog::Kind::constraint, schema, name).empty()) return true;
  for (Oid oid : catalog.lookup(catalog::NameSpace::own, catalog::Kind::trigger, schema, name))
    if (catalog.find_as<catalog::Trigger>(oid)->is_constraint) return true;
  return false;
}

}  // namespace

Name choose_relation_name(const Catalog& catalog, std::string_view name1, std::string_view name2, std::string_view label,
                          Oid schema, bool is_constraint) {
  std::string modified(label);
  for (int pass = 1;; ++pass) {
    const Name name = make_object_name(name1, name2, modified);
    if (!relation_name_is_used(catalog, schema, name) && !(is_constraint && constraint_in_schema(catalog, schema, name)))
      return name;
    modified = std::string(label) + std::to_string(pass);
  }
}

Name choose_constraint_name(const Catalog& catalog, std::string_view name1, std::string_view name2,
                            std::string_view label, Oid schema, const std::vector<Name>& others) {
  std::string modified(label);
  for (int pass = 1;; ++pass) {
    const Name name = make_object_name(name1, name2, modified);
    if (std::find(others.begin(), others.end(), name) == others.end() && !constraint_in_schema(catalog, schema, name))
      return name;
    modified = std::string(label) + std::to_string(pass);
  }
}

bool constraint_name_is_used(const Catalog& catalog, Oid relation, Name name) {
  if (catalog.find_named<catalog::Constraint>(relation, name)) return true;
  const auto* trigger = catalog.find_named<catalog::Trigger>(relation, name);
  return trigger && trigger->is_constraint;
}

std::string name_addition(const std::vector<Name>& columns) {
  std::string text;
  for (Name column : columns) {
    if (!text.empty()) text += '_';
    text += column.view();
    if (text.size() >= name_data_length) break;
  }
  return text;
}

Name choose_index_name(const Catalog& catalog, std::string_view table, Oid schema, const std::vector<Name>& columns,
                       IndexNaming naming) {
  switch (naming) {
    case IndexNaming::primary_key:
      return choose_relation_name(catalog, table, {}, "pkey", schema, true);
    case IndexNaming::exclusion:
      return choose_relation_name(catalog, table, name_addition(columns), "excl", schema, true);
    case IndexNaming::unique_constraint:
      return choose_relation_name(catalog, table, name_addition(columns), "key", schema, true);
    case IndexNaming::plain:
      break;
  }
  return choose_relation_name(catalog, table, name_addition(columns), "idx", schema, false);
}

Name choose_statistics_name(const Catalog& catalog, std::string_view table, const std::vector<Name>& columns,
                            Oid schema) {
  std::string label = "stat";
  for (int pass = 1;; ++pass) {
    const Name name = make_object_name(table, name_addition(columns), label);
    if (!catalog.find_named<catalog::Statistics>(schema, name)) return name;
    label = "stat" + std::to_string(pass);
  }
}

}  // namespace pgplumb::engine::ddl

#include "engine/ddl/row_type_users.h"

#include <algorithm>

#include "catalog/kinds/domain.h"
#include "catalog/kinds/range_type.h"
#include "catalog/kinds/table.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Catalog;
using catalog::Domain;
using catalog::RangeType;
using catalog::Table;

/// A stored column whose type is, or contains, that type; null where there is none.
const Column* stored_user(const Catalog& catalog, Oid type, std::vector<Oid>& seen) {
  if (std::find(seen.begin(), seen.end(), type) != seen.end()) return nullptr;
  seen.push_back(type);
  for (const catalog::Dependent& dependent : catalog.dependents(type)) {
    if (const auto* column = catalog.find_as<Column>(dependent.oid)) {
      if (catalog::owner_of_type(column->type.type) != type || column->parent.oid == type) continue;
      const Object& relation = *catalog.find(column->parent.oid);
      if (relation.kind == Kind::table || relation.kind == Kind::materialized_view) return column;
      if (relation.kind != Kind::composite_type) continue;
      if (const Column* found = stored_user(catalog, relation.oid, seen)) return found;
    } else if (catalog.find_as<Domain>(dependent.oid) || catalog.find_as<RangeType>(dependent.oid)) {
      if (const Column* found = stored_user(catalog, dependent.oid, seen)) return found;
    }
  }
  return nullptr;
}

std::string quoted_column(const Catalog& catalog, const Column& column) {
  return "\"" + catalog.find(column.parent.oid)->name.str() + "." + column.name.str() + "\"";
}

/// A stored column that has the domain within its values, through this one use of it.
const Column* holder_of(const Catalog& catalog, Oid domain, const Object& use) {
  std::vector<Oid> seen;
  if (use.kind == Kind::range_type) return stored_user(catalog, use.oid, seen);
  if (use.kind == Kind::domain) {
    const bool is_array = catalog::form_of_type(static_cast<const Domain&>(use).base.type) != catalog::TypeForm::plain;
    return is_array ? stored_user(catalog, use.oid, seen) : nullptr;
  }
  if (use.kind != Kind::column) return nullptr;
  const auto& column = static_cast<const Column&>(use);
  if (catalog::owner_of_type(column.type.type) != domain) return nullptr;
  const Kind relation = catalog.find(column.parent.oid)->kind;
  const bool stored = relation == Kind::table || relation == Kind::materialized_view;
  if (stored && catalog::form_of_type(column.type.type) != catalog::TypeForm::plain) return &column;
  return stored_user(catalog, column.parent.oid, seen);
}

}  // namespace

void require_domain_stored_plainly(const Interpreter& interpreter, Oid domain) {
  const Catalog& catalog = interpreter.catalog();
  for (const catalog::Dependent& dependent : catalog.dependents(domain)) {
    const Object& use = *catalog.find(dependent.oid);
    if (const Column* holder = holder_of(catalog, domain, use))
      throw SqlError("0A000", "cannot alter type \"" + catalog.find(domain)->name.str() + "\" because column " +
                                  quoted_column(catalog, *holder) + " uses it");
    if (use.kind == Kind::domain && static_cast<const Domain&>(use).base.type == domain)
      require_domain_stored_plainly(interpreter, use.oid);
  }
}

void require_row_type_unused(const Interpreter& interpreter, const Object& relation) {
  std::vector<Oid> seen;
  const Column* user = stored_user(interpreter.catalog(), relation.oid, seen);
  if (!user) return;
  const std::string column = quoted_column(interpreter.catalog(), *user);
  const std::string name = "\"" + relation.name.str() + "\"";
  if (relation.kind == Kind::composite_type)
    throw SqlError("0A000", "cannot alter type " + name + " because column " + column + " uses it");
  const char* word = relation.kind == Kind::foreign_table ? "foreign table " : "table ";
  throw SqlError("0A000", std::string("cannot alter ") + word + name + " because column " + column + " uses its row type");
}

std::vector<Oid> typed_tables_of(const catalog::Catalog& catalog, Oid type) {
  std::vector<Oid> tables;
  for (const catalog::Dependent& dependent : catalog.dependents(type)) {
    const auto* table = catalog.find_as<Table>(dependent.oid);
    if (table && table->of_type.type == type) tables.push_back(table->oid);
  }
  std::sort(tables.begin(), tables.end());
  return tables;
}

}  // namespace pgplumb::engine::ddl

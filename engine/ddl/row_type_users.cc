#include "engine/ddl/row_type_users.h"

#include <algorithm>

#include "catalog/expr_nodes.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/range_type.h"
#include "catalog/kinds/table.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Catalog;
using catalog::Domain;
using catalog::RangeType;
using catalog::Table;

std::string quoted_column(const Catalog& catalog, const Column& column) {
  return "\"" + catalog.find(column.parent.oid)->name.str() + "." + column.name.str() + "\"";
}

/// The index's column whose expression gives the type.
std::string index_user(const catalog::Index& index, Oid type) {
  for (const catalog::IndexColumn& column : index.columns) {
    const auto& tree = column.expression.tree;
    if (tree && catalog::expr::type_of(*tree) == type)
      return "\"" + index.name.str() + "." + column.name.str() + "\"";
  }
  return {};
}

/// A stored column, of an index too, whose type is, or contains, that type; empty where there is none.
std::string stored_user(const Catalog& catalog, Oid type, std::vector<Oid>& seen) {
  if (std::find(seen.begin(), seen.end(), type) != seen.end()) return {};
  seen.push_back(type);
  for (const catalog::Dependent& dependent : catalog.dependents(type)) {
    std::string found;
    if (const auto* column = catalog.find_as<Column>(dependent.oid)) {
      if (catalog::owner_of_type(column->type.type) != type || column->parent.oid == type) continue;
      const Object& relation = *catalog.find(column->parent.oid);
      if (relation.kind == Kind::table || relation.kind == Kind::materialized_view)
        return quoted_column(catalog, *column);
      if (relation.kind == Kind::composite_type) found = stored_user(catalog, relation.oid, seen);
    } else if (const auto* index = catalog.find_as<catalog::Index>(dependent.oid)) {
      found = index_user(*index, type);
    } else if (catalog.find_as<Domain>(dependent.oid) || catalog.find_as<RangeType>(dependent.oid)) {
      found = stored_user(catalog, dependent.oid, seen);
    }
    if (!found.empty()) return found;
  }
  return {};
}

/// A stored column that has the domain within its values, through this one use of it; empty where there is none.
std::string holder_of(const Catalog& catalog, Oid domain, const Object& use) {
  std::vector<Oid> seen;
  if (use.kind == Kind::range_type) return stored_user(catalog, use.oid, seen);
  if (use.kind == Kind::domain) {
    const bool is_array = catalog::form_of_type(static_cast<const Domain&>(use).base.type) != catalog::TypeForm::plain;
    return is_array ? stored_user(catalog, use.oid, seen) : std::string();
  }
  if (use.kind != Kind::column) return {};
  const auto& column = static_cast<const Column&>(use);
  if (catalog::owner_of_type(column.type.type) != domain) return {};
  const Kind relation = catalog.find(column.parent.oid)->kind;
  const bool stored = relation == Kind::table || relation == Kind::materialized_view;
  if (stored && catalog::form_of_type(column.type.type) != catalog::TypeForm::plain)
    return quoted_column(catalog, column);
  return stored_user(catalog, column.parent.oid, seen);
}

}  // namespace

void require_domain_stored_plainly(const Interpreter& interpreter, Oid domain) {
  const Catalog& catalog = interpreter.catalog();
  for (const catalog::Dependent& dependent : catalog.dependents(domain)) {
    const Object& use = *catalog.find(dependent.oid);
    if (const std::string holder = holder_of(catalog, domain, use); !holder.empty())
      throw SqlError("0A000", "cannot alter type \"" + catalog.find(domain)->name.str() + "\" because column " +
                                  holder + " uses it");
    if (use.kind == Kind::domain && static_cast<const Domain&>(use).base.type == domain)
      require_domain_stored_plainly(interpreter, use.oid);
  }
}

void require_row_type_unused(const Interpreter& interpreter, const Object& relation) {
  std::vector<Oid> seen;
  const std::string column = stored_user(interpreter.catalog(), relation.oid, seen);
  if (column.empty()) return;
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

#include "diff/rules/create_table.h"

#include <algorithm>

#include "catalog/kinds/foreign_table.h"
#include "catalog/kinds/table.h"
#include "diff/rules/settings.h"

namespace pgplumb::diff {

using catalog::ConstraintType;

namespace {

bool is_partition(const Object& table) {
  if (table.kind == Kind::table) return static_cast<bool>(static_cast<const catalog::Table&>(table).partition_of);
  return table.kind == Kind::foreign_table && static_cast<const catalog::ForeignTable&>(table).partition_of;
}

bool is_typed(const Object& table) {
  return table.kind == Kind::table && static_cast<const catalog::Table&>(table).of_type;
}

/// INHERITS brings the column; a partition is made by itself and attached later, so that it needs all its columns.
bool comes_by_inheritance(const Column& column, const Object& table) { return !column.local && !is_partition(table); }

std::vector<const Column*> create_table_columns_in_order(const Catalog& catalog, Oid table) {
  auto columns = catalog.children_of<Column>(table);
  std::sort(columns.begin(), columns.end(), [](const Column* a, const Column* b) { return a->position < b->position; });
  return columns;
}

/// Of a typed table: "a WITH OPTIONS DEFAULT 1", for columns that have any.
std::string typed_column(const Column& column, Creation& creation) {
  const std::string plain = quoted(column.name) + " " + creation.names.type(column.type) +
                            collate_clause(column.type, column.collation, creation.names);
  const std::string whole = column_definition(column, creation);
  return whole.size() == plain.size() ? "" : quoted(column.name) + " WITH OPTIONS" + whole.substr(plain.size());
}

bool is_written_with_table(const Constraint& constraint) {
  switch (constraint.type) {
    case ConstraintType::check: return constraint.validated || !constraint.enforced;
    case ConstraintType::primary_key:
    case ConstraintType::unique:
    case ConstraintType::exclusion: return true;
    case ConstraintType::not_null:
    case ConstraintType::foreign_key: return false;
  }
  return false;
}

int rank(const Constraint& constraint) {
  return constraint.type == ConstraintType::primary_key ? 0 : constraint.type == ConstraintType::check ? 2 : 1;
}

std::vector<const Constraint*> written_constraints(const Object& table, Creation& creation) {
  std::vector<const Constraint*> found;
  for (const Constraint* constraint : creation.names.catalog().children_of<Constraint>(table.oid)) {
    const bool inherited = !constraint->local && !is_partition(table) && constraint->type == ConstraintType::check;
    if (is_written_with_table(*constraint) && !inherited && creation.absorbs(constraint->oid)) found.push_back(constraint);
  }
  std::sort(found.begin(), found.end(), [](const Constraint* a, const Constraint* b) {
    return rank(*a) != rank(*b) ? rank(*a) < rank(*b) : a->name < b->name;
  });
  return found;
}

/// What a child has otherwise than the parent whose column it takes over.
void differ_from_parent(const Column& column, const Object& table, Creation& creation) {
  const Catalog& catalog = creation.names.catalog();
  const Column* parent = inherited_column(catalog, table, column.name);
  if (!parent) return;
  const std::string head = alter_only_head(creation.names, table);
  const std::string alter = "ALTER COLUMN " + quoted(column.name) + " ";
  if (default_of(catalog, *parent) && !default_of(catalog, column)) creation.out.add(head, alter + "DROP DEFAULT");
  if (column.not_null && !parent->not_null && !not_null_constraint_of(catalog, column))
    creation.out.add(head, alter + "SET NOT NULL");
}

bool takes_parents_default(const Object& value, const Column& column, const Object& table, const Catalog& catalog) {
  const Column* parent = inherited_column(catalog, table, column.name);
  const ColumnDefault* inherited = parent ? default_of(catalog, *parent) : nullptr;
  return inherited && inherited->expression.text == static_cast<const ColumnDefault&>(value).expression.text;
}

}  // namespace

std::string table_elements(const Object& table, Creation& creation) {
  std::vector<std::string> lines;
  for (const Column* column : create_table_columns_in_order(creation.names.catalog(), table.oid)) {
    if (comes_by_inheritance(*column, table)) continue;
    const std::string line = is_typed(table) ? typed_column(*column, creation) : column_definition(*column, creation);
    if (!line.empty()) lines.push_back("    " + line);
  }
  for (const Constraint* constraint : written_constraints(table, creation))
    lines.push_back("    CONSTRAINT " + quoted(constraint->name) + " " + constraint_definition(*constraint, creation.names));
  return join(lines, ",\n");
}

void table_settings(const Object& table, Creation& creation) {
  for (const Column* column : create_table_columns_in_order(creation.names.catalog(), table.oid)) {
    if (comes_by_inheritance(*column, table)) differ_from_parent(*column, table, creation);
    column_settings(*column, creation.names, creation.out);
  }
  for (const Constraint* constraint : written_constraints(table, creation))
    if (const Index* index = index_of(creation.names.catalog(), *constraint))
      index_settings(*index, creation.names, creation.out);
}

bool table_absorbs(const Object& table, const Object& contained, const SqlNames& names) {
  if (contained.kind == Kind::column || contained.kind == Kind::sequence) return true;
  if (contained.kind == Kind::index) return static_cast<bool>(static_cast<const Index&>(contained).constraint);
  if (contained.kind == Kind::column_default) {
    const auto* column = names.catalog().find_as<Column>(contained.parent.oid);
    return !column || !comes_by_inheritance(*column, table) ||
           takes_parents_default(contained, *column, table, names.catalog());
  }
  if (contained.kind != Kind::constraint) return false;
  const auto& constraint = static_cast<const Constraint&>(contained);
  if (constraint.type != ConstraintType::not_null) return is_written_with_table(constraint);
  const auto* column =
      constraint.columns.empty() ? nullptr : names.catalog().find_as<Column>(constraint.columns.front().oid);
  return column && constraint.validated && (!comes_by_inheritance(*column, table) || !constraint.local);
}

}  // namespace pgplumb::diff

#pragma once
// Columns of relations in the catalog: heap.c's CheckAttributeNamesTypes and StoreAttrDefault, and what tablecmds.c asks of
// a column.
#include "catalog/kinds/column_default.h"
#include "engine/ddl/table_elements.h"

namespace pgplumb::engine::ddl {

/// Stores the column behind the relation's others; its default is not looked at. Throws for names and types that a column
/// can't have. `position`: its place among those that there are, where dropped ones have left holes in the numbers.
Ref<Column> insert_column(Interpreter& interpreter, Oid relation, const ColumnSpec& spec, int number, int position);
inline Ref<Column> insert_column(Interpreter& interpreter, Oid relation, const ColumnSpec& spec, int number) {
  return insert_column(interpreter, relation, spec, number, number);
}
void check_column_name(Name name);
/// CheckAttributeType: 42P16 for pseudo-types, 42P22 without a collation.
void check_column_type(Interpreter& interpreter, Name name, TypeRef type, AnyRef collation, Oid relation);

/// Sets what the column's declaration says by default: DEFAULT, GENERATED, nextval() of its sequence.
void store_column_default(Interpreter& interpreter, Ref<Column> column, const ColumnSpec& spec);
/// Replaces the column's default; an empty expression removes it.
void set_column_default(catalog::Catalog& catalog, Ref<Column> column, Expr expression);
const catalog::ColumnDefault* default_of(const catalog::Catalog& catalog, Oid column);

/// A column of the same type, collation, storage and compression, with nothing else.
ColumnSpec column_like(const Column& column);

/// The number that the relation's next column gets.
int next_column_number(const catalog::Catalog& catalog, Oid relation);

}  // namespace pgplumb::engine::ddl

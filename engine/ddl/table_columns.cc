#include "engine/ddl/table_columns.h"

#include <algorithm>

#include "catalog/expr_nodes.h"
#include "catalog/kinds/domain.h"
#include "engine/analyze/lsyscache.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::ColumnDefault;

[[noreturn]] void invalid_table(const std::string& message, std::string hint = {}) {
  throw SqlError("42P16", message, {}, std::move(hint));
}

/// What a column's type is made of, down to the columns of row types: none of it may be the relation itself.
void check_no_self(Interpreter& interpreter, Oid type, Oid relation, std::vector<Oid>& containing) {
  const analyze::Syscache& cache = interpreter.cache();
  const Oid element = analyze::element_type(cache, type);
  if (element != invalid_oid) return check_no_self(interpreter, element, relation, containing);
  if (analyze::type_kind(cache, type) == 'd')
    return check_no_self(interpreter, analyze::base_type(cache, type), relation, containing);
  if (const Oid subtype = analyze::range_subtype(cache, type); subtype != invalid_oid)
    return check_no_self(interpreter, subtype, relation, containing);
  if (const Oid range = analyze::multirange_range(cache, type); range != invalid_oid)
    return check_no_self(interpreter, range, relation, containing);
  const Oid row = analyze::type_relation(cache, type);
  if (row == invalid_oid || catalog::is_builtin(row)) return;
  if (row == relation)
    invalid_table("composite type " + type_name(interpreter, type) + " cannot be made a member of itself");
  if (std::find(containing.begin(), containing.end(), row) != containing.end()) return;
  containing.push_back(row);
  for (const Column* column : columns_of(interpreter.catalog(), row))
    check_no_self(interpreter, column->type.type, relation, containing);
}

bool is_null_constant(const Expr& expression) {
  const auto* constant = catalog::expr::as<catalog::expr::Const>(catalog::expr::NodePtr(expression.tree));
  return constant && !constant->value;
}

}  // namespace

void check_column_name(Name name) {
  if (is_system_column(name.view()))
    throw SqlError("42701", "column name \"" + name.str() + "\" conflicts with a system column name");
}

void check_column_type(Interpreter& interpreter, Name name, TypeRef type, AnyRef collation, Oid relation) {
  if (analyze::type_kind(interpreter.cache(), type.type) == 'p')
    invalid_table("column \"" + name.str() + "\" has pseudo-type " + type_name(interpreter, type.type));
  std::vector<Oid> containing;
  check_no_self(interpreter, type.type, relation, containing);
  if (!collation && default_collation(interpreter, type.type))
    invalid_table("no collation was derived for column \"" + name.str() + "\" with collatable type " +
                      type_name(interpreter, type.type),
                  "Use the COLLATE clause to set the collation explicitly.");
}

Ref<Column> insert_column(Interpreter& interpreter, Oid relation, const ColumnSpec& spec, int number,
                          int position) {
  const Object& table = *interpreter.catalog().find(relation);
  if (table.kind != Kind::view && table.kind != Kind::composite_type) check_column_name(spec.name);
  require_type_usage(interpreter, spec.type.type);
  check_column_type(interpreter, spec.name, spec.type, spec.collation, relation);
  Column column;
  column.parent = AnyRef{table.kind, relation};
  column.name = spec.name;
  column.number = static_cast<std::int16_t>(number);
  column.position = position;
  column.type = spec.type;
  column.not_null = spec.not_null;
  column.collation = spec.collation;
  column.identity = spec.identity;
  column.generated = spec.generated;
  column.storage = spec.storage ? *spec.storage : type_storage(interpreter, spec.type.type);
  column.compression = spec.compression;
  column.foreign_options = spec.foreign_options;
  column.local = spec.local;
  column.inherited_from = spec.inherited_from;
  column.comment = spec.comment;
  return interpreter.catalog().insert(std::move(column));
}

const ColumnDefault* default_of(const catalog::Catalog& catalog, Oid column) {
  const auto defaults = catalog.children_of<ColumnDefault>(column);
  return defaults.empty() ? nullptr : defaults.front();
}

void set_column_default(catalog::Catalog& catalog, Ref<Column> column, Expr expression) {
  const ColumnDefault* known = default_of(catalog, column.oid);
  if (expression.empty()) {
    if (known) catalog.erase(known->oid);
  } else if (known) {
    catalog.edit(Ref<ColumnDefault>{known->oid}).set<&ColumnDefault::expression>(std::move(expression));
  } else {
    ColumnDefault made;
    made.parent = column;
    made.expression = std::move(expression);
    catalog.insert(std::move(made));
  }
}

void store_column_default(Interpreter& interpreter, Ref<Column> ref, const ColumnSpec& spec) {
  if (!spec.raw_default && !spec.cooked_default) return;
  const Column column = interpreter.catalog().get(ref);
  Expr expression;
  if (spec.raw_default) {
    expression = column.generated == Generated::none
                     ? analyze_column_default(interpreter, column, spec.raw_default)
                     : analyze_generation(interpreter, column.parent.oid, column, spec.raw_default);
    if (column.generated == Generated::none && is_null_constant(expression)) return;
  } else {
    expression = *spec.cooked_default;
    if (spec.default_source != invalid_oid)
      expression = map_columns(interpreter.catalog(), expression, spec.default_source, column.parent.oid, [] {});
  }
  set_column_default(interpreter.catalog(), ref, std::move(expression));
}

ColumnSpec column_like(const Column& column) {
  ColumnSpec spec;
  spec.name = column.name;
  spec.type = column.type;
  spec.collation = column.collation;
  spec.storage = column.storage;
  spec.compression = column.compression;
  return spec;
}

int next_column_number(const catalog::Catalog& catalog, Oid relation) {
  int last = 0;
  for (const Column* column : catalog.children_of<Column>(relation)) last = std::max<int>(last, column->number);
  return last + 1;
}

}  // namespace pgplumb::engine::ddl

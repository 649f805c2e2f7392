#include "catalog/kinds/column_default.h"

#include "diff/rules/relation.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Generated;

namespace {

const Column* column_of(const Object& value, const Catalog& catalog) {
  return catalog.find_as<Column>(value.parent.oid);
}

bool is_generated(const Object& value, const Catalog& catalog) {
  const Column* column = column_of(value, catalog);
  return column && column->generated != Generated::none;
}

std::string alter_column_default_column(const ColumnDefault& value, const SqlNames& names) {
  return "ALTER COLUMN " + names.parent(value) + " ";
}

std::string column_default_head_of(const ColumnDefault& value, const SqlNames& names) {
  return alter_only_head(names, column_of(value, names.catalog())->parent);
}

void create_default(const ColumnDefault& value, Creation& creation) {
  creation.out.add(column_default_head_of(value, creation.names),
                   alter_column_default_column(value, creation.names) + "SET DEFAULT " + as_source(value.expression.text));
}

void drop_default(const ColumnDefault& value, Removal& removal) {
  removal.out.add(column_default_head_of(value, removal.names), alter_column_default_column(value, removal.names) + "DROP DEFAULT");
}

void alter_expression(const ColumnDefault& from, const ColumnDefault& to, Alteration& alteration) {
  const Catalog& catalog = alteration.to.catalog();
  if (!is_generated(to, catalog)) {
    alteration.out.add(column_default_head_of(to, alteration.to),
                       alter_column_default_column(to, alteration.to) + "SET DEFAULT " + as_source(to.expression.text));
    return;
  }
  constexpr int first_with_set_expression = 17;
  if (alteration.from.catalog().major() < first_with_set_expression || !is_generated(from, alteration.from.catalog()))
    return alteration.replace();
  alteration.out.add(column_default_head_of(to, alteration.to),
                     alter_column_default_column(to, alteration.to) + "SET EXPRESSION AS " + parenthesized(to.expression.text));
}

/// The expression of a generated column can't go without it.
Oid column_default_recreated_with(const Object& object, const Catalog& catalog) {
  return is_generated(object, catalog) ? object.parent.oid : object.oid;
}

/// An inherited column takes its parent's default; a generated one is made and changed with its expression.
bool column_default_comes_along(const Object& object, const SqlNames& names) { return is_generated(object, names.catalog()); }

constexpr auto column_default_fields = field_rules(alter<&ColumnDefault::expression, alter_expression>());

}  // namespace

constinit const KindRules column_default_rules = {
    .stage = stage::table,
    .create = create_with<create_default>,
    .drop = drop_with<drop_default>,
    .fields = column_default_fields,
    .implied = column_default_comes_along,
    .recreated_with = column_default_recreated_with,
};

}  // namespace pgplumb::diff

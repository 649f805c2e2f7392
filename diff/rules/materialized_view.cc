#include "catalog/kinds/materialized_view.h"

#include <algorithm>

#include "diff/rules/relation.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::MaterializedView;

namespace {

void create_materialized_view(const MaterializedView& view, Creation& creation) {
  const SqlNames& names = creation.names;
  std::string sql = "CREATE MATERIALIZED VIEW " + names.qualified(view);
  if (!is_default_table_method(view.access_method)) sql += " USING " + names.qualified(view.access_method);
  sql += with_clause(view.options, view.toast_options);
  if (!view.tablespace.empty()) sql += " TABLESPACE " + quoted(view.tablespace);
  sql += " AS\n" + without_semicolon(view.query.text);
  if (!view.populated) sql += "\nWITH NO DATA";
  creation.out.add(std::move(sql));
  auto columns = names.catalog().children_of<Column>(view.oid);
  std::sort(columns.begin(), columns.end(), [](const Column* a, const Column* b) { return a->position < b->position; });
  for (const Column* column : columns) column_settings(*column, names, creation.out);
}

void alter_materialized_view_access_method(const MaterializedView&, const MaterializedView& to, Alteration& alteration) {
  constexpr int first_with_set_access_method = 15;
  if (alteration.from.catalog().major() < first_with_set_access_method) return alteration.replace();
  alteration.out.add(alter_head(alteration.to, to), "SET ACCESS METHOD " + alteration.to.qualified(to.access_method));
}

void alter_materialized_view_tablespace(const MaterializedView&, const MaterializedView& to, Alteration& alteration) {
  alteration.out.add(alter_head(alteration.to, to),
                     "SET TABLESPACE " + (to.tablespace.empty() ? "pg_default" : quoted(to.tablespace)));
}

void alter_materialized_view_options(const MaterializedView& from, const MaterializedView& to, Alteration& alteration) {
  const std::string head = alter_head(alteration.to, to);
  alter_storage_parameters(head, from.options, to.options, {}, alteration.out);
  alter_storage_parameters(head, from.toast_options, to.toast_options, "toast.", alteration.out);
}

bool materialized_view_absorbs(const Object&, const Object& contained, const SqlNames&) { return contained.kind == Kind::column; }

constexpr auto materialized_view_fields = field_rules(
    replace<&MaterializedView::query>(), alter<&MaterializedView::access_method, alter_materialized_view_access_method>(),
    alter<&MaterializedView::tablespace, alter_materialized_view_tablespace>(), alter<&MaterializedView::options, alter_materialized_view_options>(),
    alter<&MaterializedView::toast_options, alter_materialized_view_options>());

}  // namespace

constinit const KindRules materialized_view_rules = {
    .stage = stage::view,
    .create = create_with<create_materialized_view>,
    .drop = drop_by_address,
    .fields = materialized_view_fields,
    .absorbs = materialized_view_absorbs,
};

}  // namespace pgplumb::diff

#include "catalog/kinds/view.h"

#include <algorithm>

#include "diff/rules/relation.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::View;

namespace {

std::string view_definition(const View& view, const SqlNames& names) {
  return "VIEW " + names.qualified(view) + with_clause(view.options) + " AS\n" + without_semicolon(view.query.text);
}

void create_view(const View& view, Creation& creation) {
  creation.out.add("CREATE " + view_definition(view, creation.names));
}

std::vector<const Column*> view_columns_in_order(const Catalog& catalog, const View& view) {
  auto columns = catalog.children_of<Column>(view.oid);
  std::sort(columns.begin(), columns.end(), [](const Column* a, const Column* b) { return a->position < b->position; });
  return columns;
}

/// OR REPLACE keeps the columns, and appends others behind them (checkViewTupleDesc of view.c).
bool keeps_columns(const View& from, const View& to, const Alteration& alteration) {
  const auto before = view_columns_in_order(alteration.from.catalog(), from);
  const auto after = view_columns_in_order(alteration.to.catalog(), to);
  if (before.size() > after.size()) return false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const Column &a = *before[i], &b = *after[i];
    if (a.name != b.name || alteration.from.type(a.type) != alteration.to.type(b.type) ||
        static_cast<bool>(a.collation) != static_cast<bool>(b.collation) ||
        (a.collation && alteration.from.qualified(a.collation) != alteration.to.qualified(b.collation)))
      return false;
  }
  return true;
}

void alter_query(const View& from, const View& to, Alteration& alteration) {
  if (keeps_columns(from, to, alteration))
    alteration.out.add("CREATE OR REPLACE " + view_definition(to, alteration.to));
  else
    alteration.replace();
}

void alter_view_options(const View& from, const View& to, Alteration& alteration) {
  if (!alteration.changes<&View::query>())  // OR REPLACE has said them
    alter_storage_parameters(alter_head(alteration.to, to), from.options, to.options, {}, alteration.out);
}

bool view_absorbs(const Object&, const Object& contained, const SqlNames&) { return contained.kind == Kind::column; }

constexpr auto view_fields =
    field_rules(alter<&View::query, alter_query>(), alter<&View::options, alter_view_options>());

}  // namespace

constinit const KindRules view_rules = {
    .stage = stage::view,
    .create = create_with<create_view>,
    .drop = drop_by_address,
    .fields = view_fields,
    .absorbs = view_absorbs,
};

}  // namespace pgplumb::diff

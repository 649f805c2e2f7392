#include "catalog/kinds/publication_table.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::PublicationTable;

namespace {

std::string publication_table_head(const PublicationTable& member, const SqlNames& names) {
  return "ALTER PUBLICATION " + names.parent(member);
}

void add_table(const PublicationTable& member, Creation& creation) {
  const SqlNames& names = creation.names;
  std::string sql = publication_table_head(member, names) + " ADD TABLE ONLY " + names.qualified(member.table);
  if (!member.columns.empty()) sql += " (" + names.columns(member.columns) + ")";
  if (!member.row_filter.empty()) sql += " WHERE " + parenthesized(member.row_filter.text);
  creation.out.add(std::move(sql));
}

void drop_publication_table(const PublicationTable& member, Removal& removal) {
  removal.out.add(publication_table_head(member, removal.names) + " DROP TABLE ONLY " + removal.names.qualified(member.table));
}

constexpr auto publication_table_fields =
    field_rules(replace<&PublicationTable::columns>(), replace<&PublicationTable::row_filter>());

}  // namespace

constinit const KindRules publication_table_rules = {
    .stage = stage::publication,
    .create = create_with<add_table>,
    .drop = drop_with<drop_publication_table>,
    .fields = publication_table_fields,
};

}  // namespace pgplumb::diff

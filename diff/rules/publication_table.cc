#include "catalog/kinds/publication_table.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::PublicationTable;

namespace {

std::string head(const PublicationTable& member, const SqlNames& names) {
  return "ALTER PUBLICATION " + names.parent(member);
}

void add_table(const PublicationTable& member, Creation& creation) {
  const SqlNames& names = creation.names;
  std::string sql = head(member, names) + " ADD TABLE ONLY " + names.qualified(member.table);
  if (!member.columns.empty()) sql += " (" + names.columns(member.columns) + ")";
  if (!member.row_filter.empty()) sql += " WHERE " + parenthesized(member.row_filter.text);
  creation.out.add(std::move(sql));
}

void drop_table(const PublicationTable& member, Removal& removal) {
  removal.out.add(head(member, removal.names) + " DROP TABLE ONLY " + removal.names.qualified(member.table));
}

constexpr auto by_field =
    field_rules(replace<&PublicationTable::columns>(), replace<&PublicationTable::row_filter>());

}  // namespace

constinit const KindRules publication_table_rules = {
    .stage = stage::publication,
    .create = create_with<add_table>,
    .drop = drop_with<drop_table>,
    .fields = by_field,
};

}  // namespace pgplumb::diff

#include "catalog/kinds/foreign_table.h"

#include <algorithm>

#include "catalog/kinds/table.h"
#include "diff/rules/create_table.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::ForeignTable;

namespace {

void create_foreign_table(const ForeignTable& table, Creation& creation) {
  const SqlNames& names = creation.names;
  const std::string elements = table_elements(table, creation);
  std::string sql = "CREATE FOREIGN TABLE " + names.qualified(table) + (elements.empty() ? " ()" : " (\n" + elements + "\n)");
  if (!table.inherits.empty()) {
    std::vector<std::string> parents;
    for (AnyRef parent : table.inherits) parents.push_back(names.qualified(parent));
    sql += "\nINHERITS (" + join(parents) + ")";
  }
  sql += "\nSERVER " + names.qualified(table.server);
  if (const std::string options = foreign_options_clause(table.options, names.address(table), creation.out); !options.empty())
    sql += "\n" + options.substr(1);
  creation.out.add(std::move(sql));
  table_settings(table, creation);
}

void alter_foreign_table_options(const ForeignTable& from, const ForeignTable& to, Alteration& alteration) {
  alteration.out.add(alter_head(alteration.to, to),
                     alter_foreign_options(from.options, to.options, alteration.to.address(to), alteration.out));
}

void alter_foreign_table_partition(const ForeignTable& from, const ForeignTable& to, Alteration& alteration) {
  if (from.partition_of)
    alteration.out.add("ALTER TABLE " + alteration.from.qualified(from.partition_of) + " DETACH PARTITION " +
                       alteration.from.qualified(from));
  if (to.partition_of)
    alteration.out.add("ALTER TABLE " + alteration.to.qualified(to.partition_of) + " ATTACH PARTITION " +
                       alteration.to.qualified(to) + " " + to.partition_bound.text);
}

constexpr auto foreign_table_fields = field_rules(
    replace<&ForeignTable::server>(), alter<&ForeignTable::options, alter_foreign_table_options>(),
    replace<&ForeignTable::inherits>(), alter<&ForeignTable::partition_of, alter_foreign_table_partition>().late(),
    alter<&ForeignTable::partition_bound, alter_foreign_table_partition>().late());

}  // namespace

constinit const KindRules foreign_table_rules = {
    .stage = stage::table,
    .create = create_with<create_foreign_table>,
    .drop = drop_by_address,
    .fields = foreign_table_fields,
    .absorbs = table_absorbs,
};

}  // namespace pgplumb::diff

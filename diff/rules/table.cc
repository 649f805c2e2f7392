#include "catalog/kinds/table.h"

#include <algorithm>

#include "diff/rules/create_table.h"
#include "diff/rules/settings.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Persistence;
using catalog::ReplicaIdentity;
using catalog::Table;

namespace {

std::string tail(const Table& table, const SqlNames& names) {
  std::string out;
  if (!table.inherits.empty()) {
    std::vector<std::string> parents;
    for (AnyRef parent : table.inherits) parents.push_back(names.qualified(parent));
    out += "\nINHERITS (" + join(parents) + ")";
  }
  if (!table.partition_key.empty()) out += "\nPARTITION BY " + table.partition_key.text;
  if (!is_default_table_method(table.access_method)) out += "\nUSING " + names.qualified(table.access_method);
  if (const std::string with = with_clause(table.options, table.toast_options); !with.empty()) out += "\n" + with.substr(1);
  if (!table.tablespace.empty()) out += "\nTABLESPACE " + quoted(table.tablespace);
  return out;
}

void row_security(const Table& from, const Table& to, Alteration& alteration) {
  const std::string head = alter_head(alteration.to, to);
  if (from.row_security != to.row_security)
    alteration.out.add(head, to.row_security ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY");
  if (from.force_row_security != to.force_row_security)
    alteration.out.add(head, to.force_row_security ? "FORCE ROW LEVEL SECURITY" : "NO FORCE ROW LEVEL SECURITY");
}

/// USING INDEX is the index's own to say.
void replica_identity(const Table&, const Table& to, Alteration& alteration) {
  std::string_view words;
  switch (to.replica_identity) {
    case ReplicaIdentity::default_: words = "DEFAULT"; break;
    case ReplicaIdentity::nothing: words = "NOTHING"; break;
    case ReplicaIdentity::full: words = "FULL"; break;
    case ReplicaIdentity::index: return;
  }
  alteration.out.add(alter_only_head(alteration.to, to), "REPLICA IDENTITY " + std::string(words));
}

void create_table(const Table& table, Creation& creation) {
  const SqlNames& names = creation.names;
  std::string sql = table.persistence == Persistence::unlogged ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ";
  sql += names.qualified(table);
  if (table.of_type) sql += " OF " + names.type(table.of_type);
  const std::string elements = table_elements(table, creation);
  if (!table.of_type || !elements.empty()) sql += elements.empty() ? " ()" : " (\n" + elements + "\n)";
  creation.out.add(sql + tail(table, names));
  table_settings(table, creation);
  Alteration settings{names, names, creation.out};
  const Table plain;
  row_security(plain, table, settings);
  if (table.replica_identity != plain.replica_identity) replica_identity(plain, table, settings);
}

/// Whether a foreign key leads to the table or to what it is a partition of.
bool is_referenced(const Table& table, const Catalog& catalog) {
  for (const catalog::Dependent& dependent : catalog.dependents(table.oid)) {
    const auto* constraint = catalog.find_as<Constraint>(dependent.oid);
    if (constraint && constraint->foreign_key && constraint->foreign_key->table.oid == table.oid) return true;
  }
  const auto* parent = catalog.find_as<Table>(table.partition_of.oid);
  return parent && is_referenced(*parent, catalog);
}

/// A foreign key to the whole holds its partitions, until they are detached.
void drop_table(const Table& table, Removal& removal) {
  const auto* whole = removal.names.catalog().find_as<Table>(table.partition_of.oid);
  if (whole && is_referenced(*whole, removal.names.catalog()))
    removal.out.add("ALTER TABLE " + removal.names.qualified(*whole) + " DETACH PARTITION " + removal.names.qualified(table));
  Step& step = removal.out.add("DROP " + removal.names.address(table));
  if (table.partition_strategy == catalog::PartitionStrategy::none)
    destroys(step, "drops the rows of table " + removal.names.qualified(table));
}

std::string_view table_holds_data(const Object& object, const Catalog&) {
  const auto& table = static_cast<const Table&>(object);
  return table.partition_strategy == catalog::PartitionStrategy::none ? "the rows of the table" : "its partitions";
}

void alter_table_persistence(const Table&, const Table& to, Alteration& alteration) {
  alteration.out.add(alter_head(alteration.to, to),
                     to.persistence == Persistence::unlogged ? "SET UNLOGGED" : "SET LOGGED");
}

void alter_inherits(const Table& from, const Table& to, Alteration& alteration) {
  const auto has = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  std::vector<std::string> before, after;
  for (AnyRef parent : from.inherits) before.push_back(alteration.from.qualified(parent));
  for (AnyRef parent : to.inherits) after.push_back(alteration.to.qualified(parent));
  const std::string head = alter_head(alteration.to, to);
  for (const std::string& parent : before)
    if (!has(after, parent)) alteration.out.add(head, "NO INHERIT " + parent);
  for (const std::string& parent : after)
    if (!has(before, parent)) alteration.out.add(head, "INHERIT " + parent);
}

void alter_table_partition(const Table& from, const Table& to, Alteration& alteration) {
  if (from.partition_of)
    alteration.out.add("ALTER TABLE " + alteration.from.qualified(from.partition_of) + " DETACH PARTITION " +
                       alteration.from.qualified(from));
  if (to.partition_of)
    alteration.out.add("ALTER TABLE " + alteration.to.qualified(to.partition_of) + " ATTACH PARTITION " +
                       alteration.to.qualified(to) + " " + to.partition_bound.text);
}

void alter_table_type(const Table&, const Table& to, Alteration& alteration) {
  alteration.out.add(alter_head(alteration.to, to), to.of_type ? "OF " + alteration.to.type(to.of_type) : "NOT OF");
}

void alter_table_access_method(const Table&, const Table& to, Alteration& alteration) {
  constexpr int first_with_set_access_method = 15;
  if (alteration.from.catalog().major() < first_with_set_access_method)
    alteration.out.impossible("table " + alteration.to.qualified(to) +
                              ": its access method can't be changed before PostgreSQL 15");
  else
    alteration.out.add(alter_head(alteration.to, to), "SET ACCESS METHOD " + alteration.to.qualified(to.access_method));
}

void alter_table_tablespace(const Table&, const Table& to, Alteration& alteration) {
  alteration.out.add(alter_head(alteration.to, to),
                     "SET TABLESPACE " + (to.tablespace.empty() ? "pg_default" : quoted(to.tablespace)));
}

void alter_table_options(const Table& from, const Table& to, Alteration& alteration) {
  const std::string head = alter_head(alteration.to, to);
  alter_storage_parameters(head, from.options, to.options, {}, alteration.out);
  alter_storage_parameters(head, from.toast_options, to.toast_options, "toast.", alteration.out);
}

/// Attaching finds the indexes of a partition by their definitions: both sides' have to be there.
void late_needs(const Object& object, const Catalog& catalog, const catalog::RefVisitor& visit) {
  const auto& table = static_cast<const Table&>(object);
  if (!table.partition_of) return;
  for (const Index* index : catalog.children_of<Index>(table.oid)) {
    if (!index->partition_of) continue;
    visit(index->oid);
    visit(index->partition_of.oid);
  }
}

constexpr auto table_fields = field_rules(
    alter<&Table::persistence, alter_table_persistence>(), alter<&Table::inherits, alter_inherits>(),
    alter<&Table::partition_of, alter_table_partition>().late(), alter<&Table::partition_bound, alter_table_partition>().late(),
    impossible<&Table::detach_pending>("a DETACH PARTITION … CONCURRENTLY was interrupted: finish it with FINALIZE"),
    impossible<&Table::partition_strategy>("the way of partitioning can't be changed in place"),
    impossible<&Table::partition_key>("the partition key can't be changed in place"),
    alter<&Table::of_type, alter_table_type>(), alter<&Table::access_method, alter_table_access_method>(),
    alter<&Table::tablespace, alter_table_tablespace>(), alter<&Table::options, alter_table_options>(),
    alter<&Table::toast_options, alter_table_options>(), alter<&Table::row_security, row_security>(),
    alter<&Table::force_row_security, row_security>(), alter<&Table::replica_identity, replica_identity>());

}  // namespace

constinit const KindRules table_rules = {
    .stage = stage::table,
    .create = create_with<create_table>,
    .drop = drop_with<drop_table>,
    .fields = table_fields,
    .absorbs = table_absorbs,
    .late_needs = late_needs,
    .holds_data = table_holds_data,
};

}  // namespace pgplumb::diff

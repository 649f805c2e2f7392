// REPLICA IDENTITY: ATExecReplicaIdentity of commands/tablecmds.c.
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/table.h"
#include "engine/ddl/alter_table/alter_table.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::Index;
using catalog::ReplicaIdentity;
using catalog::Table;

ReplicaIdentity identity_of(std::string_view letter) {
  if (letter == "n") return ReplicaIdentity::nothing;
  if (letter == "f") return ReplicaIdentity::full;
  if (letter == "i") return ReplicaIdentity::index;
  return ReplicaIdentity::default_;
}

void mark(Catalog& catalog, Oid relation, Oid chosen) {
  for (const Index* index : catalog.children_of<Index>(relation))
    if (index->replica_identity != (index->oid == chosen))
      catalog.edit(Ref<Index>{index->oid}).set<&Index::replica_identity>(index->oid == chosen);
}

void check_index(const Catalog& catalog, const Object& relation, const Index& index) {
  const std::string name = "\"" + index.name.str() + "\"";
  if (index.parent.oid != relation.oid)
    throw SqlError("42809", name + " is not an index for table \"" + relation.name.str() + "\"");
  if (!index.unique) throw SqlError("42809", "cannot use non-unique index " + name + " as replica identity");
  const auto* constraint = catalog.find_as<Constraint>(index.constraint.oid);
  if (constraint && constraint->deferrable)
    throw SqlError("0A000", "cannot use non-immediate index " + name + " as replica identity");
  for (const catalog::IndexColumn& column : index.columns)
    if (!column.column) throw SqlError("0A000", "cannot use expression index " + name + " as replica identity");
  if (!index.predicate.empty()) throw SqlError("0A000", "cannot use partial index " + name + " as replica identity");
  for (const catalog::IndexColumn& column : index.columns) {
    const Column& attribute = catalog.get(column.column);
    if (!attribute.not_null)
      throw SqlError("42809", "index " + name + " cannot be used as replica identity because column \"" +
                                  attribute.name.str() + "\" is nullable");
  }
}

}  // namespace

void set_replica_identity(AlterTable& alter, const Subcommand& command) {
  const ast::ReplicaIdentityStmt statement = command.node.def().as<ast::ReplicaIdentityStmt>();
  const Object& relation = alter.relation(command.relation);
  if (!alter.catalog.find_as<Table>(relation.oid))
    throw NotSimulated("the replica identity of a materialized view");
  const ReplicaIdentity identity = identity_of(statement.identity_type());
  Oid chosen = invalid_oid;
  if (identity == ReplicaIdentity::index) {
    const Oid oid = find_relation_in_schema(alter.interpreter, relation.parent.oid, Name(statement.name()));
    const auto* index = alter.catalog.find_as<Index>(oid);
    if (!index) {
      if (oid != invalid_oid)
        throw SqlError("42809", "\"" + std::string(statement.name()) + "\" is not an index");
      throw SqlError("42704", "index \"" + std::string(statement.name()) + "\" for table \"" + relation.name.str() +
                                  "\" does not exist");
    }
    check_index(alter.catalog, relation, *index);
    chosen = index->oid;
  }
  mark(alter.catalog, relation.oid, chosen);
  alter.catalog.edit(Ref<Table>{relation.oid}).set<&Table::replica_identity>(identity);
}

}  // namespace pgplumb::engine::ddl

// Statements that tend tables and servers: VACUUM, CLUSTER, REINDEX, REFRESH, CREATE DATABASE, CREATE TABLESPACE. Few
// of them leave something in the schema.
#include "catalog/kinds/index.h"
#include "catalog/kinds/materialized_view.h"
#include "catalog/kinds/tablespace.h"
#include "engine/ddl/def_elem.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/query_access.h"
#include "engine/ddl/resolve.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/routine_effects.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

bool has_option(ast::List<ast::Node> options, std::string_view name) {
  for (ast::Node node : options)
    if (const auto option = node.as<ast::DefElem>(); option.defname() == name) return def_boolean(option);
  return false;
}

const Index& cluster_index(const Interpreter& interpreter, const Object& table, std::string_view name) {
  const auto found =
      interpreter.catalog().lookup(NameSpace::relation, Kind::none, interpreter.catalog().schema_of(table), Name(name));
  if (found.empty())
    throw SqlError("42704",
                   "index \"" + std::string(name) + "\" for table \"" + table.name.str() + "\" does not exist");
  const auto* index = interpreter.catalog().find_as<Index>(found.front());
  if (!index || index->parent.oid != table.oid)
    throw SqlError("42809", "\"" + std::string(name) + "\" is not an index for table \"" + table.name.str() + "\"");
  return *index;
}

/// mark_index_clustered
void mark_clustered(Catalog& catalog, const Object& table, Oid chosen) {
  for (const Index* index : catalog.children_of<Index>(table.oid)) {
    const bool clustered = index->oid == chosen;
    if (index->clustered != clustered) catalog.edit(Ref<Index>{index->oid}).set<&Index::clustered>(clustered);
  }
}

}  // namespace

void vacuum(Interpreter& interpreter, ast::VacuumStmt statement) {
  if (statement.is_vacuumcmd()) interpreter.transaction().forbid_block("VACUUM");
  for (ast::Node node : statement.rels())
    if (const auto relation = node.as<ast::VacuumRelation>().relation()) require_relation(interpreter, relation);
}

void cluster(Interpreter& interpreter, ast::ClusterStmt statement) {
  if (!statement.relation()) return interpreter.transaction().forbid_block("CLUSTER");
  const Object& table = require_relation(interpreter, statement.relation());
  if (table.kind != Kind::table && table.kind != Kind::materialized_view)
    throw SqlError("42809", "\"" + table.name.str() + "\" is not a table or materialized view");
  if (!statement.indexname().empty()) {
    const Oid index = cluster_index(interpreter, table, statement.indexname()).oid;
    return mark_clustered(interpreter.catalog(), table, index);
  }
  for (const Index* index : interpreter.catalog().children_of<Index>(table.oid))
    if (index->clustered) return;
  throw SqlError("42704", "there is no previously clustered index for table \"" + table.name.str() + "\"");
}

void reindex(Interpreter& interpreter, ast::ReindexStmt statement) {
  using Target = ast::ReindexObjectType;
  if (has_option(statement.params(), "concurrently")) interpreter.transaction().forbid_block("REINDEX CONCURRENTLY");
  if (statement.kind() == Target::REINDEX_OBJECT_SCHEMA) {
    interpreter.transaction().forbid_block("REINDEX SCHEMA");
    require_schema(interpreter, statement.name());
  }
  if (statement.kind() == Target::REINDEX_OBJECT_DATABASE) interpreter.transaction().forbid_block("REINDEX DATABASE");
  if (statement.kind() == Target::REINDEX_OBJECT_SYSTEM) interpreter.transaction().forbid_block("REINDEX SYSTEM");
  if (!statement.relation()) return;
  const Object& relation = require_relation(interpreter, statement.relation());
  if (statement.kind() == Target::REINDEX_OBJECT_INDEX && relation.kind != Kind::index)
    throw SqlError("42809", "\"" + relation.name.str() + "\" is not an index");
  if (statement.kind() == Target::REINDEX_OBJECT_TABLE && relation.kind != Kind::table &&
      relation.kind != Kind::materialized_view)
    throw SqlError("42809", "\"" + relation.name.str() + "\" is not a table or materialized view");
  if (const auto* index = interpreter.catalog().find_as<Index>(relation.oid); index && !index->valid)
    interpreter.catalog().edit(Ref<Index>{index->oid}).set<&Index::valid>(true);
}

void refresh_materialized_view(Interpreter& interpreter, ast::RefreshMatViewStmt statement) {
  const Object& relation = require_relation(interpreter, statement.relation());
  if (relation.kind != Kind::materialized_view)
    throw SqlError("0A000", "\"" + relation.name.str() + "\" is not a materialized view");
  if (statement.concurrent() && statement.skip_data())
    throw SqlError("42601", "REFRESH options CONCURRENTLY and WITH NO DATA cannot be used together");
  require_owner(interpreter, relation);
  const auto& view = static_cast<const MaterializedView&>(relation);
  if (!statement.skip_data()) require_readable(interpreter, view.query, view.owner);
  if (const auto reason = statement.skip_data() ? std::nullopt : effect_of_refs(interpreter, view.query.refs))
    throw NotSimulated(*reason);
  interpreter.catalog()
      .edit(Ref<MaterializedView>{relation.oid})
      .set<&MaterializedView::populated>(!statement.skip_data());
}

void create_database(Interpreter& interpreter, ast::CreatedbStmt) {
  const DatabaseRole* user = find_role(interpreter, interpreter.session().current_user());
  if (!is_superuser(interpreter) && !(user && user->create_database))
    throw SqlError("42501", "permission denied to create database");
  interpreter.transaction().forbid_block("CREATE DATABASE");
}

void drop_database(Interpreter& interpreter, ast::DropdbStmt) {
  interpreter.transaction().forbid_block("DROP DATABASE");
}

// What these set belongs to the database or the cluster, and is not compared.
void alter_database(Interpreter& interpreter, ast::AlterDatabaseStmt statement) {
  for (ast::Node option : statement.options())
    if (option.as<ast::DefElem>().defname() == "tablespace")
      interpreter.transaction().forbid_block("ALTER DATABASE SET TABLESPACE");
}
void refresh_database_collation(Interpreter&, ast::AlterDatabaseRefreshCollStmt) {}
void alter_tablespace_options(Interpreter&, ast::AlterTableSpaceOptionsStmt) {}

void alter_system(Interpreter& interpreter, ast::AlterSystemStmt) {
  interpreter.transaction().forbid_block("ALTER SYSTEM");
}

void create_tablespace(Interpreter& interpreter, ast::CreateTableSpaceStmt statement) {
  interpreter.transaction().forbid_block("CREATE TABLESPACE");
  Tablespace tablespace;
  tablespace.name = Name(statement.tablespacename());
  tablespace.owner = statement.owner() ? role_of(interpreter, statement.owner()) : new_owner(interpreter);
  if (tablespace.name.view().substr(0, 3) == "pg_")
    throw SqlError("42939", "unacceptable tablespace name \"" + tablespace.name.str() + "\"",
                   "The prefix \"pg_\" is reserved for system tablespaces.");
  if (interpreter.catalog().find_named<Tablespace>(invalid_oid, tablespace.name))
    throw SqlError("42710", "tablespace \"" + tablespace.name.str() + "\" already exists");
  interpreter.catalog().insert(std::move(tablespace));
}

void drop_tablespace(Interpreter& interpreter, ast::DropTableSpaceStmt statement) {
  interpreter.transaction().forbid_block("DROP TABLESPACE");
  const Name name(statement.tablespacename());
  if (const auto* known = interpreter.catalog().find_named<Tablespace>(invalid_oid, name))
    return interpreter.catalog().erase(known->oid);
  if (!statement.missing_ok()) throw SqlError("42704", "tablespace \"" + name.str() + "\" does not exist");
  interpreter.notice("tablespace \"" + name.str() + "\" does not exist, skipping");
}

}  // namespace pgplumb::engine::ddl

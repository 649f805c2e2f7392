// Databases and tablespaces, and what ALTER SYSTEM sets: commands/dbcommands.c and commands/tablespace.c. Little of it
// is part of a schema.
#include "catalog/kinds/tablespace.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

void create_database(Interpreter& interpreter, ast::CreatedbStmt) {
  const DatabaseRole* user = find_role(interpreter, interpreter.session().current_user());
  if (!is_superuser(interpreter) && !(user && user->create_database))
    throw SqlError("42501", "permission denied to create database");
  interpreter.forbid_block("CREATE DATABASE");
}

void drop_database(Interpreter& interpreter, ast::DropdbStmt) { interpreter.forbid_block("DROP DATABASE"); }

// What these set belongs to the database or the cluster, and is not compared.
void alter_database(Interpreter& interpreter, ast::AlterDatabaseStmt statement) {
  for (ast::Node option : statement.options())
    if (option.as<ast::DefElem>().defname() == "tablespace") interpreter.forbid_block("ALTER DATABASE SET TABLESPACE");
}
void refresh_database_collation(Interpreter&, ast::AlterDatabaseRefreshCollStmt) {}
void alter_tablespace_options(Interpreter&, ast::AlterTableSpaceOptionsStmt) {}

void alter_system(Interpreter& interpreter, ast::AlterSystemStmt) { interpreter.forbid_block("ALTER SYSTEM"); }

void create_tablespace(Interpreter& interpreter, ast::CreateTableSpaceStmt statement) {
  interpreter.forbid_block("CREATE TABLESPACE");
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
  interpreter.forbid_block("DROP TABLESPACE");
  const Name name(statement.tablespacename());
  if (const auto* known = interpreter.catalog().find_named<Tablespace>(invalid_oid, name))
    return interpreter.catalog().erase(known->oid);
  if (!statement.missing_ok()) throw SqlError("42704", "tablespace \"" + name.str() + "\" does not exist");
  interpreter.notice("tablespace \"" + name.str() + "\" does not exist, skipping");
}

}  // namespace pgplumb::engine::ddl

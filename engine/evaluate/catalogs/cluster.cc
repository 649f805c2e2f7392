// Roles, databases, tablespaces, and what is set for them.
#include "catalog/kinds/role.h"
#include "catalog/kinds/role_membership.h"
#include "catalog/kinds/role_setting.h"
#include "catalog/kinds/tablespace.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/catalogs/table.h"
#include "engine/evaluate/object_names.h"

namespace pgplumb::engine::evaluate {

namespace {

// --- pg_authid
// ---------------------------------------------------------------------------------------------------------

struct RoleRow {
  Oid oid = 10;
  std::string_view name;
  bool superuser = true, inherit = true, create_role = true, create_database = true, login = true, replication = true;
  bool bypass = true;
  std::int32_t connections = -1;
  std::string_view until;
};

std::vector<RoleRow> role_rows(Interpreter& interpreter) {
  std::vector<RoleRow> rows;
  const Name& bootstrap = interpreter.environment().user;
  RoleRow first;
  first.name = bootstrap.view();
  bool modelled = false;
  for (const auto* role : objects_of<catalog::DatabaseRole>(interpreter)) {
    modelled = modelled || role->name == bootstrap;
    rows.push_back({role->oid, role->name.view(), role->superuser, role->inherit, role->create_role,
                    role->create_database, role->login, role->replication, role->bypass_row_security,
                    role->connection_limit, role->valid_until});
  }
  if (!modelled) rows.insert(rows.begin(), first);
  for (const builtin::Role& role : interpreter.cache().builtin().roles())
    rows.push_back({role.oid,
                    role.rolname.view(),
                    role.rolsuper,
                    role.rolinherit,
                    role.rolcreaterole,
                    role.rolcreatedb,
                    role.rolcanlogin,
                    role.rolreplication,
                    role.rolbypassrls,
                    -1,
                    {}});
  return rows;
}

const CatalogColumn<RoleRow> role_columns[] = {
    {"oid", [](const Source&, const RoleRow& row) { return oid_value(row.oid); }},
    {"rolname", [](const Source&, const RoleRow& row) { return text_value(row.name); }},
    {"rolsuper", [](const Source&, const RoleRow& row) { return flag_value(row.superuser); }},
    {"rolinherit", [](const Source&, const RoleRow& row) { return flag_value(row.inherit); }},
    {"rolcreaterole", [](const Source&, const RoleRow& row) { return flag_value(row.create_role); }},
    {"rolcreatedb", [](const Source&, const RoleRow& row) { return flag_value(row.create_database); }},
    {"rolcanlogin", [](const Source&, const RoleRow& row) { return flag_value(row.login); }},
    {"rolreplication", [](const Source&, const RoleRow& row) { return flag_value(row.replication); }},
    {"rolbypassrls", [](const Source&, const RoleRow& row) { return flag_value(row.bypass); }},
    {"rolconnlimit", [](const Source&, const RoleRow& row) { return number_value(row.connections); }},
    {"rolvaliduntil",
     [](const Source&, const RoleRow& row) { return row.until.empty() ? null_value() : text_value(row.until); }},
};

// --- pg_auth_members
// ---------------------------------------------------------------------------------------------------

struct MemberRow {
  Oid role = invalid_oid, member = invalid_oid;
  bool admin = false, inherit = true, set = true;
};

std::vector<MemberRow> member_rows(Interpreter& interpreter) {
  std::vector<MemberRow> rows;
  for (const auto* row : objects_of<catalog::RoleMembership>(interpreter))
    rows.push_back(
        {role_oid(interpreter, row->role), role_oid(interpreter, row->name), row->admin, row->inherit, row->set_role});
  for (const builtin::Role& role : interpreter.cache().builtin().roles())
    for (Oid of : role.member_of) rows.push_back({of, role.oid});
  return rows;
}

const CatalogColumn<MemberRow> member_columns[] = {
    {"roleid", [](const Source&, const MemberRow& row) { return oid_value(row.role); }},
    {"member", [](const Source&, const MemberRow& row) { return oid_value(row.member); }},
    {"admin_option", [](const Source&, const MemberRow& row) { return flag_value(row.admin); }},
    {"inherit_option", [](const Source&, const MemberRow& row) { return flag_value(row.inherit); }},
    {"set_option", [](const Source&, const MemberRow& row) { return flag_value(row.set); }},
};

// --- pg_db_role_setting
// ------------------------------------------------------------------------------------------------

constexpr Oid this_database = 5;

struct SettingRow {
  Oid database = invalid_oid, role = invalid_oid;
  std::vector<std::string> settings;
};

std::vector<SettingRow> setting_rows(Interpreter& interpreter) {
  std::vector<SettingRow> rows;
  for (const auto* row : objects_of<catalog::RoleSetting>(interpreter)) {
    const Oid database = row->in_database ? this_database : invalid_oid;
    const Oid role = row->role.empty() ? invalid_oid : role_oid(interpreter, row->role);
    auto found = rows.begin();
    while (found != rows.end() && (found->database != database || found->role != role)) ++found;
    if (found == rows.end()) found = rows.insert(found, {database, role, {}});
    found->settings.push_back(row->name.str() + "=" + row->value);
  }
  return rows;
}

const CatalogColumn<SettingRow> setting_columns[] = {
    {"setdatabase", [](const Source&, const SettingRow& row) { return oid_value(row.database); }},
    {"setrole", [](const Source&, const SettingRow& row) { return oid_value(row.role); }},
    {"setconfig", [](const Source&, const SettingRow& row) { return options_value(row.settings); }},
};

// --- pg_database, pg_tablespace
// ----------------------------------------------------------------------------------------

struct DatabaseRow {
  Oid oid = invalid_oid;
  std::string name;
  bool is_template = false, allows = true;
};

/// The one that is connected to, and those that every cluster has. What others there are is not known.
std::vector<DatabaseRow> database_rows(Interpreter& interpreter) {
  std::vector<DatabaseRow> rows = {{1, "template1", true, true}, {4, "template0", true, false}};
  rows.push_back({this_database, interpreter.environment().database, false, true});
  if (rows.back().name != "postgres") rows.push_back({6, "postgres", false, true});
  return rows;
}

const CatalogColumn<DatabaseRow> database_columns[] = {
    {"oid", [](const Source&, const DatabaseRow& row) { return oid_value(row.oid); }},
    {"datname", [](const Source&, const DatabaseRow& row) { return text_value(row.name); }},
    {"datdba",
     [](const Source&, const DatabaseRow&) { return Value::unknown(invalid_oid, "the owner of a database"); }},
    {"encoding", [](const Source&, const DatabaseRow&) { return number_value(6); }},  // UTF8
    {"datistemplate", [](const Source&, const DatabaseRow& row) { return flag_value(row.is_template); }},
    {"datallowconn", [](const Source&, const DatabaseRow& row) { return flag_value(row.allows); }},
};

struct TablespaceRow {
  Oid oid = invalid_oid;
  std::string_view name;
  const Object* object = nullptr;
};
const CatalogColumn<TablespaceRow> tablespace_columns[] = {
    {"oid", [](const Source&, const TablespaceRow& row) { return oid_value(row.oid); }},
    {"spcname", [](const Source&, const TablespaceRow& row) { return text_value(row.name); }},
    {"spcowner", [](const Source& source, const TablespaceRow& row) { return owner_value(source, row.object); }},
};

}  // namespace

RelationPtr make_pg_authid(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, role_rows(interpreter), role_columns);
}
RelationPtr make_pg_auth_members(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, member_rows(interpreter), member_columns);
}
RelationPtr make_pg_db_role_setting(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, setting_rows(interpreter), setting_columns);
}
RelationPtr make_pg_database(Interpreter& interpreter, Oid relation) {
  return catalog_table(interpreter, relation, database_rows(interpreter), database_columns);
}
RelationPtr make_pg_tablespace(Interpreter& interpreter, Oid relation) {
  std::vector<TablespaceRow> rows;
  for (const builtin::Tablespace& row : interpreter.cache().builtin().tablespaces())
    rows.push_back({row.oid, row.spcname.view(), nullptr});
  for (const auto* row : objects_of<catalog::Tablespace>(interpreter))
    rows.push_back({row->oid, row->name.view(), row});
  return catalog_table(interpreter, relation, std::move(rows), tablespace_columns);
}

}  // namespace pgplumb::engine::evaluate

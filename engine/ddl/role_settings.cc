// ALTER ROLE … SET and ALTER DATABASE … SET: commands/user.c, commands/dbcommands.c, catalog/pg_db_role_setting.c.
#include "catalog/kinds/role_setting.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/variable.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// Whom the parameter is set for: every role where the name is empty.
struct SettingTarget {
  Name role;
  bool in_database = false;
};

std::vector<const RoleSetting*> settings_of(const Catalog& catalog, const SettingTarget& target) {
  std::vector<const RoleSetting*> found;
  catalog.for_each<RoleSetting>([&](const RoleSetting& setting) {
    if (setting.role == target.role && setting.in_database == target.in_database) found.push_back(&setting);
  });
  return found;
}

/// Applications keep keys and tokens in parameters of their own, which are not read from a server either.
bool is_secret(std::string name) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const char* word : {"secret", "passw", "token", "credential", "_key", ".key"})
    if (name.find(word) != std::string::npos) return true;
  return false;
}

void store_setting(Catalog& catalog, const SettingTarget& target, SettingValue value) {
  if (is_secret(value.name)) value.value = "(hidden)";
  for (const RoleSetting* known : settings_of(catalog, target))
    if (known->name.view() == value.name) {
      catalog.edit(Ref<RoleSetting>{known->oid}).set<&RoleSetting::value>(value.value);
      return;
    }
  RoleSetting setting;
  setting.role = target.role;
  setting.in_database = target.in_database;
  setting.name = Name(value.name);
  setting.value = value.value;
  catalog.insert(std::move(setting));
}

void remove(Catalog& catalog, const SettingTarget& target, std::string_view name) {
  for (const RoleSetting* known : settings_of(catalog, target))
    if (name.empty() || known->name.view() == name) catalog.erase(known->oid);
}

void change(Interpreter& interpreter, const SettingTarget& target, ast::VariableSetStmt statement) {
  switch (statement.kind()) {
    case ast::VariableSetKind::VAR_SET_VALUE:
      return store_setting(interpreter.catalog(), target, read_setting(interpreter, statement));
    case ast::VariableSetKind::VAR_SET_CURRENT:
      if (const auto value = interpreter.session().parameter(statement.name()))
        store_setting(interpreter.catalog(), target, {std::string(statement.name()), *value});
      return;
    case ast::VariableSetKind::VAR_RESET_ALL:
      return remove(interpreter.catalog(), target, {});
    default:
      return remove(interpreter.catalog(), target, statement.name());
  }
}

void check_may_set(const Interpreter& interpreter, Name role) {
  if (is_superuser(interpreter)) return;
  const DatabaseRole* object = find_role(interpreter, role);
  if (!role.empty() && (!object || object->superuser)) throw SqlError("42501", "must be superuser to alter superusers");
  const DatabaseRole* user = find_role(interpreter, interpreter.session().current_user());
  const bool is_self = role == interpreter.session().current_user();
  if (role.empty()) throw SqlError("42501", "must be superuser to alter settings globally");
  if (!is_self && !(user && user->create_role)) throw SqlError("42501", "permission denied");
}

bool is_this_database(const Interpreter& interpreter, std::string_view name) {
  return name == interpreter.environment().database;
}

}  // namespace

void drop_settings_of(Interpreter& interpreter, Name role) {
  for (const bool in_database : {false, true}) remove(interpreter.catalog(), {role, in_database}, {});
}

void alter_role_set(Interpreter& interpreter, ast::AlterRoleSetStmt statement) {
  SettingTarget target;
  if (statement.role()) target.role = role_of(interpreter, statement.role());
  if (!target.role.empty() && target.role.view().substr(0, 3) == "pg_")
    throw SqlError("42939", "role name \"" + target.role.str() + "\" is reserved", "Cannot alter reserved roles.");
  check_may_set(interpreter, target.role);
  target.in_database = !statement.database().empty();
  if (target.in_database && !is_this_database(interpreter, statement.database())) return;
  change(interpreter, target, statement.setstmt());
}

void alter_database_set(Interpreter& interpreter, ast::AlterDatabaseSetStmt statement) {
  if (!is_this_database(interpreter, statement.dbname())) return;
  change(interpreter, {Name(), true}, statement.setstmt());
}

}  // namespace pgplumb::engine::ddl

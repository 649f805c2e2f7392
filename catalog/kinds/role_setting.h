#pragma once
// One parameter that is set for a role, for the database, or for a role in the database (pg_db_role_setting).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct RoleSetting : Object {  // its name is the parameter's
  Name role;                   // empty: every role
  bool in_database = false;    // only in this database
  std::string value;
};

// Applications keep keys and tokens in parameters of their own: such values are not read.
inline constexpr auto role_setting_fields = fields(
    field<&RoleSetting::role>("role", identity, "r.rolname"),
    field<&RoleSetting::in_database>("in_database", identity, "s.setdatabase <> 0"),
    field<&Object::name>("parameter", identity, "split_part(u.setting, '=', 1)"),
    field<&RoleSetting::value>("value", attribute,
                               "CASE WHEN split_part(u.setting, '=', 1) ~* '(secret|passw|token|credential|_key|\\.key)' "
                               "THEN '(hidden)' ELSE substr(u.setting, strpos(u.setting, '=') + 1) END"));

}  // namespace pgplumb::catalog

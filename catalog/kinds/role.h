#pragma once
// A role of the cluster (pg_authid, read through pg_roles: passwords are never seen). The predefined roles and the
// bootstrap superuser are environment.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

struct DatabaseRole : Object {
  bool superuser = false;
  bool inherit = true;
  bool create_role = false;
  bool create_database = false;
  bool login = false;
  bool replication = false;
  bool bypass_row_security = false;
  std::int32_t connection_limit = -1;
  std::string valid_until;  // of the password; empty: for ever
};

inline constexpr auto role_fields = fields(
    field<&Object::name>("name", identity, "r.rolname"),
    field<&DatabaseRole::superuser>("superuser", attribute, "r.rolsuper"),
    field<&DatabaseRole::inherit>("inherit", attribute, "r.rolinherit"),
    field<&DatabaseRole::create_role>("create_role", attribute, "r.rolcreaterole"),
    field<&DatabaseRole::create_database>("create_database", attribute, "r.rolcreatedb"),
    field<&DatabaseRole::login>("login", attribute, "r.rolcanlogin"),
    field<&DatabaseRole::replication>("replication", attribute, "r.rolreplication"),
    field<&DatabaseRole::bypass_row_security>("bypass_row_security", attribute, "r.rolbypassrls"),
    field<&DatabaseRole::connection_limit>("connection_limit", attribute, "r.rolconnlimit"),
    field<&DatabaseRole::valid_until>("valid_until", attribute, "r.rolvaliduntil"));

}  // namespace pgplumb::catalog

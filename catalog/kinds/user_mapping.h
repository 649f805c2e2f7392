#pragma once
// How one user, or all of them, log in to a foreign server (pg_user_mapping, read through pg_user_mappings).
#include "catalog/kinds/foreign_options.h"

namespace pgplumb::catalog {

struct UserMapping : Object {  // its name is the user's, or "public"
  Options options;
  bool options_known = true;  // false: the options are another user's, and the server shows them to nobody else
};

// Who may see the options is said by the view's own definition: NULL means "none" as well as "not for you".
inline constexpr auto user_mapping_fields = fields(
    field<&Object::parent>("server", parent, "'1417/' || u.srvid"), field<&Object::name>("user", identity, "u.usename"),
    field<&UserMapping::options>("options", attribute | set, PGPLUMB_VISIBLE_OPTIONS("u.umoptions")),
    field<&UserMapping::options_known>(
        "options_known", info,
        "u.umoptions IS NOT NULL OR (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = current_user) "
        "OR (u.umuser = 0 AND pg_has_role(s.srvowner, 'USAGE')) OR (u.umuser <> 0 AND u.usename = current_user "
        "AND (pg_has_role(s.srvowner, 'USAGE') OR has_server_privilege(s.oid, 'USAGE')))"));

}  // namespace pgplumb::catalog

#include "catalog/kinds/role_membership.h"

namespace pgplumb::catalog {

// From 16 on, who makes a role without being a superuser is made its administrator by the bootstrap superuser: a
// membership with ADMIN OPTION and nothing else, which nobody wrote.
constinit const KindInfo role_membership_kind = describe<RoleMembership>({
    .word = "role_membership",
    .noun = "ROLE",
    .label = "role membership",
    .catalog = "pg_auth_members",
    .catalog_oid = 1261,
    .from = "(SELECT r.rolname AS role, u.rolname AS member, bool_or(a.admin_option) AS admin, "
            "bool_or((to_json(a) ->> 'inherit_option')::bool) AS inherit, bool_or((to_json(a) ->> 'set_option')::bool) AS set_role "
            "FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles u ON u.oid = a.member "
            "WHERE (a.roleid >= 16384 OR a.member >= 16384) AND NOT (a.grantor = 10 AND a.admin_option "
            "AND coalesce(to_json(a) ->> 'inherit_option' = 'false' AND to_json(a) ->> 'set_option' = 'false', false)) "
            "GROUP BY r.rolname, u.rolname) m",
    .oid_sql = "0",
    .name_space = NameSpace::none,
    .traits = {.has_comment = false, .opt_in = OptIn::roles},
    .fields = role_membership_fields,
});

}  // namespace pgplumb::catalog

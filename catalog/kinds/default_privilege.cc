#include "catalog/kinds/default_privilege.h"

namespace pgplumb::catalog {

constinit const KindInfo default_privilege_kind = describe<DefaultPrivilege>({
    .word = "default_privilege",
    .noun = "DEFAULT PRIVILEGES",
    .label = "default privileges",
    .catalog = "pg_default_acl",
    .catalog_oid = 826,
    .from = "pg_default_acl d JOIN pg_roles r ON r.oid = d.defaclrole CROSS JOIN LATERAL ("
            "SELECT w.grantee, coalesce(json_agg(DISTINCT w.privilege) FILTER (WHERE w.present), '[]') AS privileges, "
            "json_agg(DISTINCT w.privilege) FILTER (WHERE w.present AND w.grantable) AS grantable FROM ("
            "SELECT e.grantee, e.privilege_type, e.is_grantable, true FROM aclexplode(d.defaclacl) e UNION ALL "
            "SELECT b.grantee, b.privilege_type, b.is_grantable, false FROM aclexplode(CASE WHEN d.defaclnamespace = 0 "
            "THEN acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole) END) b"
            ") w(grantee, privilege, grantable, present) GROUP BY w.grantee "
            "HAVING array_agg((w.privilege, w.grantable) ORDER BY w.privilege, w.grantable) FILTER (WHERE w.present) "
            "IS DISTINCT FROM array_agg((w.privilege, w.grantable) ORDER BY w.privilege, w.grantable) FILTER (WHERE NOT w.present)"
            ") a LEFT JOIN pg_roles g ON g.oid = a.grantee",
    .oid_sql = "d.oid",
    .name_space = NameSpace::own,
    .traits = {.has_comment = false, .opt_in = OptIn::grants},
    .fields = default_privilege_fields,
});

}  // namespace pgplumb::catalog

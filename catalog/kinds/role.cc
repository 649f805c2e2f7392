#include "catalog/kinds/role.h"

namespace pgplumb::catalog {

constinit const KindInfo role_kind = describe<DatabaseRole>({
    .word = "role",
    .noun = "ROLE",
    .label = "role",
    .catalog = "pg_authid",
    .catalog_oid = 1260,
    .from = "pg_roles r WHERE r.oid >= 16384",
    .oid_sql = "r.oid",
    .traits = {.opt_in = OptIn::roles},
    .fields = role_fields,
});

}  // namespace pgplumb::catalog

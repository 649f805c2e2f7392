#include "catalog/kinds/role_setting.h"

namespace pgplumb::catalog {

constinit const KindInfo role_setting_kind = describe<RoleSetting>({
    .word = "role_setting",
    .noun = "ROLE",
    .label = "role setting",
    .catalog = "pg_db_role_setting",
    .catalog_oid = 2964,
    .from = "pg_db_role_setting s CROSS JOIN unnest(s.setconfig) u(setting) LEFT JOIN pg_roles r ON r.oid = s.setrole "
            "WHERE s.setdatabase IN (0, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))",
    .oid_sql = "0",
    .name_space = NameSpace::none,
    .traits = {.has_comment = false, .opt_in = OptIn::roles},
    .fields = role_setting_fields,
});

}  // namespace pgplumb::catalog

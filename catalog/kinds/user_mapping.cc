#include "catalog/kinds/user_mapping.h"

namespace pgplumb::catalog {

constinit const KindInfo user_mapping_kind = describe<UserMapping>({
    .word = "user_mapping",
    .noun = "USER MAPPING",
    .label = "user mapping",
    .catalog = "pg_user_mapping",
    .catalog_oid = 1418,
    .from = "pg_user_mappings u JOIN pg_foreign_server s ON s.oid = u.srvid",
    .oid_sql = "u.umid",
    .traits = {.has_comment = false},
    .fields = user_mapping_fields,
});

}  // namespace pgplumb::catalog

#include "catalog/kinds/foreign_server.h"

namespace pgplumb::catalog {

constinit const KindInfo foreign_server_kind = describe<ForeignServer>({
    .word = "foreign_server",
    .noun = "SERVER",
    .label = "server",
    .catalog = "pg_foreign_server",
    .catalog_oid = 1417,
    .from = "pg_foreign_server s WHERE s.oid >= 16384",
    .oid_sql = "s.oid",
    .owner_sql = "s.srvowner",
    .acl_sql = "s.srvacl",
    .acl_type = 'S',
    .traits = {.has_owner = true},
    .fields = foreign_server_fields,
});

}  // namespace pgplumb::catalog

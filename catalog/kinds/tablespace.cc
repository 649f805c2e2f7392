#include "catalog/kinds/tablespace.h"

namespace pgplumb::catalog {

constinit const KindInfo tablespace_kind = describe<Tablespace>({
    .word = "tablespace",
    .noun = "TABLESPACE",
    .label = "tablespace",
    .catalog = "pg_tablespace",
    .catalog_oid = 1213,
    .from = "pg_tablespace s WHERE s.oid >= 16384",
    .oid_sql = "s.oid",
    .owner_sql = "s.spcowner",
    .acl_sql = "s.spcacl",
    .acl_type = 't',
    .traits = {.has_owner = true, .opt_in = OptIn::roles},
    .fields = tablespace_fields,
});

}  // namespace pgplumb::catalog

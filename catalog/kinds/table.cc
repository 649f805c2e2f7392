#include "catalog/kinds/table.h"

namespace pgplumb::catalog {

constinit const KindInfo table_kind = describe<Table>({
    .word = "table",
    .noun = "TABLE",
    .label = "table",
    .catalog = "pg_class",
    .catalog_oid = 1259,
    .from = "pg_class c WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384 AND c.relpersistence <> 't'",
    .oid_sql = "c.oid",
    .owner_sql = "c.relowner",
    .acl_sql = "c.relacl",
    .acl_type = 'r',
    .name_space = NameSpace::relation,
    .traits = {.has_row_type = true, .has_owner = true},
    .fields = table_fields,
});

}  // namespace pgplumb::catalog

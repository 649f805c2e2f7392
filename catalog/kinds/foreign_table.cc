#include "catalog/kinds/foreign_table.h"

namespace pgplumb::catalog {

constinit const KindInfo foreign_table_kind = describe<ForeignTable>({
    .word = "foreign_table",
    .noun = "FOREIGN TABLE",
    .label = "foreign table",
    .catalog = "pg_class",
    .catalog_oid = 1259,
    .from = "pg_class c JOIN pg_foreign_table f ON f.ftrelid = c.oid",
    .oid_sql = "c.oid",
    .owner_sql = "c.relowner",
    .acl_sql = "c.relacl",
    .acl_type = 'r',
    .name_space = NameSpace::relation,
    .traits = {.has_row_type = true, .has_owner = true},
    .fields = foreign_table_fields,
});

}  // namespace pgplumb::catalog

#include "catalog/kinds/view.h"

namespace pgplumb::catalog {

constinit const KindInfo view_kind = describe<View>({
    .word = "view",
    .noun = "VIEW",
    .label = "view",
    .catalog = "pg_class",
    .catalog_oid = 1259,
    .from = "pg_class c WHERE c.relkind = 'v' AND c.oid >= 16384 AND c.relpersistence <> 't'",
    .oid_sql = "c.oid",
    .owner_sql = "c.relowner",
    .acl_sql = "c.relacl",
    .acl_type = 'r',
    .name_space = NameSpace::relation,
    .traits = {.has_row_type = true, .has_owner = true},
    .fields = view_fields,
});

}  // namespace pgplumb::catalog

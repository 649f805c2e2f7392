#include "catalog/kinds/materialized_view.h"

namespace pgplumb::catalog {

constinit const KindInfo materialized_view_kind = describe<MaterializedView>({
    .word = "materialized_view",
    .noun = "MATERIALIZED VIEW",
    .label = "materialized view",
    .catalog = "pg_class",
    .catalog_oid = 1259,
    .from = "pg_class c WHERE c.relkind = 'm' AND c.oid >= 16384",
    .oid_sql = "c.oid",
    .owner_sql = "c.relowner",
    .acl_sql = "c.relacl",
    .acl_type = 'r',
    .name_space = NameSpace::relation,
    .traits = {.has_row_type = true, .has_owner = true},
    .fields = materialized_view_fields,
});

}  // namespace pgplumb::catalog

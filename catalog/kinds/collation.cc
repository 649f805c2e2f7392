#include "catalog/kinds/collation.h"

namespace pgplumb::catalog {

constinit const KindInfo collation_kind = describe<Collation>({
    .word = "collation",
    .noun = "COLLATION",
    .label = "collation",
    .catalog = "pg_collation",
    .catalog_oid = 3456,
    .from = "pg_collation co WHERE co.oid >= 16384",
    .oid_sql = "co.oid",
    .owner_sql = "co.collowner",
    .traits = {.has_owner = true},
    .fields = collation_fields,
});

}  // namespace pgplumb::catalog

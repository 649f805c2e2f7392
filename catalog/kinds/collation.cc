#include "catalog/kinds/collation.h"

namespace pgplumb::catalog {

// initdb imports the collations of the operating system, from 12000 on: those that no built-in row stands for are
// environment, and have to be there to be referred to.
constinit const KindInfo collation_kind = describe<Collation>({
    .word = "collation",
    .noun = "COLLATION",
    .label = "collation",
    .catalog = "pg_collation",
    .catalog_oid = 3456,
    .from = "pg_collation co WHERE co.oid >= 12000",
    .oid_sql = "co.oid",
    .owner_sql = "co.collowner",
    .traits = {.has_owner = true},
    .fields = collation_fields,
});

}  // namespace pgplumb::catalog

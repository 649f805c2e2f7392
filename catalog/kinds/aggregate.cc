#include "catalog/kinds/aggregate.h"

namespace pgplumb::catalog {

constinit const KindInfo aggregate_kind = describe<Aggregate>({
    .word = "aggregate",
    .noun = "AGGREGATE",
    .label = "aggregate",
    .catalog = "pg_proc",
    .catalog_oid = 1255,
    .from = "pg_proc p JOIN pg_aggregate g ON g.aggfnoid = p.oid WHERE p.oid >= 16384",
    .oid_sql = "p.oid",
    .owner_sql = "p.proowner",
    .acl_sql = "p.proacl",
    .acl_type = 'f',
    .name_space = NameSpace::routine,
    .traits = {.has_owner = true},
    .fields = aggregate_fields,
});

}  // namespace pgplumb::catalog

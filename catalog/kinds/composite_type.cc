#include "catalog/kinds/composite_type.h"

namespace pgplumb::catalog {

constinit const KindInfo composite_type_kind = describe<CompositeType>({
    .word = "composite_type",
    .noun = "TYPE",
    .label = "composite type",
    .catalog = "pg_class",
    .catalog_oid = 1259,
    .from = "pg_class c JOIN pg_type t ON t.oid = c.reltype WHERE c.relkind = 'c' AND c.oid >= 16384",
    .oid_sql = "c.oid",
    .owner_sql = "c.relowner",
    .acl_sql = "t.typacl",
    .acl_type = 'T',
    .name_space = NameSpace::relation,
    .traits = {.has_row_type = true, .is_type = true, .has_owner = true},
    .fields = composite_type_fields,
});

}  // namespace pgplumb::catalog

#include "catalog/kinds/base_type.h"

namespace pgplumb::catalog {

// Array types follow from their element type: typcategory A with typelem's typarray pointing back.
constinit const KindInfo base_type_kind = describe<BaseType>({
    .word = "base_type",
    .noun = "TYPE",
    .label = "type",
    .catalog = "pg_type",
    .catalog_oid = 1247,
    .from = "pg_type t WHERE t.typtype IN ('b', 'p') AND t.oid >= 16384 "
            "AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)",
    .oid_sql = "t.oid",
    .owner_sql = "t.typowner",
    .acl_sql = "t.typacl",
    .acl_type = 'T',
    .name_space = NameSpace::type,
    .traits = {.is_type = true, .has_owner = true},
    .fields = base_type_fields,
});

}  // namespace pgplumb::catalog

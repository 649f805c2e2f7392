#include "catalog/kinds/function.h"

namespace pgplumb::catalog {

constinit const KindInfo function_kind = describe<Function>({
    .word = "function",
    .noun = "FUNCTION",
    .label = "function",
    .catalog = "pg_proc",
    .catalog_oid = 1255,
    .from = "pg_proc p WHERE p.prokind IN ('f', 'w') AND p.oid >= 16384",
    .oid_sql = "p.oid",
    .owner_sql = "p.proowner",
    .acl_sql = "p.proacl",
    .acl_type = 'f',
    .name_space = NameSpace::routine,
    .traits = {.has_owner = true},
    .fields = function_fields,
});

}  // namespace pgplumb::catalog

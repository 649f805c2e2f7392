#include "catalog/kinds/procedure.h"

namespace pgplumb::catalog {

constinit const KindInfo procedure_kind = describe<Procedure>({
    .word = "procedure",
    .noun = "PROCEDURE",
    .label = "procedure",
    .catalog = "pg_proc",
    .catalog_oid = 1255,
    .from = "pg_proc p WHERE p.prokind = 'p' AND p.oid >= 16384",
    .oid_sql = "p.oid",
    .owner_sql = "p.proowner",
    .acl_sql = "p.proacl",
    .acl_type = 'f',
    .name_space = NameSpace::routine,
    .traits = {.has_owner = true},
    .fields = routine_fields,
});

}  // namespace pgplumb::catalog

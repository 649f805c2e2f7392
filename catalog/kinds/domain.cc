#include "catalog/kinds/domain.h"

namespace pgplumb::catalog {

constinit const KindInfo domain_kind = describe<Domain>({
    .word = "domain",
    .noun = "DOMAIN",
    .label = "type",
    .catalog = "pg_type",
    .catalog_oid = 1247,
    .from = "pg_type t WHERE t.typtype = 'd' AND t.oid >= 16384",
    .oid_sql = "t.oid",
    .owner_sql = "t.typowner",
    .acl_sql = "t.typacl",
    .acl_type = 'T',
    .name_space = NameSpace::type,
    .traits = {.is_type = true, .has_owner = true},
    .fields = domain_fields,
});

}  // namespace pgplumb::catalog

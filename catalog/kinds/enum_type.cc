#include "catalog/kinds/enum_type.h"

namespace pgplumb::catalog {

constinit const KindInfo enum_type_kind = describe<EnumType>({
    .word = "enum_type",
    .noun = "TYPE",
    .label = "type",
    .catalog = "pg_type",
    .catalog_oid = 1247,
    .from = "pg_type t WHERE t.typtype = 'e' AND t.oid >= 16384",
    .oid_sql = "t.oid",
    .owner_sql = "t.typowner",
    .acl_sql = "t.typacl",
    .acl_type = 'T',
    .name_space = NameSpace::type,
    .traits = {.is_type = true, .has_owner = true},
    .fields = enum_type_fields,
});

}  // namespace pgplumb::catalog

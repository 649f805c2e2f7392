#include "catalog/kinds/language.h"

namespace pgplumb::catalog {

constinit const KindInfo language_kind = describe<Language>({
    .word = "language",
    .noun = "LANGUAGE",
    .label = "language",
    .catalog = "pg_language",
    .catalog_oid = 2612,
    .from = "pg_language l WHERE l.oid >= 16384",
    .oid_sql = "l.oid",
    .owner_sql = "l.lanowner",
    .acl_sql = "l.lanacl",
    .acl_type = 'l',
    .traits = {.has_owner = true},
    .fields = language_fields,
});

}  // namespace pgplumb::catalog

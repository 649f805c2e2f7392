#include "catalog/kinds/schema.h"

namespace pgplumb::catalog {

// Schema public counts as a user's object, since it can be dropped and renamed, although its oid is a built-in one.
constinit const KindInfo schema_kind = describe<Schema>({
    .word = "schema",
    .noun = "SCHEMA",
    .label = "schema",
    .catalog = "pg_namespace",
    .catalog_oid = 2615,
    .from = "pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'",
    .oid_sql = "n.oid",
    .owner_sql = "n.nspowner",
    .acl_sql = "n.nspacl",
    .acl_type = 'n',
    .traits = {.has_owner = true},
    .fields = schema_fields,
});

}  // namespace pgplumb::catalog

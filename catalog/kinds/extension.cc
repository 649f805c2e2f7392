#include "catalog/kinds/extension.h"

namespace pgplumb::catalog {

constinit const KindInfo extension_kind = describe<Extension>({
    .word = "extension",
    .noun = "EXTENSION",
    .label = "extension",
    .catalog = "pg_extension",
    .catalog_oid = 3079,
    .from = "pg_extension e",
    .oid_sql = "e.oid",
    .owner_sql = "e.extowner",
    .traits = {.has_owner = true},
    .fields = extension_fields,
});

}  // namespace pgplumb::catalog

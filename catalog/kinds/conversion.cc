#include "catalog/kinds/conversion.h"

namespace pgplumb::catalog {

constinit const KindInfo conversion_kind = describe<Conversion>({
    .word = "conversion",
    .noun = "CONVERSION",
    .label = "conversion",
    .catalog = "pg_conversion",
    .catalog_oid = 2607,
    .from = "pg_conversion co WHERE co.oid >= 16384",
    .oid_sql = "co.oid",
    .owner_sql = "co.conowner",
    .traits = {.has_owner = true},
    .fields = conversion_fields,
});

}  // namespace pgplumb::catalog

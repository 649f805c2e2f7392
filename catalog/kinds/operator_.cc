#include "catalog/kinds/operator_.h"

namespace pgplumb::catalog {

constinit const KindInfo operator__kind = describe<Operator>({
    .word = "operator",
    .noun = "OPERATOR",
    .label = "operator",
    .catalog = "pg_operator",
    .catalog_oid = 2617,
    .from = "pg_operator o WHERE o.oid >= 16384",
    .oid_sql = "o.oid",
    .owner_sql = "o.oprowner",
    .traits = {.has_owner = true},
    .fields = operator__fields,
});

}  // namespace pgplumb::catalog

#include "catalog/kinds/operator_family.h"

namespace pgplumb::catalog {

constinit const KindInfo operator_family_kind = describe<OperatorFamily>({
    .word = "operator_family",
    .noun = "OPERATOR FAMILY",
    .label = "operator family",
    .catalog = "pg_opfamily",
    .catalog_oid = 2753,
    .from = "pg_opfamily f WHERE f.oid >= 16384",
    .oid_sql = "f.oid",
    .owner_sql = "f.opfowner",
    .traits = {.has_owner = true},
    .fields = operator_family_fields,
});

}  // namespace pgplumb::catalog

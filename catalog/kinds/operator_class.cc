#include "catalog/kinds/operator_class.h"

namespace pgplumb::catalog {

constinit const KindInfo operator_class_kind = describe<OperatorClass>({
    .word = "operator_class",
    .noun = "OPERATOR CLASS",
    .label = "operator class",
    .catalog = "pg_opclass",
    .catalog_oid = 2616,
    .from = "pg_opclass c WHERE c.oid >= 16384",
    .oid_sql = "c.oid",
    .owner_sql = "c.opcowner",
    .traits = {.has_owner = true},
    .fields = operator_class_fields,
});

}  // namespace pgplumb::catalog

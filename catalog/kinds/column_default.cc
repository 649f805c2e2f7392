#include "catalog/kinds/column_default.h"

namespace pgplumb::catalog {

constinit const KindInfo column_default_kind = describe<ColumnDefault>({
    .word = "column_default",
    .noun = "DEFAULT",
    .label = "default value",
    .catalog = "pg_attrdef",
    .catalog_oid = 2604,
    .from = "pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid WHERE d.oid >= 16384 AND c.relpersistence <> 't'",
    .oid_sql = "d.oid",
    .traits = {.has_comment = false},
    .fields = column_default_fields,
});

}  // namespace pgplumb::catalog

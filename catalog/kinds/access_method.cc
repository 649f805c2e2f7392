#include "catalog/kinds/access_method.h"

namespace pgplumb::catalog {

constinit const KindInfo access_method_kind = describe<AccessMethod>({
    .word = "access_method",
    .noun = "ACCESS METHOD",
    .label = "access method",
    .catalog = "pg_am",
    .catalog_oid = 2601,
    .from = "pg_am m WHERE m.oid >= 16384",
    .oid_sql = "m.oid",
    .fields = access_method_fields,
});

}  // namespace pgplumb::catalog

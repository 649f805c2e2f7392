#include "catalog/kinds/statistics.h"

namespace pgplumb::catalog {

constinit const KindInfo statistics_kind = describe<Statistics>({
    .word = "statistics",
    .noun = "STATISTICS",
    .label = "statistics object",
    .catalog = "pg_statistic_ext",
    .catalog_oid = 3381,
    .from = "pg_statistic_ext s JOIN pg_class c ON c.oid = s.stxrelid WHERE c.relpersistence <> 't'",
    .oid_sql = "s.oid",
    .owner_sql = "s.stxowner",
    .traits = {.has_owner = true},
    .fields = statistics_fields,
});

}  // namespace pgplumb::catalog

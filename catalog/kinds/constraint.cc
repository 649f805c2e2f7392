#include "catalog/kinds/constraint.h"

namespace pgplumb::catalog {

// Clones of foreign keys for the partitions of either side follow from the original, and their names differ by major.
constinit const KindInfo constraint_kind = describe<Constraint>({
    .word = "constraint",
    .noun = "CONSTRAINT",
    .label = "constraint",
    .catalog = "pg_constraint",
    .catalog_oid = 2606,
    .from = "pg_constraint k LEFT JOIN pg_class c ON c.oid = k.conrelid "
            "WHERE k.oid >= 16384 AND k.contype <> 't' AND NOT (k.contype = 'f' AND k.conparentid <> 0) "
            "AND coalesce(c.relpersistence, 'p') <> 't'",
    .oid_sql = "k.oid",
    .traits = {.in_schema_too = true},
    .fields = constraint_fields,
});

}  // namespace pgplumb::catalog

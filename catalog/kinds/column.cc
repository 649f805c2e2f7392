#include "catalog/kinds/column.h"

namespace pgplumb::catalog {

constinit const KindInfo column_kind = describe<Column>({
    .word = "column",
    .noun = "COLUMN",
    .label = "column",
    .catalog = "pg_attribute",
    .catalog_oid = 1259,
    .from = "pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') "
            "AND c.relpersistence <> 't'",
    .oid_sql = "a.attrelid",
    .subid_sql = "a.attnum",
    .fields = column_fields,
});

}  // namespace pgplumb::catalog

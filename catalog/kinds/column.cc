#include "catalog/kinds/column.h"

namespace pgplumb::catalog {

constinit const KindInfo column_kind = describe<Column>({
    .word = "column",
    .noun = "COLUMN",
    .label = "column",
    .catalog = "pg_attribute",
    .catalog_oid = 1259,
    .from = "pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "WHERE a.attrelid >= 16384 AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') "
            "AND c.relpersistence <> 't'",
    .oid_sql = "a.attrelid",
    .subid_sql = "a.attnum",
    .acl_sql = "a.attacl",
    .acl_type = 'c',
    .fields = column_fields,
});

}  // namespace pgplumb::catalog

#include "catalog/kinds/index.h"

namespace pgplumb::catalog {

constinit const KindInfo index_kind = describe<Index>({
    .word = "index",
    .noun = "INDEX",
    .label = "index",
    .catalog = "pg_class",
    .catalog_oid = 1259,
    .from = "pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid "
            "LEFT JOIN pg_constraint k ON k.conindid = c.oid AND k.contype IN ('p', 'u', 'x') "
            "WHERE x.indexrelid >= 16384 AND t.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'",
    .oid_sql = "c.oid",
    .name_space = NameSpace::relation,
    .traits = {.in_parents_schema = true},
    .fields = index_fields,
});

}  // namespace pgplumb::catalog

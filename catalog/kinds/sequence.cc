#include "catalog/kinds/sequence.h"

namespace pgplumb::catalog {

constinit const KindInfo sequence_kind = describe<Sequence>({
    .word = "sequence",
    .noun = "SEQUENCE",
    .label = "sequence",
    .catalog = "pg_class",
    .catalog_oid = 1259,
    .from = "pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid "
            "LEFT JOIN pg_depend d ON d.classid = 1259 AND d.objid = c.oid AND d.objsubid = 0 "
            "AND d.refclassid = 1259 AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i') "
            "WHERE c.oid >= 16384 AND c.relpersistence <> 't'",
    .oid_sql = "c.oid",
    .owner_sql = "c.relowner",
    .acl_sql = "c.relacl",
    .acl_type = 's',
    .name_space = NameSpace::relation,
    .traits = {.row_type_until = 13, .has_owner = true},
    .fields = sequence_fields,
});

}  // namespace pgplumb::catalog

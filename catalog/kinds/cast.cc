#include "catalog/kinds/cast.h"

namespace pgplumb::catalog {

// The cast from a range to its multirange belongs to the range type: internal dependency.
constinit const KindInfo cast_kind = describe<Cast>({
    .word = "cast",
    .noun = "CAST",
    .label = "cast",
    .catalog = "pg_cast",
    .catalog_oid = 2605,
    .from = "pg_cast k WHERE k.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d "
            "WHERE d.classid = 2605 AND d.objid = k.oid AND d.deptype = 'i')",
    .oid_sql = "k.oid",
    .name_space = NameSpace::none,
    .fields = cast_fields,
});

}  // namespace pgplumb::catalog

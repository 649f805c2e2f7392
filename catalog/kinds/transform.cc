#include "catalog/kinds/transform.h"

namespace pgplumb::catalog {

constinit const KindInfo transform_kind = describe<Transform>({
    .word = "transform",
    .noun = "TRANSFORM",
    .label = "transform",
    .catalog = "pg_transform",
    .catalog_oid = 3576,
    .from = "pg_transform t WHERE t.oid >= 16384",
    .oid_sql = "t.oid",
    .name_space = NameSpace::none,
    .fields = transform_fields,
});

}  // namespace pgplumb::catalog

#include "catalog/kinds/publication.h"

namespace pgplumb::catalog {

constinit const KindInfo publication_kind = describe<Publication>({
    .word = "publication",
    .noun = "PUBLICATION",
    .label = "publication",
    .catalog = "pg_publication",
    .catalog_oid = 6104,
    .from = "pg_publication p",
    .oid_sql = "p.oid",
    .owner_sql = "p.pubowner",
    .traits = {.has_owner = true},
    .fields = publication_fields,
});

}  // namespace pgplumb::catalog

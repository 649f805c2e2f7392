#include "catalog/kinds/publication_table.h"

namespace pgplumb::catalog {

constinit const KindInfo publication_table_kind = describe<PublicationTable>({
    .word = "publication_table",
    .noun = "PUBLICATION",
    .label = "publication relation",
    .catalog = "pg_publication_rel",
    .catalog_oid = 6106,
    .from = "pg_publication_rel r",
    .oid_sql = "r.oid",
    .name_space = NameSpace::none,
    .traits = {.has_comment = false},
    .fields = publication_table_fields,
});

}  // namespace pgplumb::catalog

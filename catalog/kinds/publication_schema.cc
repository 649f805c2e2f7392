#include "catalog/kinds/publication_schema.h"

namespace pgplumb::catalog {

constinit const KindInfo publication_schema_kind = describe<PublicationSchema>({
    .word = "publication_schema",
    .noun = "PUBLICATION",
    .label = "publication namespace",
    .catalog = "pg_publication_namespace",
    .catalog_oid = 6237,
    .from = "pg_publication_namespace n",
    .oid_sql = "n.oid",
    .name_space = NameSpace::none,
    .traits = {.has_comment = false},
    .since_major = 15,
    .fields = publication_schema_fields,
});

}  // namespace pgplumb::catalog

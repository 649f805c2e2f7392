#include "catalog/kinds/text_search_template.h"

namespace pgplumb::catalog {

constinit const KindInfo text_search_template_kind = describe<TextSearchTemplate>({
    .word = "text_search_template",
    .noun = "TEXT SEARCH TEMPLATE",
    .label = "text search template",
    .catalog = "pg_ts_template",
    .catalog_oid = 3764,
    .from = "pg_ts_template t WHERE t.oid >= 16384",
    .oid_sql = "t.oid",
    .fields = text_search_template_fields,
});

}  // namespace pgplumb::catalog

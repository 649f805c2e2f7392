#include "catalog/kinds/text_search_configuration.h"

namespace pgplumb::catalog {

constinit const KindInfo text_search_configuration_kind = describe<TextSearchConfiguration>({
    .word = "text_search_configuration",
    .noun = "TEXT SEARCH CONFIGURATION",
    .label = "text search configuration",
    .catalog = "pg_ts_config",
    .catalog_oid = 3602,
    .from = "pg_ts_config c WHERE c.oid >= 16384",
    .oid_sql = "c.oid",
    .owner_sql = "c.cfgowner",
    .traits = {.has_owner = true},
    .fields = text_search_configuration_fields,
});

}  // namespace pgplumb::catalog

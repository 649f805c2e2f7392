#include "catalog/kinds/text_search_dictionary.h"

namespace pgplumb::catalog {

constinit const KindInfo text_search_dictionary_kind = describe<TextSearchDictionary>({
    .word = "text_search_dictionary",
    .noun = "TEXT SEARCH DICTIONARY",
    .label = "text search dictionary",
    .catalog = "pg_ts_dict",
    .catalog_oid = 3600,
    .from = "pg_ts_dict d WHERE d.oid >= 16384",
    .oid_sql = "d.oid",
    .owner_sql = "d.dictowner",
    .traits = {.has_owner = true},
    .fields = text_search_dictionary_fields,
});

}  // namespace pgplumb::catalog

#include "catalog/kinds/text_search_parser.h"

namespace pgplumb::catalog {

constinit const KindInfo text_search_parser_kind = describe<TextSearchParser>({
    .word = "text_search_parser",
    .noun = "TEXT SEARCH PARSER",
    .label = "text search parser",
    .catalog = "pg_ts_parser",
    .catalog_oid = 3601,
    .from = "pg_ts_parser p WHERE p.oid >= 16384",
    .oid_sql = "p.oid",
    .fields = text_search_parser_fields,
});

}  // namespace pgplumb::catalog

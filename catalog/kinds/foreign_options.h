#pragma once
// Options of foreign objects hold passwords and tokens under names that only the wrapper knows. So only options that are
// known to be harmless are read; of the others it is known that they are there.
#include "catalog/kinds/common.h"

namespace pgplumb::catalog {

#define PGPLUMB_HARMLESS_OPTIONS                                                                                       \
  "host|hostaddr|port|dbname|service|user|sslmode|application_name|client_encoding|connect_timeout|"                   \
  "target_session_attrs|schema_name|table_name|column_name|schema|table|column|use_remote_estimate|fetch_size|"        \
  "batch_size|updatable|truncatable|async_capable|extensions|fdw_startup_cost|fdw_tuple_cost|analyze_sampling|"        \
  "parallel_commit|parallel_abort|keep_connections|import_default|import_generated|import_not_null|import_collate|"    \
  "password_required|filename|format|header|delimiter|quote|escape|null|encoding|force_not_null|force_null|"          \
  "force_quote|on_error|log_verbosity|reject_limit|default"

/// SQL for the options in the text array COLUMN as JSON.
#define PGPLUMB_VISIBLE_OPTIONS(COLUMN)                                                                        \
  "CASE WHEN " COLUMN " IS NOT NULL THEN (SELECT json_agg(CASE WHEN o ~ '^(" PGPLUMB_HARMLESS_OPTIONS ")=' THEN o " \
  "ELSE split_part(o, '=', 1) || '=(hidden)' END) FROM unnest(" COLUMN ") o) END"

/// "name=value" as it is read from a server: with the value hidden unless it is known to be harmless.
std::string visible_option(std::string_view name_and_value);

}  // namespace pgplumb::catalog

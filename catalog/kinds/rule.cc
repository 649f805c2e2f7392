#include "catalog/kinds/rule.h"

namespace pgplumb::catalog {

constinit const KindInfo rule_kind = describe<Rule>({
    .word = "rule",
    .noun = "RULE",
    .label = "rule",
    .catalog = "pg_rewrite",
    .catalog_oid = 2618,
    .from = "pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.oid >= 16384",
    .oid_sql = "r.oid",
    .fields = rule_fields,
});

}  // namespace pgplumb::catalog

#include "catalog/kinds/policy.h"

namespace pgplumb::catalog {

constinit const KindInfo policy_kind = describe<Policy>({
    .word = "policy",
    .noun = "POLICY",
    .label = "policy",
    .catalog = "pg_policy",
    .catalog_oid = 3256,
    .from = "pg_policy pol",
    .oid_sql = "pol.oid",
    .fields = policy_fields,
});

}  // namespace pgplumb::catalog

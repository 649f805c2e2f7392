#include "catalog/kinds/subscription.h"

namespace pgplumb::catalog {

constinit const KindInfo subscription_kind = describe<Subscription>({
    .word = "subscription",
    .noun = "SUBSCRIPTION",
    .label = "subscription",
    .catalog = "pg_subscription",
    .catalog_oid = 6100,
    .from = "pg_subscription s "
            "WHERE s.subdbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())",
    .oid_sql = "s.oid",
    .owner_sql = "s.subowner",
    .traits = {.has_owner = true},
    .fields = subscription_fields,
});

}  // namespace pgplumb::catalog

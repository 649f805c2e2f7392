#include "catalog/kinds/event_trigger.h"

namespace pgplumb::catalog {

constinit const KindInfo event_trigger_kind = describe<EventTrigger>({
    .word = "event_trigger",
    .noun = "EVENT TRIGGER",
    .label = "event trigger",
    .catalog = "pg_event_trigger",
    .catalog_oid = 3466,
    .from = "pg_event_trigger e",
    .oid_sql = "e.oid",
    .owner_sql = "e.evtowner",
    .traits = {.has_owner = true},
    .fields = event_trigger_fields,
});

}  // namespace pgplumb::catalog

#include "catalog/kinds/trigger.h"

namespace pgplumb::catalog {

// A partition's clone follows from its parent's trigger, unless somebody enabled or disabled it there.
constinit const KindInfo trigger_kind = describe<Trigger>({
    .word = "trigger",
    .noun = "TRIGGER",
    .label = "trigger",
    .catalog = "pg_trigger",
    .catalog_oid = 2620,
    .from = "pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid LEFT JOIN pg_trigger gp ON gp.oid = g.tgparentid "
            "WHERE (NOT g.tgisinternal OR g.tgparentid <> 0) AND c.relpersistence <> 't' "
            "AND (gp.oid IS NULL OR (gp.tgenabled <> g.tgenabled AND NOT gp.tgisinternal))",
    .oid_sql = "g.oid",
    .traits = {.in_schema_too = true},
    .fields = trigger_fields,
});

}  // namespace pgplumb::catalog

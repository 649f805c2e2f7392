#include "catalog/kinds/security_label.h"

namespace pgplumb::catalog {

constinit const KindInfo security_label_kind = describe<SecurityLabel>({
    .word = "security_label",
    .noun = "SECURITY LABEL",
    .label = "security label",
    .catalog = "pg_seclabel",
    .catalog_oid = 3596,
    .from = "(SELECT classoid, objoid, objsubid, provider, label FROM pg_seclabel UNION ALL "
            "SELECT classoid, objoid, 0, provider, label FROM pg_shseclabel WHERE classoid <> 1262) l",
    .oid_sql = "0",
    .traits = {.has_comment = false, .parent_kind_in_key = true},
    .fields = security_label_fields,
});

}  // namespace pgplumb::catalog

#include "catalog/kinds/grant.h"

namespace pgplumb::catalog {

// Privileges live in the acl column of each catalog: read by the loader together with their target.
constinit const KindInfo grant_kind = describe<Grant>({
    .word = "grant",
    .noun = "GRANT",
    .label = "grant",
    .traits = {.has_comment = false, .parent_kind_in_key = true, .opt_in = OptIn::grants},
    .fields = grant_fields,
});

}  // namespace pgplumb::catalog

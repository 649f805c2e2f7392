#include "catalog/kinds/foreign_data_wrapper.h"

namespace pgplumb::catalog {

constinit const KindInfo foreign_data_wrapper_kind = describe<ForeignDataWrapper>({
    .word = "foreign_data_wrapper",
    .noun = "FOREIGN DATA WRAPPER",
    .label = "foreign-data wrapper",
    .catalog = "pg_foreign_data_wrapper",
    .catalog_oid = 2328,
    .from = "pg_foreign_data_wrapper w WHERE w.oid >= 16384",
    .oid_sql = "w.oid",
    .owner_sql = "w.fdwowner",
    .acl_sql = "w.fdwacl",
    .acl_type = 'F',
    .traits = {.has_owner = true},
    .fields = foreign_data_wrapper_fields,
});

}  // namespace pgplumb::catalog

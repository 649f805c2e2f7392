#include "catalog/kinds/domain.h"

#include "catalog/catalog.h"

namespace pgplumb::catalog {

constinit const KindInfo domain_kind = describe<Domain>({
    .word = "domain",
    .noun = "DOMAIN",
    .label = "type",
    .catalog = "pg_type",
    .catalog_oid = 1247,
    .from = "pg_type t WHERE t.typtype = 'd' AND t.oid >= 16384",
    .oid_sql = "t.oid",
    .owner_sql = "t.typowner",
    .acl_sql = "t.typacl",
    .acl_type = 'T',
    .name_space = NameSpace::type,
    .traits = {.is_type = true, .has_owner = true},
    .fields = domain_fields,
});

Oid base_type(const Catalog& catalog, Oid type) {
  while (!is_builtin(type) && form_of_type(type) == TypeForm::plain) {
    const auto* domain = catalog.find_as<Domain>(type);
    if (!domain) break;
    type = domain->base.type;
  }
  return type;
}

}  // namespace pgplumb::catalog

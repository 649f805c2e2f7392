#include "catalog/kinds/access_method.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::AccessMethod;

namespace {

void create_access_method(const AccessMethod& method, Creation& creation) {
  creation.out.add("CREATE " + creation.names.address(method) +
                   (method.type == catalog::AccessMethodType::table ? " TYPE TABLE" : " TYPE INDEX") + " HANDLER " +
                   creation.names.qualified(method.handler));
}

constexpr auto access_method_fields = field_rules(replace<&AccessMethod::type>(), replace<&AccessMethod::handler>());

}  // namespace

constinit const KindRules access_method_rules = {
    .stage = stage::access_method,
    .create = create_with<create_access_method>,
    .drop = drop_by_address,
    .fields = access_method_fields,
};

}  // namespace pgplumb::diff

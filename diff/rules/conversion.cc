#include "catalog/kinds/conversion.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Conversion;

namespace {

void create_conversion(const Conversion& conversion, Creation& creation) {
  const SqlNames& names = creation.names;
  creation.out.add(std::string(conversion.is_default ? "CREATE DEFAULT " : "CREATE ") + names.address(conversion) + " FOR " +
                   catalog::quote_literal(conversion.source.str()) + " TO " +
                   catalog::quote_literal(conversion.destination.str()) + " FROM " + names.qualified(conversion.function));
}

constexpr auto conversion_fields = field_rules(replace<&Conversion::source>(), replace<&Conversion::destination>(),
                                      replace<&Conversion::function>(), replace<&Conversion::is_default>());

}  // namespace

constinit const KindRules conversion_rules = {
    .stage = stage::oper,
    .create = create_with<create_conversion>,
    .drop = drop_by_address,
    .fields = conversion_fields,
};

}  // namespace pgplumb::diff

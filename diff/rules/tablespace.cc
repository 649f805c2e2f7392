#include "catalog/kinds/tablespace.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Tablespace;

namespace {

void create_tablespace(const Tablespace& space, Creation& creation) {
  Step& step = creation.out.add("CREATE " + creation.names.address(space) + " LOCATION " +
                                catalog::quote_literal(space.location) + with_clause(space.options));
  step.transactional = false;
}

void drop_tablespace(const Tablespace& space, Removal& removal) {
  removal.out.add("DROP " + removal.names.address(space)).transactional = false;
}

void alter_tablespace_options(const Tablespace& from, const Tablespace& to, Alteration& alteration) {
  Script parameters;
  alter_storage_parameters({}, from.options, to.options, {}, parameters);
  for (const Step& step : parameters.steps())
    alteration.out.add("ALTER " + alteration.to.address(to) + " " + step.sql);
}

constexpr auto tablespace_fields = field_rules(impossible<&Tablespace::location>("a tablespace stays in its directory"),
                                      alter<&Tablespace::options, alter_tablespace_options>());

}  // namespace

constinit const KindRules tablespace_rules = {
    .stage = stage::tablespace,
    .create = create_with<create_tablespace>,
    .drop = drop_with<drop_tablespace>,
    .fields = tablespace_fields,
};

}  // namespace pgplumb::diff

#include "catalog/kinds/schema.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Schema;

namespace {

void create_schema(const Schema& schema, Creation& creation) {
  creation.out.add("CREATE SCHEMA " + creation.names.qualified(schema));
}

}  // namespace

constinit const KindRules schema_rules = {
    .stage = stage::schema,
    .create = create_with<create_schema>,
    .drop = drop_by_address,
};

}  // namespace pgplumb::diff

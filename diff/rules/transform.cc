#include "catalog/kinds/transform.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Transform;

namespace {

void create_transform(const Transform& transform, Creation& creation) {
  const SqlNames& names = creation.names;
  std::vector<std::string> parts;
  if (transform.from_sql) parts.push_back("FROM SQL WITH FUNCTION " + names.signature(transform.from_sql));
  if (transform.to_sql) parts.push_back("TO SQL WITH FUNCTION " + names.signature(transform.to_sql));
  creation.out.add("CREATE " + names.address(transform) + " (" + join(parts) + ")");
}

constexpr auto transform_fields = field_rules(replace<&Transform::from_sql>(), replace<&Transform::to_sql>());

}  // namespace

constinit const KindRules transform_rules = {
    .stage = stage::oper,
    .create = create_with<create_transform>,
    .drop = drop_by_address,
    .fields = transform_fields,
};

}  // namespace pgplumb::diff

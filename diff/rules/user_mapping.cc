#include "catalog/kinds/user_mapping.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::UserMapping;

namespace {

std::string address(const UserMapping& mapping, const SqlNames& names) {
  return "USER MAPPING FOR " + role_name(mapping.name) + " SERVER " + names.parent(mapping);
}

void create_mapping(const UserMapping& mapping, Creation& creation) {
  const std::string what = address(mapping, creation.names);
  creation.out.add("CREATE " + what + foreign_options_clause(mapping.options, what, creation.out));
}

void drop_mapping(const UserMapping& mapping, Removal& removal) {
  removal.out.add("DROP " + address(mapping, removal.names));
}

void alter_user_mapping_options(const UserMapping& from, const UserMapping& to, Alteration& alteration) {
  const std::string what = address(to, alteration.to);
  alteration.out.add("ALTER " + what + " " + alter_foreign_options(from.options, to.options, what, alteration.out));
}

constexpr auto user_mapping_fields = field_rules(alter<&UserMapping::options, alter_user_mapping_options>());

}  // namespace

constinit const KindRules user_mapping_rules = {
    .stage = stage::foreign_server,
    .create = create_with<create_mapping>,
    .drop = drop_with<drop_mapping>,
    .fields = user_mapping_fields,
};

}  // namespace pgplumb::diff

#include "catalog/kinds/role_membership.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::RoleMembership;

namespace {

void grant_membership(const RoleMembership& membership, Creation& creation) {
  std::vector<std::string> options;
  constexpr int first_with_options = 16;
  if (membership.admin) options.emplace_back("ADMIN OPTION");
  std::string with = options.empty() ? "" : " WITH ADMIN OPTION";
  if (creation.names.catalog().major() >= first_with_options) {
    const auto word = [](bool on) { return on ? "TRUE" : "FALSE"; };
    with = std::string(" WITH ADMIN ") + word(membership.admin) + ", INHERIT " + word(membership.inherit) + ", SET " +
           word(membership.set_role);
  }
  creation.out.add("GRANT " + quoted(membership.role) + " TO " + quoted(membership.name) + with);
}

void revoke_membership(const RoleMembership& membership, Removal& removal) {
  removal.out.add("REVOKE " + quoted(membership.role) + " FROM " + quoted(membership.name));
}

constexpr auto role_membership_fields = field_rules(replace<&RoleMembership::admin>(), replace<&RoleMembership::inherit>(),
                                      replace<&RoleMembership::set_role>());

}  // namespace

constinit const KindRules role_membership_rules = {
    .stage = stage::role,
    .create = create_with<grant_membership>,
    .drop = drop_with<revoke_membership>,
    .fields = role_membership_fields,
};

}  // namespace pgplumb::diff

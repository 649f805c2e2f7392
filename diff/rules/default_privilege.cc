#include "catalog/kinds/default_privilege.h"

#include "diff/rules/privileges.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::DefaultPrivilege;
using catalog::DefaultPrivilegeTarget;

namespace {

std::string target_word(DefaultPrivilegeTarget target) {
  std::string word(catalog::detail::enum_word(catalog::default_privilege_target_entries, static_cast<int>(target)));
  for (char& c : word) c = c == '_' ? ' ' : static_cast<char>(c - 'a' + 'A');
  return word;
}

std::string prefix(const DefaultPrivilege& privilege, const SqlNames& names) {
  return "ALTER DEFAULT PRIVILEGES FOR ROLE " + quoted(privilege.name) +
         (privilege.parent ? " IN SCHEMA " + names.parent(privilege) : "") + " ";
}

/// Without a schema, PUBLIC and the role itself have privileges by themselves (acldefault() of acl.c).
bool replaces_defaults(const DefaultPrivilege& privilege) {
  if (privilege.parent) return false;
  if (!privilege.grantee.empty()) return privilege.grantee == privilege.name;
  return privilege.target == DefaultPrivilegeTarget::functions || privilege.target == DefaultPrivilegeTarget::types;
}

GrantTarget default_privilege_target_of(const DefaultPrivilege& privilege) { return {"ON " + target_word(privilege.target), {}}; }

void create_privilege(const DefaultPrivilege& privilege, Creation& creation) {
  const GrantTarget target = default_privilege_target_of(privilege);
  const std::string before = prefix(privilege, creation.names);
  if (replaces_defaults(privilege))
    creation.out.add(before + "REVOKE ALL " + target.on + " FROM " + role_name(privilege.grantee));
  change_privileges({{}, {}, privilege.privileges, privilege.grantable}, before, target, privilege.grantee, creation.out);
}

void drop_privilege(const DefaultPrivilege& privilege, Removal& removal) {
  const GrantTarget target = default_privilege_target_of(privilege);
  const std::string before = prefix(privilege, removal.names);
  if (!replaces_defaults(privilege)) {
    removal.out.add(before + "REVOKE ALL " + target.on + " FROM " + role_name(privilege.grantee));
    return;
  }
  const std::string usual = !privilege.grantee.empty()                               ? "ALL"
                            : privilege.target == DefaultPrivilegeTarget::functions ? "EXECUTE"
                                                                                    : "USAGE";
  removal.out.add(before + "GRANT " + usual + " " + target.on + " TO " + role_name(privilege.grantee));
}

void alter_default_privilege_privileges(const DefaultPrivilege& from, const DefaultPrivilege& to, Alteration& alteration) {
  change_privileges({from.privileges, from.grantable, to.privileges, to.grantable}, prefix(to, alteration.to),
                    default_privilege_target_of(to), to.grantee, alteration.out);
}

constexpr auto default_privilege_fields = field_rules(alter<&DefaultPrivilege::privileges, alter_default_privilege_privileges>(),
                                      alter<&DefaultPrivilege::grantable, alter_default_privilege_privileges>());

}  // namespace

constinit const KindRules default_privilege_rules = {
    .stage = stage::default_privilege,
    .create = create_with<create_privilege>,
    .drop = drop_with<drop_privilege>,
    .fields = default_privilege_fields,
};

}  // namespace pgplumb::diff

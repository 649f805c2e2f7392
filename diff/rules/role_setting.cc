#include "catalog/kinds/role_setting.h"

#include "diff/rules/routine.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::RoleSetting;

namespace {

std::string role_setting_head(const RoleSetting& setting, Script& out) {
  const std::string role = setting.role.empty() ? "ALL" : quoted(setting.role);
  if (setting.in_database)
    out.impossible("setting " + setting.name.str() + " of role " + role + ": it is kept for a database that a plan can't name");
  return "ALTER ROLE " + role;
}

void set_setting(const RoleSetting& setting, Script& out) {
  if (setting.value == "(hidden)") out.impossible("setting " + setting.name.str() + ": its value is hidden");
  const std::string before = role_setting_head(setting, out);
  out.add(before + " SET " + setting_clauses({setting.name.str() + "=" + setting.value}).front().substr(4));
}

void create_setting(const RoleSetting& setting, Creation& creation) { set_setting(setting, creation.out); }

void reset_setting(const RoleSetting& setting, Removal& removal) {
  const std::string before = role_setting_head(setting, removal.out);
  removal.out.add(before + " RESET " + quoted(setting.name));
}

void alter_value(const RoleSetting&, const RoleSetting& to, Alteration& alteration) { set_setting(to, alteration.out); }

constexpr auto role_setting_fields = field_rules(alter<&RoleSetting::value, alter_value>());

}  // namespace

constinit const KindRules role_setting_rules = {
    .stage = stage::role,
    .create = create_with<create_setting>,
    .drop = drop_with<reset_setting>,
    .fields = role_setting_fields,
};

}  // namespace pgplumb::diff

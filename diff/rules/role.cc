#include "catalog/kinds/role.h"

#include "diff/rules/clauses.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::DatabaseRole;

namespace {

std::vector<std::string> attributes(const DatabaseRole& role, const DatabaseRole& before) {
  std::vector<std::string> out;
  const auto flag = [&](bool DatabaseRole::*member, std::string_view word) {
    if (role.*member != before.*member) out.push_back((role.*member ? "" : "NO") + std::string(word));
  };
  flag(&DatabaseRole::superuser, "SUPERUSER");
  flag(&DatabaseRole::inherit, "INHERIT");
  flag(&DatabaseRole::create_role, "CREATEROLE");
  flag(&DatabaseRole::create_database, "CREATEDB");
  flag(&DatabaseRole::login, "LOGIN");
  flag(&DatabaseRole::replication, "REPLICATION");
  flag(&DatabaseRole::bypass_row_security, "BYPASSRLS");
  if (role.connection_limit != before.connection_limit)
    out.push_back("CONNECTION LIMIT " + std::to_string(role.connection_limit));
  if (role.valid_until != before.valid_until)
    out.push_back("VALID UNTIL " + catalog::quote_literal(role.valid_until.empty() ? "infinity" : role.valid_until));
  return out;
}

void create_role(const DatabaseRole& role, Creation& creation) {
  const std::string words = join(attributes(role, DatabaseRole{}), " ");
  creation.out.add("CREATE " + creation.names.address(role) + (words.empty() ? "" : " " + words));
}

void alter_role(const DatabaseRole& from, const DatabaseRole& to, Alteration& alteration) {
  alteration.out.add("ALTER " + alteration.to.address(to) + " " + join(attributes(to, from), " "));
}

constexpr auto role_fields = field_rules(
    alter<&DatabaseRole::superuser, alter_role>(), alter<&DatabaseRole::inherit, alter_role>(),
    alter<&DatabaseRole::create_role, alter_role>(), alter<&DatabaseRole::create_database, alter_role>(),
    alter<&DatabaseRole::login, alter_role>(), alter<&DatabaseRole::replication, alter_role>(),
    alter<&DatabaseRole::bypass_row_security, alter_role>(), alter<&DatabaseRole::connection_limit, alter_role>(),
    alter<&DatabaseRole::valid_until, alter_role>());

}  // namespace

constinit const KindRules role_rules = {
    .stage = stage::role,
    .create = create_with<create_role>,
    .drop = drop_by_address,
    .fields = role_fields,
};

}  // namespace pgplumb::diff

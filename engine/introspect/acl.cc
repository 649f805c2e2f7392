#include "engine/introspect/acl.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace pgplumb::engine {

namespace {

using catalog::JsonValue;
using catalog::Name;

/// Privilege, and whether with grant option.
using Privileges = std::map<std::string, bool, std::less<>>;

struct Entry {
  Privileges given;
  Privileges by_itself;
};

void add(Privileges& privileges, std::string_view privilege, bool grantable) {
  bool& known = privileges[std::string(privilege)];
  known = known || grantable;
}

Name role_name(catalog::Oid oid, const RoleNames& roles) {
  const auto found = roles.find(oid);
  return found == roles.end() ? Name() : found->second;
}

}  // namespace

std::vector<catalog::Grant> grants_from_acl(std::string_view json, const RoleNames& roles) {
  const catalog::JsonDocument document{std::string(json)};
  const JsonValue rows = document.root();
  std::map<Name, Entry> by_grantee;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const JsonValue row = rows.at(i);
    const JsonValue grantee = row.at(1);
    const auto oid = static_cast<catalog::Oid>(grantee.is_string() ? std::stoul(std::string(grantee.string()))
                                                                   : static_cast<unsigned long>(grantee.integer()));
    Entry& entry = by_grantee[oid ? role_name(oid, roles) : Name()];
    add(row.at(0).boolean() ? entry.given : entry.by_itself, row.at(2).string(), row.at(3).boolean());
  }
  std::vector<catalog::Grant> grants;
  for (const auto& [grantee, entry] : by_grantee) {
    if (entry.given == entry.by_itself) continue;
    catalog::Grant grant;
    grant.kind = catalog::Kind::grant;
    grant.grantee = grantee;
    for (const auto& [privilege, grantable] : entry.given) {
      grant.privileges.emplace_back(privilege);
      if (grantable) grant.grantable.emplace_back(privilege);
    }
    grants.push_back(std::move(grant));
  }
  return grants;
}

}  // namespace pgplumb::engine

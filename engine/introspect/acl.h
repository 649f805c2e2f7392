#pragma once
// Privileges as Grant objects: one for each grantee whose privileges differ from what an object has by itself.
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/kinds/grant.h"

namespace pgplumb::engine {

using RoleNames = std::unordered_map<catalog::Oid, catalog::Name>;

/// `json`: rows of [given, grantee's oid, privilege, grantable], as select.cc asks for them. Grants without a parent,
/// by the grantee's name.
std::vector<catalog::Grant> grants_from_acl(std::string_view json, const RoleNames& roles);

}  // namespace pgplumb::engine

#include "engine/ddl/role_dependents.h"

#include <algorithm>

#include "catalog/kinds/default_privilege.h"
#include "catalog/kinds/grant.h"
#include "catalog/kinds/policy.h"
#include "catalog/kinds/user_mapping.h"
#include "engine/ddl/deletion.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

/// How the object holds the role; empty where it does not.
std::string hold_on(const Interpreter& interpreter, const Object& object, Name role) {
  const auto described = [&](Oid oid) { return describe(interpreter, *interpreter.catalog().find(oid)); };
  if (object.owner == role) return "owner of " + describe(interpreter, object);
  switch (object.kind) {
    case Kind::grant:
      if (static_cast<const Grant&>(object).grantee == role && interpreter.catalog().find(object.parent.oid))
        return "privileges for " + described(object.parent.oid);
      break;
    case Kind::policy: {
      const auto& roles = static_cast<const Policy&>(object).roles;
      if (std::find(roles.begin(), roles.end(), role) != roles.end())
        return "target of " + describe(interpreter, object);
      break;
    }
    case Kind::default_privilege: {
      const auto& entry = static_cast<const DefaultPrivilege&>(object);
      if (entry.name == role) return "owner of " + describe(interpreter, entry);
      if (entry.grantee == role) return "privileges for " + describe(interpreter, entry);
      break;
    }
    case Kind::user_mapping:
      if (object.name == role) return "owner of user mapping for " + role.str() + " on " + described(object.parent.oid);
      break;
    default:
      break;
  }
  return {};
}

}  // namespace

void require_no_dependents(const Interpreter& interpreter, Name role) {
  std::vector<std::string> lines;
  interpreter.catalog().for_each([&](const Object& object) {
    if (std::string line = hold_on(interpreter, object, role); !line.empty()) lines.push_back(std::move(line));
  });
  if (lines.empty()) return;
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  std::string detail;
  for (const std::string& line : lines) detail += (detail.empty() ? "" : "\n") + line;
  throw SqlError("2BP01", "role \"" + role.str() + "\" cannot be dropped because some objects depend on it", detail);
}

std::vector<Oid> owned_by(const Interpreter& interpreter, Name role) {
  std::vector<Oid> owned;
  interpreter.catalog().for_each([&](const Object& object) {
    if (object.owner == role) owned.push_back(object.oid);
  });
  return owned;
}

}  // namespace pgplumb::engine::ddl

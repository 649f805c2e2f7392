#pragma once
// Lists of privileges as GRANT and REVOKE spell them.
#include <string>
#include <vector>

#include "diff/rules/clauses.h"

namespace pgplumb::diff {

/// What GRANT and REVOKE change: "ON TABLE public.orders" or, of a column, "(price) ON TABLE public.orders" behind each
/// privilege.
struct GrantTarget {
  std::string on;
  std::string columns;  // " (price)"; empty for whole objects
};

/// One grantee's privileges before and after, as GRANT and REVOKE statements. `verb_suffix` stands between the privileges
/// and the role; `prefix` before the verb: of ALTER DEFAULT PRIVILEGES.
struct PrivilegeChange {
  std::vector<Name> before, before_grantable;
  std::vector<Name> after, after_grantable;
};
void change_privileges(const PrivilegeChange& change, const std::string& prefix, const GrantTarget& target, Name grantee,
                       Script& out);
/// "SELECT (price), UPDATE (price)"
std::string privilege_list(const std::vector<Name>& privileges, const GrantTarget& target);

}  // namespace pgplumb::diff

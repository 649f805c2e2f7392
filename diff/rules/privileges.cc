#include "diff/rules/privileges.h"

#include <algorithm>

namespace pgplumb::diff {

namespace {

std::vector<Name> minus(const std::vector<Name>& all, const std::vector<Name>& without) {
  std::vector<Name> left;
  for (Name each : all)
    if (std::find(without.begin(), without.end(), each) == without.end()) left.push_back(each);
  return left;
}

std::vector<Name> both(const std::vector<Name>& a, const std::vector<Name>& b) { return minus(a, minus(a, b)); }

}  // namespace

std::string privilege_list(const std::vector<Name>& privileges, const GrantTarget& target) {
  std::vector<std::string> words;
  for (Name privilege : privileges) words.push_back(privilege.str() + target.columns);
  std::sort(words.begin(), words.end());
  return join(words);
}

void change_privileges(const PrivilegeChange& change, const std::string& prefix, const GrantTarget& target, Name grantee,
                       Script& out) {
  const auto say = [&](std::string_view verb, const std::vector<Name>& privileges, std::string_view preposition,
                       std::string_view suffix) {
    if (!privileges.empty())
      out.add(prefix + std::string(verb) + privilege_list(privileges, target) + " " + target.on + std::string(preposition) +
              role_name(grantee) + std::string(suffix));
  };
  say("REVOKE ", minus(change.before, change.after), " FROM ", "");
  say("REVOKE GRANT OPTION FOR ", both(minus(change.before_grantable, change.after_grantable), change.after), " FROM ", "");
  say("GRANT ", minus(minus(change.after, change.before), change.after_grantable), " TO ", "");
  say("GRANT ", minus(change.after_grantable, change.before_grantable), " TO ", " WITH GRANT OPTION");
}

}  // namespace pgplumb::diff

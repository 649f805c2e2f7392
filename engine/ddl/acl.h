#pragma once
// Access control lists: utils/adt/acl.c. Grant objects say what differs from what PostgreSQL gives by itself: one for
// each grantee whose privileges are others, without any privilege where they were taken away.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/ddl/dependency.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// A set of privileges: one bit each, as AclMode.
using Privileges = std::uint32_t;

/// The bit of a privilege's name, upper or lower case; nothing where there is none. string_to_privilege.
std::optional<Privileges> privilege_bit(int major, std::string_view name);
/// The bits of all of them; names that there are none of count for nothing.
Privileges privilege_bits(int major, const std::vector<Name>& names);
/// The names, in PostgreSQL's order.
std::vector<Name> privilege_names(Privileges privileges);
std::string_view privilege_name(Privileges one);

/// What there is to grant on objects of an acldefault() type; 'c' stands for columns.
Privileges all_privileges(int major, char acl_type);

struct AclEntry {
  Name grantee;  // empty: PUBLIC
  Privileges privileges = 0;
  Privileges grantable = 0;
  friend bool operator==(const AclEntry&, const AclEntry&) = default;
};
using Acl = std::vector<AclEntry>;

/// What PostgreSQL gives without being asked: acldefault().
Acl default_acl(int major, char acl_type, Name owner);
/// The same privileges, in whatever order.
bool same_acl(const Acl& a, const Acl& b);

/// What the object has without any GRANT: default_acl(), but for the schema that every database starts with.
Acl base_acl(const catalog::Catalog& catalog, const catalog::Object& object);
/// The list of an object or column as it stands.
Acl acl_of(const catalog::Catalog& catalog, const catalog::Object& object);
/// Makes it the object's list: Grant objects are made, changed and removed.
void store_acl(Interpreter& interpreter, const catalog::Object& object, const Acl& acl);

/// Who gets or loses what: one GRANT or REVOKE for one grantee.
struct AclChange {
  bool is_grant = true;
  bool grant_option = false;  // WITH GRANT OPTION, or GRANT OPTION FOR
  Name grantee;
  Privileges privileges = 0;
};
/// merge_acl_with_grant; throws 0LP01 for grant options to PUBLIC.
void change_acl(Acl& acl, const AclChange& change);

/// After a change of owner: `acl`, the list until then, becomes the object's, with the new owner in the old one's
/// place. aclnewowner.
void move_privileges(Interpreter& interpreter, Oid object, const Acl& acl, Name old_owner);

/// acldefault()'s letter for the object; 'c' for a column, 0 for what no privilege can be granted on.
char acl_type_of(const catalog::Object& object);

}  // namespace pgplumb::engine::ddl

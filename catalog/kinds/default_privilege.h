#pragma once
// What one grantee will be allowed to do with objects that a role makes from now on (pg_default_acl), where that differs
// from what PostgreSQL grants by itself. Those for one schema can only add to it.
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

/// pg_default_acl.defaclobjtype
enum class DefaultPrivilegeTarget : std::uint8_t { tables, sequences, functions, types, schemas, large_objects };
inline constexpr EnumEntry default_privilege_target_entries[] = {{0, "r", "tables"}, {1, "S", "sequences"},
                                                                 {2, "f", "functions"}, {3, "T", "types"},
                                                                 {4, "n", "schemas"}, {5, "L", "large_objects"}};
constexpr std::span<const EnumEntry> enum_entries(DefaultPrivilegeTarget) { return default_privilege_target_entries; }

/// Its parent is a schema, or empty; its name is the role whose objects are meant, so that they are found by it.
struct DefaultPrivilege : Object {
  DefaultPrivilegeTarget target = DefaultPrivilegeTarget::tables;
  Name grantee;                  // empty: PUBLIC
  std::vector<Name> privileges;  // empty: those that PostgreSQL would give are taken away
  std::vector<Name> grantable;   // those with grant option
};

inline constexpr auto default_privilege_fields =
    fields(field<&Object::parent>("schema", parent, "'2615/' || nullif(d.defaclnamespace, 0)"),
           field<&Object::name>("role", identity, "r.rolname"),
           field<&DefaultPrivilege::target>("target", identity, "d.defaclobjtype"),
           field<&DefaultPrivilege::grantee>("grantee", identity, "g.rolname"),
           field<&DefaultPrivilege::privileges>("privileges", attribute | set, "a.privileges"),
           field<&DefaultPrivilege::grantable>("grantable", attribute | set, "a.grantable"));

}  // namespace pgplumb::catalog

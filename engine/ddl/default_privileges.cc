// ALTER DEFAULT PRIVILEGES: ExecAlterDefaultPrivilegesStmt and SetDefaultACL of catalog/aclchk.c.
#include "engine/ddl/default_privileges.h"

#include <algorithm>
#include <optional>

#include "catalog/kinds/default_privilege.h"
#include "engine/ddl/acl.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/namespace.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

/// Whose objects, of which kind, in which schema (0: any).
struct Place {
  Name role;
  DefaultPrivilegeTarget target = DefaultPrivilegeTarget::tables;
  Oid schema = invalid_oid;
};

char default_acl_type(DefaultPrivilegeTarget target) {
  switch (target) {
    case DefaultPrivilegeTarget::tables:
      return 'r';
    case DefaultPrivilegeTarget::sequences:
      return 's';
    case DefaultPrivilegeTarget::functions:
      return 'f';
    case DefaultPrivilegeTarget::types:
      return 'T';
    case DefaultPrivilegeTarget::schemas:
      return 'n';
    case DefaultPrivilegeTarget::large_objects:
      return 'L';
  }
  return 'r';
}

std::vector<const DefaultPrivilege*> entries_of(const Catalog& catalog, const Place& place) {
  std::vector<const DefaultPrivilege*> found;
  for (Oid oid : catalog.lookup(NameSpace::own, Kind::default_privilege, place.schema, place.role)) {
    const auto* entry = catalog.find_as<DefaultPrivilege>(oid);
    if (entry->target == place.target) found.push_back(entry);
  }
  return found;
}

/// What the entries stand against: PostgreSQL's own defaults, or nothing within one schema.
Acl base_of(const Catalog& catalog, const Place& place) {
  return place.schema == invalid_oid ? default_acl(catalog.major(), default_acl_type(place.target), place.role) : Acl();
}

Acl current(const Catalog& catalog, const Place& place) {
  Acl acl = base_of(catalog, place);
  for (const DefaultPrivilege* stored : entries_of(catalog, place)) {
    std::erase_if(acl, [&](const AclEntry& entry) { return entry.grantee == stored->grantee; });
    const AclEntry entry{stored->grantee, privilege_bits(catalog.major(), stored->privileges),
                         privilege_bits(catalog.major(), stored->grantable)};
    if (entry.privileges) acl.push_back(entry);
  }
  return acl;
}

void store_entry(Catalog& catalog, const Place& place, const AclEntry& entry, const DefaultPrivilege* known) {
  if (known) {
    catalog.edit(Ref<DefaultPrivilege>{known->oid})
        .set<&DefaultPrivilege::privileges>(privilege_names(entry.privileges))
        .set<&DefaultPrivilege::grantable>(privilege_names(entry.grantable));
    return;
  }
  DefaultPrivilege made;
  if (place.schema != invalid_oid) made.parent = {Kind::schema, place.schema};
  made.name = place.role;
  made.target = place.target;
  made.grantee = entry.grantee;
  made.privileges = privilege_names(entry.privileges);
  made.grantable = privilege_names(entry.grantable);
  catalog.insert(std::move(made));
}

void store_default(Catalog& catalog, const Place& place, const Acl& acl) {
  const Acl base = base_of(catalog, place);
  Acl wanted = acl;
  const auto has = [](const Acl& list, Name grantee) {
    return std::any_of(list.begin(), list.end(), [&](const AclEntry& entry) { return entry.grantee == grantee; });
  };
  for (const AclEntry& entry : base)
    if (!has(acl, entry.grantee)) wanted.push_back({entry.grantee, 0, 0});
  std::erase_if(wanted,
                [&](const AclEntry& entry) { return std::find(base.begin(), base.end(), entry) != base.end(); });
  const std::vector<const DefaultPrivilege*> known = entries_of(catalog, place);
  for (const AclEntry& entry : wanted) {
    const auto same = std::find_if(known.begin(), known.end(),
                                   [&](const DefaultPrivilege* stored) { return stored->grantee == entry.grantee; });
    store_entry(catalog, place, entry, same == known.end() ? nullptr : *same);
  }
  for (const DefaultPrivilege* stored : known)
    if (!has(wanted, stored->grantee)) catalog.erase(stored->oid);
}

DefaultPrivilegeTarget target_of(ObjectType type) {
  switch (type) {
    case ObjectType::OBJECT_SEQUENCE:
      return DefaultPrivilegeTarget::sequences;
    case ObjectType::OBJECT_FUNCTION:
    case ObjectType::OBJECT_ROUTINE:
      return DefaultPrivilegeTarget::functions;
    case ObjectType::OBJECT_TYPE:
      return DefaultPrivilegeTarget::types;
    case ObjectType::OBJECT_SCHEMA:
      return DefaultPrivilegeTarget::schemas;
    case ObjectType::OBJECT_LARGEOBJECT:
      return DefaultPrivilegeTarget::large_objects;
    default:
      return DefaultPrivilegeTarget::tables;
  }
}

const char* object_word(DefaultPrivilegeTarget target) {
  switch (target) {
    case DefaultPrivilegeTarget::tables:
      return "relation";
    case DefaultPrivilegeTarget::sequences:
      return "sequence";
    case DefaultPrivilegeTarget::functions:
      return "function";
    case DefaultPrivilegeTarget::types:
      return "type";
    case DefaultPrivilegeTarget::schemas:
      return "schema";
    case DefaultPrivilegeTarget::large_objects:
      return "large object";
  }
  return "relation";
}

Privileges read_privileges(int major, ast::GrantStmt action, DefaultPrivilegeTarget target) {
  const Privileges possible = all_privileges(major, default_acl_type(target));
  if (action.privileges().empty()) return possible;
  Privileges privileges = 0;
  for (ast::Node node : action.privileges()) {
    const auto item = node.as<ast::AccessPriv>();
    if (!item.cols().empty()) throw SqlError("0LP01", "default privileges cannot be set for columns");
    const auto privilege = privilege_bit(major, item.priv_name());
    if (!privilege) throw SqlError("42601", "unrecognized privilege type \"" + std::string(item.priv_name()) + "\"");
    if (*privilege & ~possible)
      throw SqlError("0LP01",
                     "invalid privilege type " + std::string(privilege_name(*privilege)) + " for " + object_word(target));
    privileges |= *privilege;
  }
  return privileges;
}

struct DefaultPrivilegesOptions {
  std::vector<Name> roles;
  std::vector<Oid> schemas;
};

DefaultPrivilegesOptions read_default_options(const Interpreter& interpreter, ast::List<ast::Node> list, DefaultPrivilegeTarget target) {
  DefaultPrivilegesOptions options;
  for (ast::Node node : list) {
    const auto option = node.as<ast::DefElem>();
    if (option.defname() == "roles")
      for (ast::Node role : option.arg().items())
        options.roles.push_back(role_of(interpreter, role.as<ast::RoleSpec>()));
    if (option.defname() == "schemas")
      for (ast::Node schema : option.arg().items())
        options.schemas.push_back(require_schema(interpreter, schema.str()));
  }
  if (!options.schemas.empty() && target == DefaultPrivilegeTarget::schemas)
    throw SqlError("0LP01", "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS");
  if (!options.schemas.empty() && target == DefaultPrivilegeTarget::large_objects)
    throw SqlError("0LP01", "cannot use IN SCHEMA clause when using GRANT/REVOKE ON LARGE OBJECTS");
  if (options.roles.empty()) options.roles.push_back(interpreter.session().current_user());
  if (options.schemas.empty()) options.schemas.push_back(invalid_oid);
  return options;
}

/// What ALTER DEFAULT PRIVILEGES calls the object; nothing for kinds that it knows nothing of.
std::optional<DefaultPrivilegeTarget> target_of(const Object& object) {
  switch (object.kind) {
    case Kind::table:
    case Kind::view:
    case Kind::materialized_view:
    case Kind::foreign_table:
      return DefaultPrivilegeTarget::tables;
    case Kind::sequence:
      return DefaultPrivilegeTarget::sequences;
    case Kind::schema:
      return DefaultPrivilegeTarget::schemas;
    default:
      break;
  }
  const KindInfo& kind = kind_info(object.kind);
  if (kind.name_space == NameSpace::routine) return DefaultPrivilegeTarget::functions;
  if (kind.traits.is_type) return DefaultPrivilegeTarget::types;
  return std::nullopt;
}

}  // namespace

void alter_default_privileges(Interpreter& interpreter, ast::AlterDefaultPrivilegesStmt statement) {
  const ast::GrantStmt action = statement.action();
  const DefaultPrivilegeTarget target = target_of(action.objtype());
  std::vector<Name> grantees;
  for (ast::Node grantee : action.grantees()) grantees.push_back(grantee_of(interpreter, grantee.as<ast::RoleSpec>()));
  const Privileges privileges = read_privileges(interpreter.major(), action, target);
  const DefaultPrivilegesOptions options = read_default_options(interpreter, statement.options(), target);
  for (Name role : options.roles) require_member(interpreter, role);
  for (Name role : options.roles)
    for (Oid schema : options.schemas) {
      const Place place{role, target, schema};
      Acl acl = current(interpreter.catalog(), place);
      for (Name grantee : grantees) change_acl(acl, {action.is_grant(), action.grant_option(), grantee, privileges});
      store_default(interpreter.catalog(), place, acl);
    }
}

void grant_defaults(Interpreter& interpreter, Oid oid) {
  const Catalog& catalog = interpreter.catalog();
  const Object& object = *catalog.find(oid);
  const auto target = target_of(object);
  if (!target) return;
  const Place everywhere{object.owner, *target, invalid_oid};
  Acl acl = current(catalog, everywhere);
  const Oid schema = object.kind == Kind::schema ? invalid_oid : catalog.schema_of(object);
  if (schema != invalid_oid)
    for (const AclEntry& entry : current(catalog, {object.owner, *target, schema})) {
      change_acl(acl, {true, false, entry.grantee, entry.privileges});
      if (entry.grantable) change_acl(acl, {true, true, entry.grantee, entry.grantable});
    }
  // Nothing at all is taken for not having been told (aclmerge, get_user_default_acl).
  if (!acl.empty() && !same_acl(acl, base_acl(catalog, object))) store_acl(interpreter, object, acl);
}

}  // namespace pgplumb::engine::ddl

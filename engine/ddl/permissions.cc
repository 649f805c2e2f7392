#include "engine/ddl/permissions.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/cast.h"
#include "catalog/kinds/role_membership.h"
#include "engine/analyze/format_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

[[noreturn]] void denied(std::string message, std::string hint = {}) {
  throw SqlError("42501", std::move(message), {}, std::move(hint));
}

/// The roles that the member is in directly.
template <class Accept>
bool reaches(const Interpreter& interpreter, Name member, Name role, Accept accept, int depth = 0) {
  if (member == role) return true;
  if (depth > 64) return false;
  bool found = false;
  interpreter.catalog().for_each<RoleMembership>([&](const RoleMembership& membership) {
    if (!found && membership.name == member && accept(membership))
      found = reaches(interpreter, membership.role, role, accept, depth + 1);
  });
  return found;
}

bool inherits(const Interpreter& interpreter, const RoleMembership& membership) {
  if (interpreter.major() >= 16) return membership.inherit;
  const DatabaseRole* member = find_role(interpreter, membership.name);
  return !member || member->inherit;
}

/// How `must be owner of` and `permission denied for` call the object.
std::string words_for(const Interpreter& interpreter, const Object& object, const std::string& name) {
  switch (object.kind) {
    case Kind::column:
    case Kind::rule:
    case Kind::trigger:
    case Kind::policy:
    case Kind::constraint:
      return "relation " + name;
    case Kind::foreign_server:
      return "foreign server " + name;
    case Kind::aggregate:
      return "function " + name;
    default:
      break;
  }
  const KindInfo& kind = kind_info(object.kind);
  if (kind.traits.is_type) return "type " + analyze::format_type(cache_of(interpreter), object.oid);
  return std::string(kind.label) + " " + name;
}

/// The object whose owner counts: of a column or trigger, its relation.
const Object& owned_part(const Interpreter& interpreter, const Object& object) {
  const Object* parent = interpreter.catalog().find(object.parent.oid);
  if (!parent || kind_info(object.kind).traits.has_owner || parent->kind == Kind::schema) return object;
  return *parent;
}

}  // namespace

bool is_superuser(const Interpreter& interpreter, Name user) {
  if (user == interpreter.environment().user) return true;
  const DatabaseRole* role = find_role(interpreter, user);
  return !role || role->superuser;
}

bool has_privileges_of(const Interpreter& interpreter, Name member, Name role) {
  if (is_superuser(interpreter, member)) return true;
  return reaches(interpreter, member, role,
                 [&](const RoleMembership& membership) { return inherits(interpreter, membership); });
}

bool is_member_of(const Interpreter& interpreter, Name member, Name role) {
  return is_superuser(interpreter, member) || is_member_by_grant(interpreter, member, role);
}

bool is_member_by_grant(const Interpreter& interpreter, Name member, Name role) {
  return reaches(interpreter, member, role, [](const RoleMembership&) { return true; });
}

bool owns(const Interpreter& interpreter, const Object& object) {
  const Object& owned = owned_part(interpreter, object);
  const Name user = interpreter.session().current_user();
  return owned.owner.empty() || has_privileges_of(interpreter, user, owned.owner);
}

bool has_privilege(const Interpreter& interpreter, Name user, const Object& object, Privileges wanted) {
  if (is_superuser(interpreter, user)) return true;
  Privileges given = 0;
  for (const AclEntry& entry : acl_of(interpreter.catalog(), object))
    if (entry.grantee.empty() || has_privileges_of(interpreter, user, entry.grantee)) given |= entry.privileges;
  return (given & wanted) == wanted;
}

void require_superuser(const Interpreter& interpreter, const std::string& message, const std::string& hint) {
  if (!is_superuser(interpreter)) denied(message, hint);
}

void require_owner(const Interpreter& interpreter, const Object& object, const std::string& name) {
  if (owns(interpreter, object)) return;
  const Object& owned = owned_part(interpreter, object);
  const bool is_part = &owned != &object && object.kind != Kind::index;
  denied("must be owner of " + words_for(interpreter, object, is_part ? owned.name.str() : name));
}

void require_owner_or_schema_owner(const Interpreter& interpreter, const Object& object, const std::string& name) {
  const Object* schema = interpreter.catalog().find(interpreter.catalog().schema_of(object));
  if (schema && schema->kind == Kind::schema && owns(interpreter, *schema)) return;
  require_owner(interpreter, object, name);
}

void require_privilege(const Interpreter& interpreter, const Object& object, Privileges wanted) {
  if (!has_privilege(interpreter, interpreter.session().current_user(), object, wanted))
    denied("permission denied for " + words_for(interpreter, object, object.name.str()));
}

void require_create(const Interpreter& interpreter, Oid schema) {
  if (is_superuser(interpreter)) return;
  const Object* object = interpreter.catalog().find(schema);
  if (!object) denied("permission denied for schema " + schema_name(interpreter, schema));
  if (is_temporary_schema(interpreter, schema)) return;
  require_privilege(interpreter, *object, create_privilege);
}

void require_member(const Interpreter& interpreter, Name role) {
  if (is_member_of(interpreter, interpreter.session().current_user(), role)) return;
  denied(interpreter.major() >= 16 ? "must be able to SET ROLE \"" + role.str() + "\""
                                   : "must be member of role \"" + role.str() + "\"");
}

void require_owner_change(const Interpreter& interpreter, const Object& object, Name owner) {
  if (is_superuser(interpreter)) return;
  require_owner(interpreter, object);
  require_member(interpreter, owner);
  const Object* schema = interpreter.catalog().find(object.parent.oid);
  if (schema && schema->kind == Kind::schema && !has_privilege(interpreter, owner, *schema, create_privilege))
    denied("permission denied for schema " + schema->name.str());
}

void require_type_usage(const Interpreter& interpreter, Oid type) {
  const Object* object = interpreter.catalog().find(type);
  if (!object || !kind_info(object->kind).traits.is_type) return;
  if (!has_privilege(interpreter, interpreter.session().current_user(), *object, usage_privilege))
    denied("permission denied for type " + analyze::format_type(cache_of(interpreter), object->oid));
}

void require_type_owner(const Interpreter& interpreter, Oid type) {
  const Object* object = interpreter.catalog().find(type);
  if (object ? owns(interpreter, *object) : is_superuser(interpreter)) return;
  denied("must be owner of type " + analyze::format_type(cache_of(interpreter), type));
}

void require_cast_owner(const Interpreter& interpreter, const Cast& cast) {
  const auto may = [&](Oid type) {
    const Object* object = interpreter.catalog().find(type);
    return object ? owns(interpreter, *object) : is_superuser(interpreter);
  };
  if (may(cast.source.type) || may(cast.target.type)) return;
  const analyze::Syscache& cache = cache_of(interpreter);
  denied("must be owner of type " + analyze::format_type(cache, cast.source.type) + " or type " +
         analyze::format_type(cache, cast.target.type));
}

void require_execute(const Interpreter& interpreter, Oid function, const std::string& name) {
  const Object* object = interpreter.catalog().find(function);
  if (object && !has_privilege(interpreter, interpreter.session().current_user(), *object, execute_privilege))
    denied("permission denied for " + words_for(interpreter, *object, name));
}

}  // namespace pgplumb::engine::ddl

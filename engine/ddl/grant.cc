// GRANT and REVOKE on objects: catalog/aclchk.c.
#include "catalog/kinds/language.h"
#include "catalog/kinds/routine.h"
#include "engine/ddl/acl.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/grant_targets.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"

namespace pgplumb::engine::ddl {

using namespace catalog;
using ast::ObjectType;

namespace {

/// Privileges on some columns, as far as they were written so.
struct ColumnPrivileges {
  Privileges privileges = 0;
  std::vector<Name> columns;
};

/// What a GRANT says, checked against the type of its objects: InternalGrant.
struct GrantRequest {
  bool is_grant = true;
  bool grant_option = false;
  bool all = false;  // ALL PRIVILEGES
  Privileges privileges = 0;
  std::vector<ColumnPrivileges> columns;
  std::vector<Name> grantees;
};

const char* type_word(ObjectType type) {
  switch (type) {
    case ObjectType::OBJECT_TABLE:
      return "relation";
    case ObjectType::OBJECT_SEQUENCE:
      return "sequence";
    case ObjectType::OBJECT_DATABASE:
      return "database";
    case ObjectType::OBJECT_DOMAIN:
      return "domain";
    case ObjectType::OBJECT_FUNCTION:
      return "function";
    case ObjectType::OBJECT_LANGUAGE:
      return "language";
    case ObjectType::OBJECT_LARGEOBJECT:
      return "large object";
    case ObjectType::OBJECT_SCHEMA:
      return "schema";
    case ObjectType::OBJECT_PROCEDURE:
      return "procedure";
    case ObjectType::OBJECT_ROUTINE:
      return "routine";
    case ObjectType::OBJECT_TABLESPACE:
      return "tablespace";
    case ObjectType::OBJECT_FDW:
      return "foreign-data wrapper";
    case ObjectType::OBJECT_FOREIGN_SERVER:
      return "foreign server";
    case ObjectType::OBJECT_PARAMETER_ACL:
      return "parameter";
    default:
      return "type";
  }
}

Privileges allowed(int major, ObjectType type) {
  // Whether a relation is a sequence is seen later.
  if (type == ObjectType::OBJECT_TABLE) return all_privileges(major, 'r') | all_privileges(major, 's');
  return all_privileges(major, acl_letter(type));
}

Privileges read_bit(int major, std::string_view name) {
  const auto privilege = privilege_bit(major, name);
  if (!privilege) throw SqlError("42601", "unrecognized privilege type \"" + std::string(name) + "\"");
  return *privilege;
}

void read_privilege(int major, ObjectType type, ast::AccessPriv item, GrantRequest& request) {
  if (!item.cols().empty()) {
    if (type != ObjectType::OBJECT_TABLE) throw SqlError("0LP01", "column privileges are only valid for relations");
    ColumnPrivileges columns;
    // Without a name: ALL PRIVILEGES (columns).
    columns.privileges =
        item.priv_name().data() ? read_bit(major, item.priv_name()) : all_privileges(major, 'c');
    if (columns.privileges & ~all_privileges(major, 'c'))
      throw SqlError("0LP01",
                     "invalid privilege type " + std::string(privilege_name(columns.privileges)) + " for column");
    for (ast::Node column : item.cols()) columns.columns.emplace_back(column.str());
    request.columns.push_back(std::move(columns));
    return;
  }
  const Privileges privilege = read_bit(major, item.priv_name());
  if (privilege & ~allowed(major, type))
    throw SqlError("0LP01",
                   "invalid privilege type " + std::string(privilege_name(privilege)) + " for " + type_word(type));
  request.privileges |= privilege;
}

void check_grantor(const Interpreter& interpreter, ast::GrantStmt statement) {
  if (statement.grantor() && role_of(interpreter, statement.grantor()) != interpreter.session().current_user())
    throw SqlError("0A000", "grantor must be current user");
}

GrantRequest read_request(const Interpreter& interpreter, ast::GrantStmt statement) {
  GrantRequest request;
  request.is_grant = statement.is_grant();
  request.grant_option = statement.grant_option();
  for (ast::Node grantee : statement.grantees())
    request.grantees.push_back(grantee_of(interpreter, grantee.as<ast::RoleSpec>()));
  request.all = statement.privileges().empty();
  for (ast::Node item : statement.privileges())
    read_privilege(interpreter.major(), statement.objtype(), item.as<ast::AccessPriv>(), request);
  return request;
}

/// Who may grant on a relation may grant on its columns.
Acl granting_acl(const Catalog& catalog, const Object& object) {
  Acl acl = acl_of(catalog, object);
  if (object.kind != Kind::column) return acl;
  const Acl of_relation = acl_of(catalog, *catalog.find(object.parent.oid));
  acl.insert(acl.end(), of_relation.begin(), of_relation.end());
  return acl;
}

/// restrict_and_check_grant: what the user may pass on; 42501 where it has nothing on the object at all.
Privileges restrict_to_grantable(Interpreter& interpreter, const Object& object, Privileges privileges, const GrantRequest& request) {
  if (owns(interpreter, object)) return privileges;
  const Name user = interpreter.session().current_user();
  Privileges any = 0, may_grant = 0;
  for (const AclEntry& entry : granting_acl(interpreter.catalog(), object)) {
    if (!entry.grantee.empty() && !has_privileges_of(interpreter, user, entry.grantee)) continue;
    any |= entry.privileges;
    may_grant |= entry.grantable;
  }
  if (any == 0) require_privilege(interpreter, object, privileges);
  const Privileges allowed = privileges & may_grant;
  const std::string word = request.is_grant ? "granted" : "revoked";
  if (allowed == 0)
    interpreter.warning("no privileges were " + word + " for \"" + object.name.str() + "\"", "01007");
  else if (allowed != privileges && !request.all)
    interpreter.warning("not all privileges were " + word + " for \"" + object.name.str() + "\"", "01007");
  return allowed;
}

void apply_grant(Interpreter& interpreter, const Object& object, Privileges wanted, const GrantRequest& request) {
  const Privileges privileges = wanted ? restrict_to_grantable(interpreter, object, wanted, request) : 0;
  if (privileges == 0) return;
  Acl acl = acl_of(interpreter.catalog(), object);
  for (Name grantee : request.grantees) change_acl(acl, {request.is_grant, request.grant_option, grantee, privileges});
  store_acl(interpreter, object, acl);
}

// --- Relations -------------------------------------------------------------------------------------------------------

void check_grantable_relation(const Object& relation, ObjectType type) {
  const std::string name = "\"" + relation.name.str() + "\" is ";
  if (relation.kind == Kind::index) throw SqlError("42809", name + "an index");
  if (relation.kind == Kind::composite_type) throw SqlError("42809", name + "a composite type");
  if (type == ObjectType::OBJECT_SEQUENCE && relation.kind != Kind::sequence)
    throw SqlError("42809", name + "not a sequence");
}

/// What is granted on the relation as a whole.
Privileges relation_privileges(Interpreter& interpreter, const Object& relation, const GrantRequest& request) {
  const bool is_sequence = relation.kind == Kind::sequence;
  const Privileges possible = all_privileges(interpreter.major(), is_sequence ? 's' : 'r');
  if (request.all) return possible;
  const Privileges excess = request.privileges & ~possible;
  if (!excess) return request.privileges;
  if (!is_sequence) throw SqlError("0LP01", "invalid privilege type USAGE for table");
  interpreter.warning("sequence \"" + relation.name.str() + "\" only supports USAGE, SELECT, and UPDATE privileges",
                      "0LP01");
  return request.privileges & possible;
}

void grant_on_columns(Interpreter& interpreter, const Object& relation, const GrantRequest& request) {
  for (const ColumnPrivileges& item : request.columns)
    for (Name name : item.columns) {
      if (relation.kind == Kind::sequence && item.privileges & ~all_privileges(interpreter.major(), 's'))
        interpreter.warning("sequence \"" + relation.name.str() + "\" only supports SELECT column privileges", "0LP01");
      if (is_system_column(name.view())) continue;
      apply_grant(interpreter, require_column(interpreter.catalog(), relation, name), item.privileges, request);
    }
}

void grant_on_relation(Interpreter& interpreter, const Object& relation, ObjectType type, const GrantRequest& request) {
  check_grantable_relation(relation, type);
  const Privileges privileges = relation_privileges(interpreter, relation, request);
  grant_on_columns(interpreter, relation, request);
  // What is revoked from the table is revoked from its columns.
  const Privileges of_columns = privileges & all_privileges(interpreter.major(), 'c');
  if (!request.is_grant && of_columns)
    for (const Column* column : columns_of(interpreter.catalog(), relation.oid))
      apply_grant(interpreter, *column, of_columns, request);
  apply_grant(interpreter, relation, privileges, request);
}

// --- Everything else -------------------------------------------------------------------------------------------------

void check_trusted_language(const Object& object) {
  if (object.kind != Kind::language || static_cast<const Language&>(object).trusted) return;
  throw SqlError("42809", "language \"" + object.name.str() + "\" is not trusted",
                 "GRANT and REVOKE are not allowed on untrusted languages, because only superusers can use untrusted "
                 "languages.");
}

/// What change_acl() would say of objects whose privileges are not kept.
void check_grantees(const GrantRequest& request) {
  Acl acl;
  for (Name grantee : request.grantees) change_acl(acl, {request.is_grant, request.grant_option, grantee, 0});
}

void grant_on(Interpreter& interpreter, const Object& object, ObjectType type, const GrantRequest& request) {
  if (is_relation(object.kind) && object.kind != Kind::composite_type)
    return grant_on_relation(interpreter, object, type, request);
  check_trusted_language(object);
  const char letter = acl_type_of(object);
  if (letter == 0) throw NotSimulated("privileges on " + std::string(kind_info(object.kind).label));
  apply_grant(interpreter, object, request.all ? all_privileges(interpreter.major(), letter) : request.privileges, request);
}

}  // namespace

void grant(Interpreter& interpreter, ast::GrantStmt statement) {
  check_grantor(interpreter, statement);
  const GrantTargets targets = grant_targets(interpreter, statement);
  const GrantRequest request = read_request(interpreter, statement);
  if (targets.has_others && is_superuser(interpreter)) check_grantees(request);
  for (Oid target : targets.objects)
    if (const Object* object = interpreter.catalog().find(target))
      grant_on(interpreter, *object, statement.objtype(), request);
}

}  // namespace pgplumb::engine::ddl

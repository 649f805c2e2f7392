#include "catalog/kinds/grant.h"

#include "diff/rules/privileges.h"
#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::Grant;

namespace {

std::string_view target_words(Kind kind) {
  switch (kind) {
    case Kind::table:
    case Kind::view:
    case Kind::materialized_view:
    case Kind::foreign_table: return "TABLE";
    case Kind::base_type:
    case Kind::enum_type:
    case Kind::domain:
    case Kind::range_type:
    case Kind::composite_type: return "TYPE";
    case Kind::foreign_server: return "FOREIGN SERVER";
    case Kind::aggregate: return "FUNCTION";
    default: return catalog::kind_info(kind).noun;
  }
}

GrantTarget grant_target_of(const Grant& grant, const SqlNames& names) {
  const Object* object = names.catalog().find(grant.parent.oid);
  if (!object) return {"ON " + names.qualified(grant.parent), {}};
  if (object->kind == Kind::column)
    return {"ON TABLE " + names.qualified(object->parent), " (" + quoted(object->name) + ")"};
  const bool routine = catalog::kind_info(object->kind).name_space == catalog::NameSpace::routine;
  const std::string words(target_words(object->kind));
  return {"ON " + words + " " + (routine ? names.signature(grant.parent) : names.qualified(*object)), {}};
}

/// Privileges that acldefault() of acl.c gives: to PUBLIC on routines, types and languages, and to owners on all.
bool has_privileges_by_itself(const Grant& grant, const Catalog& catalog) {
  const Object* object = catalog.find(grant.parent.oid);
  if (!object) return true;
  if (!grant.grantee.empty()) return grant.grantee == object->owner;
  const catalog::KindInfo& kind = catalog::kind_info(object->kind);
  return kind.name_space == catalog::NameSpace::routine || kind.traits.is_type || object->kind == Kind::language;
}

std::string all_privileges(const GrantTarget& target) { return "ALL" + target.columns + " " + target.on; }

void create_grant(const Grant& grant, Creation& creation) {
  const GrantTarget target = grant_target_of(grant, creation.names);
  if (has_privileges_by_itself(grant, creation.names.catalog()))
    creation.out.add("REVOKE " + all_privileges(target) + " FROM " + role_name(grant.grantee));
  change_privileges({{}, {}, grant.privileges, grant.grantable}, "", target, grant.grantee, creation.out);
}

/// Back to what the object has by itself.
void drop_grant(const Grant& grant, Removal& removal) {
  const GrantTarget target = grant_target_of(grant, removal.names);
  removal.out.add("REVOKE " + all_privileges(target) + " FROM " + role_name(grant.grantee));
  if (!has_privileges_by_itself(grant, removal.names.catalog())) return;
  const bool routine = target.on.rfind("ON FUNCTION", 0) == 0 || target.on.rfind("ON PROCEDURE", 0) == 0;
  const std::string usual = !grant.grantee.empty() ? "ALL" : routine ? "EXECUTE" : "USAGE";
  removal.out.add("GRANT " + usual + " " + target.on + " TO " + role_name(grant.grantee));
}

void alter_grant_privileges(const Grant& from, const Grant& to, Alteration& alteration) {
  change_privileges({from.privileges, from.grantable, to.privileges, to.grantable}, "", grant_target_of(to, alteration.to),
                    to.grantee, alteration.out);
}

constexpr auto grant_fields =
    field_rules(alter<&Grant::privileges, alter_grant_privileges>(), alter<&Grant::grantable, alter_grant_privileges>());

}  // namespace

constinit const KindRules grant_rules = {
    .stage = stage::grant,
    .create = create_with<create_grant>,
    .drop = drop_with<drop_grant>,
    .fields = grant_fields,
};

}  // namespace pgplumb::diff

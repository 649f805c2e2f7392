#include "engine/ddl/acl.h"

#include <algorithm>
#include <array>

#include "catalog/kinds/grant.h"
#include "engine/ddl/def_elem.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

// In the order of AclMode's bits.
constexpr std::array<std::string_view, 15> names = {"INSERT",     "SELECT",  "UPDATE",  "DELETE",       "TRUNCATE",
                                                    "REFERENCES", "TRIGGER", "EXECUTE", "USAGE",        "CREATE",
                                                    "TEMPORARY",  "CONNECT", "SET",     "ALTER SYSTEM", "MAINTAIN"};
constexpr Privileges bit(std::size_t at) { return Privileges{1} << at; }
constexpr Privileges insert = bit(0), select = bit(1), update = bit(2), delete_ = bit(3), truncate_ = bit(4),
                     references = bit(5), trigger = bit(6), execute = bit(7), usage = bit(8), create = bit(9),
                     temporary = bit(10), connect = bit(11), set_parameter = bit(12), alter_system_ = bit(13),
                     maintain = bit(14);

AclEntry& entry_of(Acl& acl, Name grantee) {
  for (AclEntry& entry : acl)
    if (entry.grantee == grantee) return entry;
  return acl.emplace_back(AclEntry{grantee, 0, 0});
}

void drop_empty(Acl& acl) {
  std::erase_if(acl, [](const AclEntry& entry) { return entry.privileges == 0; });
}

void set_grant(Catalog& catalog, const Object& object, const AclEntry& entry, const Grant* known) {
  const std::vector<Name> privileges = privilege_names(entry.privileges);
  const std::vector<Name> grantable = privilege_names(entry.grantable);
  if (known) {
    if (known->privileges != privileges) catalog.edit(Ref<Grant>{known->oid}).set<&Grant::privileges>(privileges);
    if (known->grantable != grantable) catalog.edit(Ref<Grant>{known->oid}).set<&Grant::grantable>(grantable);
    return;
  }
  Grant grant;
  grant.parent = {object.kind, object.oid};
  grant.grantee = entry.grantee;
  grant.privileges = privileges;
  grant.grantable = grantable;
  catalog.insert(std::move(grant));
}

}  // namespace

std::optional<Privileges> privilege_bit(int major, std::string_view name) {
  if (equals_ignoring_case(name, "TEMP")) return temporary;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!equals_ignoring_case(name, names[i])) continue;
    if (bit(i) == maintain && major < 17) return std::nullopt;
    if ((bit(i) == set_parameter || bit(i) == alter_system_) && major < 15) return std::nullopt;
    return bit(i);
  }
  return std::nullopt;
}

Privileges privilege_bits(int major, const std::vector<Name>& names) {
  Privileges privileges = 0;
  for (Name name : names) privileges |= privilege_bit(major, name.view()).value_or(0);
  return privileges;
}

std::vector<Name> privilege_names(Privileges privileges) {
  std::vector<Name> list;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (privileges & bit(i)) list.emplace_back(names[i]);
  return list;
}

std::string_view privilege_name(Privileges one) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (one & bit(i)) return names[i];
  return {};
}

Privileges all_privileges(int major, char acl_type) {
  switch (acl_type) {
    case 'c':
      return insert | select | update | references;
    case 'r':
      return insert | select | update | delete_ | truncate_ | references | trigger | (major >= 17 ? maintain : 0);
    case 's':
      return usage | select | update;
    case 'd':
      return create | temporary | connect;
    case 'f':
      return execute;
    case 'L':
      return select | update;
    case 'n':
      return usage | create;
    case 'p':
      return set_parameter | alter_system_;
    case 't':
      return create;
    default:
      return usage;  // language, foreign-data wrapper, foreign server, type
  }
}

Acl default_acl(int major, char acl_type, Name owner) {
  Acl acl;
  switch (acl_type) {
    case 'd':
      acl.push_back({Name(), temporary | connect, 0});
      break;
    case 'f':
      acl.push_back({Name(), execute, 0});
      break;
    case 'l':
    case 'T':
      acl.push_back({Name(), usage, 0});
      break;
    default:
      break;
  }
  if (acl_type != 'c') acl.push_back({owner, all_privileges(major, acl_type), 0});
  return acl;
}

bool same_acl(const Acl& a, const Acl& b) {
  return a.size() == b.size() && std::is_permutation(a.begin(), a.end(), b.begin());
}

char acl_type_of(const Object& object) { return object.kind == Kind::column ? 'c' : kind_info(object.kind).acl_type; }

Acl base_acl(const Catalog& catalog, const Object& object) {
  Acl acl = default_acl(catalog.major(), acl_type_of(object), object.owner);
  // pg_init_privs: what initdb grants on the schema public.
  const bool is_first_public =
      object.kind == Kind::schema && object.created == StatementId::none && object.name.view() == "public";
  if (is_first_public) acl.push_back({Name(), catalog.major() >= 15 ? usage : usage | create, 0});
  return acl;
}

Acl acl_of(const Catalog& catalog, const Object& object) {
  Acl acl = base_acl(catalog, object);
  for (const Grant* grant : catalog.children_of<Grant>(object.oid)) {
    AclEntry& entry = entry_of(acl, grant->grantee);
    entry.privileges = privilege_bits(catalog.major(), grant->privileges);
    entry.grantable = privilege_bits(catalog.major(), grant->grantable);
  }
  drop_empty(acl);
  return acl;
}

void store_acl(Interpreter& interpreter, const Object& object, const Acl& acl) {
  Catalog& catalog = interpreter.catalog();
  const std::vector<const Grant*> known = catalog.children_of<Grant>(object.oid);
  const Acl base = base_acl(catalog, object);
  Acl wanted = acl;
  for (const AclEntry& entry : base) entry_of(wanted, entry.grantee);  // what is not there was taken away
  std::erase_if(wanted,
                [&](const AclEntry& entry) { return std::find(base.begin(), base.end(), entry) != base.end(); });
  for (const AclEntry& entry : wanted) {
    const auto same =
        std::find_if(known.begin(), known.end(), [&](const Grant* grant) { return grant->grantee == entry.grantee; });
    set_grant(catalog, object, entry, same == known.end() ? nullptr : *same);
  }
  for (const Grant* grant : known)
    if (std::none_of(wanted.begin(), wanted.end(),
                     [&](const AclEntry& entry) { return entry.grantee == grant->grantee; }))
      catalog.erase(grant->oid);
}

void change_acl(Acl& acl, const AclChange& change) {
  if (change.grantee.empty() && change.is_grant && change.grant_option)
    throw SqlError("0LP01", "grant options can only be granted to roles");
  AclEntry& entry = entry_of(acl, change.grantee);
  if (change.is_grant) {
    entry.privileges |= change.privileges;
    if (change.grant_option) entry.grantable |= change.privileges;
  } else {
    entry.grantable &= ~change.privileges;
    if (!change.grant_option) entry.privileges &= ~change.privileges;
  }
  drop_empty(acl);
}

void move_privileges(Interpreter& interpreter, Oid oid, const Acl& acl, Name old_owner) {
  const Object& object = *interpreter.catalog().find(oid);
  Acl moved;
  for (const AclEntry& entry : acl) {
    AclEntry& target = entry_of(moved, entry.grantee == old_owner ? object.owner : entry.grantee);
    target.privileges |= entry.privileges;
    target.grantable |= entry.grantable;
  }
  store_acl(interpreter, object, moved);
}

}  // namespace pgplumb::engine::ddl

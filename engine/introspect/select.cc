#include "engine/introspect/select.h"

#include <fmt/format.h>

namespace pgplumb::engine {

namespace {

using catalog::FieldInfo;
using catalog::KindInfo;

// What an owner had at first, the next one has (aclnewowner).
std::string first_grantee(const KindInfo& kind) {
  if (kind.owner_sql.empty()) return "e.grantee";
  return fmt::format("CASE WHEN e.grantee = e.grantor THEN {} ELSE e.grantee END", kind.owner_sql);
}

// Privileges as they are (true) and as they would be if nobody had granted anything (false): what an extension's script
// or else PostgreSQL itself gives. Compared in acl.cc.
std::string acl_expression(const KindInfo& kind) {
  if (kind.acl_sql.empty()) return "NULL";
  return fmt::format(
      "CASE WHEN {0} IS NOT NULL THEN (SELECT json_agg(json_build_array(x.given, x.grantee, x.privilege_type, "
      "x.is_grantable)) FROM (SELECT true AS given, e.* FROM aclexplode({0}) e UNION ALL SELECT false, e.grantor, {6}, "
      "e.privilege_type, e.is_grantable FROM "
      "aclexplode(coalesce((SELECT i.initprivs FROM pg_init_privs i WHERE i.objoid = {1} AND i.classoid = {2} "
      "AND i.objsubid = {3}), acldefault('{4}', {5}))) e) x) END",
      kind.acl_sql, kind.oid_sql, kind.catalog_oid, kind.subid_sql, kind.acl_type,
      kind.owner_sql.empty() ? std::string_view("0") : kind.owner_sql, first_grantee(kind));
}

KindSelect select_for(const KindInfo& kind, int major) {
  KindSelect select;
  select.kind = &kind;
  select.sql = fmt::format("SELECT {}, {}, {}, {}", kind.oid_sql, kind.subid_sql,
                           kind.owner_sql.empty() ? std::string_view("NULL") : kind.owner_sql, acl_expression(kind));
  for (const FieldInfo& field : kind.fields) {
    if (field.sql.empty() || field.since_major > major) continue;
    select.sql += ", ";
    select.sql += field.changed_major > major ? field.sql_before : field.sql;
    select.fields.push_back(&field);
  }
  select.sql += fmt::format(" FROM {}", kind.from);
  return select;
}

}  // namespace

std::vector<KindSelect> kind_selects(int major) {
  std::vector<KindSelect> selects;
  for (const KindInfo* kind : catalog::all_kinds())
    if (!kind->from.empty() && kind->since_major <= major) selects.push_back(select_for(*kind, major));
  return selects;
}

}  // namespace pgplumb::engine

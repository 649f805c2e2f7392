// Keys of built-in rows, in both directions: the part of the key codec (key.h) that reads catalog/builtin.
#include <charconv>

#include "catalog/builtin/builtin.h"
#include "catalog/key.h"
#include "catalog/type_name.h"

namespace pgplumb::catalog {

namespace {

using builtin::Builtin;

std::string qualified(const Builtin& builtin, Oid schema, std::string_view name) {
  const builtin::Namespace* found = builtin.namespace_by_oid(schema);
  return quote_qualified(found ? found->nspname.view() : std::string_view("pg_catalog"), name);
}

std::string routine_identity(const Catalog& catalog, const builtin::Proc& proc) {
  std::string out = qualified(builtin::of(catalog.major()), proc.pronamespace, proc.proname.view()) + "(";
  bool first = true;
  for (Oid type : proc.proargtypes) {
    out += (first ? "" : ", ") + format_type(catalog, {type, -1});
    first = false;
  }
  return out + ")";
}

std::string operator_identity(const Catalog& catalog, const builtin::Operator& oper) {
  return qualified(builtin::of(catalog.major()), oper.oprnamespace, oper.oprname.view()) + "(" +
         format_type(catalog, {oper.oprleft, -1}) + ", " + format_type(catalog, {oper.oprright, -1}) + ")";
}

std::string in_method(const Builtin& builtin, Oid schema, std::string_view name, Oid method) {
  const builtin::AccessMethod* am = builtin.am_by_oid(method);
  return qualified(builtin, schema, name) + "(" + (am ? "access_method " + std::string(am->amname.view()) : "?") + ")";
}

std::string missing(Oid oid) { return "?" + std::to_string(oid); }

std::string relation_identity(const Builtin& builtin, Oid oid) {
  const builtin::Relation* row = builtin.relation_by_oid(oid);
  return row ? qualified(builtin, row->relnamespace, row->relname.view()) : missing(oid);
}

}  // namespace

std::string builtin_identity(const Catalog& catalog, AnyRef ref) {
  const Builtin& builtin = builtin::of(catalog.major());
  switch (ref.kind) {
    case Kind::function:
    case Kind::procedure:
    case Kind::aggregate:
      if (const auto* row = builtin.proc_by_oid(ref.oid)) return routine_identity(catalog, *row);
      break;
    case Kind::operator_:
      if (const auto* row = builtin.operator_by_oid(ref.oid)) return operator_identity(catalog, *row);
      break;
    case Kind::operator_class:
      if (const auto* row = builtin.opclass_by_oid(ref.oid))
        return in_method(builtin, row->opcnamespace, row->opcname.view(), row->opcmethod);
      break;
    case Kind::operator_family:
      if (const auto* row = builtin.opfamily_by_oid(ref.oid))
        return in_method(builtin, row->opfnamespace, row->opfname.view(), row->opfmethod);
      break;
    case Kind::collation:
      if (const auto* row = builtin.collation_by_oid(ref.oid))
        return qualified(builtin, row->collnamespace, row->collname.view());
      break;
    case Kind::access_method:
      if (const auto* row = builtin.am_by_oid(ref.oid)) return quote_identifier(row->amname.view());
      break;
    case Kind::language:
      if (const auto* row = builtin.language_by_oid(ref.oid)) return quote_identifier(row->lanname.view());
      break;
    case Kind::schema:
      if (const auto* row = builtin.namespace_by_oid(ref.oid)) return quote_identifier(row->nspname.view());
      break;
    case Kind::text_search_parser:
      if (const auto* row = builtin.ts_parser_by_oid(ref.oid))
        return qualified(builtin, row->prsnamespace, row->prsname.view());
      break;
    case Kind::text_search_template:
      if (const auto* row = builtin.ts_template_by_oid(ref.oid))
        return qualified(builtin, row->tmplnamespace, row->tmplname.view());
      break;
    case Kind::text_search_dictionary:
      if (const auto* row = builtin.ts_dict_by_oid(ref.oid))
        return qualified(builtin, row->dictnamespace, row->dictname.view());
      break;
    case Kind::text_search_configuration:
      if (const auto* row = builtin.ts_config_by_oid(ref.oid))
        return qualified(builtin, row->cfgnamespace, row->cfgname.view());
      break;
    case Kind::table:
    case Kind::view: return relation_identity(builtin, ref.oid);
    case Kind::base_type:
    case Kind::domain:
    case Kind::enum_type: return qualified_type_name(catalog, ref.oid);
    default: break;
  }
  return missing(ref.oid);
}

namespace {

template <class Rows>
AnyRef find_in(const Catalog& catalog, const ObjectKey& key, const Rows& rows) {
  for (const auto& row : rows)
    if (builtin_identity(catalog, {key.kind, row.oid}) == key.identity) return {key.kind, row.oid};
  return {};
}

/// The part of the identity that is the object's own name, for lookups by name.
std::string own_name(const std::string& identity) {
  const std::string head = identity.substr(0, identity.find('('));
  const std::size_t dot = head.find('.');
  std::string name = dot == std::string::npos ? head : head.substr(dot + 1);
  if (name.size() >= 2 && name.front() == '"') name = name.substr(1, name.size() - 2);
  return name;
}

}  // namespace

AnyRef find_builtin(const Catalog& catalog, const ObjectKey& key) {
  const Builtin& builtin = builtin::of(catalog.major());
  switch (key.kind) {
    case Kind::function:
    case Kind::procedure:
    case Kind::aggregate: return find_in(catalog, key, builtin.procs_by_name(own_name(key.identity)));
    case Kind::operator_: return find_in(catalog, key, builtin.operators());
    case Kind::operator_class: return find_in(catalog, key, builtin.opclasses());
    case Kind::operator_family: return find_in(catalog, key, builtin.opfamilies());
    case Kind::collation: return find_in(catalog, key, builtin.collations_by_name(own_name(key.identity)));
    case Kind::access_method: return find_in(catalog, key, builtin.ams());
    case Kind::language: return find_in(catalog, key, builtin.languages());
    case Kind::schema: return find_in(catalog, key, builtin.namespaces());
    case Kind::text_search_parser: return find_in(catalog, key, builtin.ts_parsers());
    case Kind::text_search_template: return find_in(catalog, key, builtin.ts_templates());
    case Kind::text_search_dictionary: return find_in(catalog, key, builtin.ts_dicts());
    case Kind::text_search_configuration: return find_in(catalog, key, builtin.ts_configs());
    case Kind::table:
    case Kind::view: return find_in(catalog, key, builtin.relations());
    default: return {};
  }
}

}  // namespace pgplumb::catalog

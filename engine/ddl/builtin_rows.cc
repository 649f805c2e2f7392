#include "engine/ddl/builtin_rows.h"

#include "catalog/builtin/builtin.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

template <class Row>
Oid oid_of(const Row* row) {
  return row ? row->oid : invalid_oid;
}

Oid collation_in(const builtin::Builtin& rows, Oid schema, std::string_view name) {
  for (const builtin::Collation& row : rows.collations_by_name(name))
    if (row.collnamespace == schema) return row.oid;
  return invalid_oid;
}

}  // namespace

Oid builtin_unqualified(int major, Kind kind, std::string_view name) {
  const builtin::Builtin& rows = builtin::of(major);
  switch (kind) {
    case Kind::schema:
      return oid_of(rows.namespace_by_name(name));
    // Every database has it from the start; its language stands for it.
    case Kind::extension:
      return name == "plpgsql" ? oid_of(rows.language_by_name(name)) : invalid_oid;
    case Kind::language:
      return oid_of(rows.language_by_name(name));
    case Kind::access_method:
      return oid_of(rows.am_by_name(name));
    case Kind::role:
      return oid_of(rows.role_by_name(name));
    case Kind::tablespace:
      return oid_of(rows.tablespace_by_name(name));
    default:
      return invalid_oid;
  }
}

Oid builtin_in_schema(int major, Kind kind, Oid schema, std::string_view name) {
  const builtin::Builtin& rows = builtin::of(major);
  if (kind == Kind::collation) return collation_in(rows, schema, name);
  if (schema != builtin::pg_catalog_namespace) return invalid_oid;
  switch (kind) {
    case Kind::conversion:
      return oid_of(rows.conversion_by_name(name));
    case Kind::text_search_parser:
      return oid_of(rows.ts_parser_by_name(name));
    case Kind::text_search_template:
      return oid_of(rows.ts_template_by_name(name));
    case Kind::text_search_dictionary:
      return oid_of(rows.ts_dict_by_name(name));
    case Kind::text_search_configuration:
      return oid_of(rows.ts_config_by_name(name));
    default:
      return invalid_oid;
  }
}

Oid builtin_operator_set(int major, Kind kind, Oid method, Oid schema, std::string_view name) {
  if (schema != builtin::pg_catalog_namespace) return invalid_oid;
  const builtin::Builtin& rows = builtin::of(major);
  return kind == Kind::operator_class ? oid_of(rows.opclass_by_name(method, name))
                                      : oid_of(rows.opfamily_by_name(method, name));
}

}  // namespace pgplumb::engine::ddl

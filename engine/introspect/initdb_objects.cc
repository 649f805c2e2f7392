#include "engine/introspect/initdb_objects.h"

#include <charconv>

#include "catalog/builtin/builtin.h"
#include "catalog/kind_info.h"

namespace pgplumb::engine {

namespace {

using catalog::Kind;
using catalog::builtin::Builtin;

constexpr Oid class_language = 2612, class_parser = 3601, class_template = 3764, class_dictionary = 3600,
              class_configuration = 3602, class_conversion = 2607;

Oid to_oid(std::string_view text) {
  Oid oid = 0;
  std::from_chars(text.data(), text.data() + text.size(), oid);
  return oid;
}

struct Named {
  Oid oid;
  Oid schema;
  std::string_view name;
};

template <class Rows, class SchemaOf>
Oid in_schema(const Rows& rows, Oid schema, SchemaOf schema_of) {
  for (const auto& row : rows)
    if (schema_of(row) == schema) return row.oid;
  return 0;
}

template <class Row>
Oid oid_of(const Row* row) {
  return row ? row->oid : 0;
}

AnyRef match(const Builtin& builtin, Oid classid, const Named& live) {
  switch (classid) {
    case class_namespace:
      return {Kind::schema, oid_of(builtin.namespace_by_name(live.name))};
    case class_type:
      return {Kind::base_type, oid_of(builtin.type_by_name(live.schema, live.name))};
    case class_relation: {
      const auto* relation = builtin.relation_by_name(live.schema, live.name);
      return {relation && relation->relkind == 'v' ? Kind::view : Kind::table, oid_of(relation)};
    }
    case class_proc: {
      // initdb makes no two functions of one name
      const Oid oid =
          in_schema(builtin.procs_by_name(live.name), live.schema, [](const auto& r) { return r.pronamespace; });
      return {Kind::function, oid};
    }
    case class_language:
      return {Kind::language, oid_of(builtin.language_by_name(live.name))};
    case class_parser:
      return {Kind::text_search_parser, oid_of(builtin.ts_parser_by_name(live.name))};
    case class_template:
      return {Kind::text_search_template, oid_of(builtin.ts_template_by_name(live.name))};
    case class_dictionary:
      return {Kind::text_search_dictionary, oid_of(builtin.ts_dict_by_name(live.name))};
    case class_configuration:
      return {Kind::text_search_configuration, oid_of(builtin.ts_config_by_name(live.name))};
    case class_conversion:
      return {Kind::conversion, oid_of(builtin.conversion_by_name(live.name))};
    default:
      return {};
  }
}

/// information_schema's own oid varies too, and the rows that follow it are looked up within it.
Oid schema_of(const Builtin& builtin, std::string_view name) { return oid_of(builtin.namespace_by_name(name)); }

}  // namespace

std::string initdb_objects_sql() {
  const auto rows = [](const char* classid, const char* table, const char* name, const char* schema) {
    return std::string("SELECT ") + classid + ", x.oid, x." + name + "::text, " +
           (*schema ? "n.nspname::text" : "'pg_catalog'") + " FROM " + table + " x" +
           (*schema ? std::string(" JOIN pg_namespace n ON n.oid = x.") + schema : std::string()) +
           " WHERE x.oid >= 12000 AND x.oid < 16384";
  };
  // Internal functions of a type or an extension's handlers have names of their own as well: nothing is left out.
  return rows("2615", "pg_namespace", "nspname", "") + " UNION ALL " +
         rows("1247", "pg_type", "typname", "typnamespace") + " UNION ALL " +
         rows("1259", "pg_class", "relname", "relnamespace") + " AND x.relkind IN ('r', 'v')" + " UNION ALL " +
         rows("1255", "pg_proc", "proname", "pronamespace") + " UNION ALL " +
         rows("2612", "pg_language", "lanname", "") + " UNION ALL " +
         rows("3601", "pg_ts_parser", "prsname", "prsnamespace") + " UNION ALL " +
         rows("3764", "pg_ts_template", "tmplname", "tmplnamespace") + " UNION ALL " +
         rows("3600", "pg_ts_dict", "dictname", "dictnamespace") + " UNION ALL " +
         rows("3602", "pg_ts_config", "cfgname", "cfgnamespace") + " UNION ALL " +
         rows("2607", "pg_conversion", "conname", "connamespace");
}

void link_initdb_objects(const QueryResult& rows, int major, Linker& linker) {
  const Builtin& builtin = catalog::builtin::of(major);
  for (int row = 0; row < rows.rows(); ++row) {
    const Oid classid = to_oid(rows.value(row, 0));
    const Named live{to_oid(rows.value(row, 1)), schema_of(builtin, rows.value(row, 3)), rows.value(row, 2)};
    const AnyRef ref = match(builtin, classid, live);
    if (!ref) continue;
    linker.add({classid, live.oid, 0}, ref);
    if (classid == class_type) linker.add_type(live.oid, ref.oid);
  }
}

AnyRef builtin_collation(int major, std::string_view name) {
  const Oid oid = in_schema(catalog::builtin::of(major).collations_by_name(name),
                            catalog::builtin::pg_catalog_namespace, [](const auto& row) { return row.collnamespace; });
  return {oid ? Kind::collation : Kind::none, oid};
}

}  // namespace pgplumb::engine

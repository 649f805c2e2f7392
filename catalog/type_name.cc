#include "catalog/type_name.h"

#include <fmt/format.h>

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/range_type.h"
#include "catalog/type_oids.h"

namespace pgplumb::catalog {

namespace {

std::string precision(std::int32_t typmod) { return typmod < 0 ? "" : fmt::format("({})", typmod); }

std::string numeric_typmod(int major, std::int32_t typmod) {
  const std::int32_t packed = typmod - 4;
  const std::int32_t scale = major >= 15 ? ((packed & 0x7ff) ^ 1024) - 1024 : packed & 0xffff;
  return fmt::format("({},{})", (packed >> 16) & 0xffff, scale);
}

// The bits of INTERVAL_MASK() of utils/timestamp.h, in the high half of the modifier.
std::string interval_typmod(std::int32_t typmod) {
  constexpr int month = 1 << 1, year = 1 << 2, day = 1 << 3, hour = 1 << 10, minute = 1 << 11, second = 1 << 12;
  constexpr int full_range = 0x7fff, full_precision = 0xffff;
  struct Fields {
    int mask;
    std::string_view name;
  };
  constexpr Fields known[] = {{year, " year"},
                              {month, " month"},
                              {day, " day"},
                              {hour, " hour"},
                              {minute, " minute"},
                              {second, " second"},
                              {year | month, " year to month"},
                              {day | hour, " day to hour"},
                              {day | hour | minute, " day to minute"},
                              {day | hour | minute | second, " day to second"},
                              {hour | minute, " hour to minute"},
                              {hour | minute | second, " hour to second"},
                              {minute | second, " minute to second"}};
  const int fields = (typmod >> 16) & full_range;
  std::string out;
  for (const Fields& entry : known)
    if (entry.mask == fields) out = entry.name;
  if ((typmod & 0xffff) != full_precision) out += precision(typmod & 0xffff);
  return out;
}

std::string zoned(std::string_view name, std::int32_t typmod, std::string_view zone) {
  return fmt::format("{}{} {}", name, precision(typmod), zone);
}

/// The names that the SQL standard gives; empty for all other types.
std::string standard_name(int major, TypeRef ref) {
  const std::int32_t typmod = ref.typmod;
  switch (ref.type) {
    case types::bool_: return "boolean";
    case types::char_: return "\"char\"";
    case types::json: return "json";  // a key word from 17 on, and never quoted here
    case types::int2: return "smallint";
    case types::int4: return "integer";
    case types::int8: return "bigint";
    case types::float4: return "real";
    case types::float8: return "double precision";
    case types::bit: return typmod >= 0 ? "bit" + precision(typmod) : "\"bit\"";
    case types::varbit: return "bit varying" + precision(typmod);
    case types::bpchar: return typmod >= 4 ? "character" + precision(typmod - 4) : "bpchar";
    case types::varchar: return "character varying" + format_typmod(major, ref);
    case types::numeric: return "numeric" + format_typmod(major, ref);
    case types::interval: return "interval" + format_typmod(major, ref);
    case types::time: return zoned("time", typmod, "without time zone");
    case types::timetz: return zoned("time", typmod, "with time zone");
    case types::timestamp: return zoned("timestamp", typmod, "without time zone");
    case types::timestamptz: return zoned("timestamp", typmod, "with time zone");
    default: return {};
  }
}

std::string schema_prefix(const Catalog& catalog, Oid schema) {
  const Object* object = catalog.find(schema);
  return object ? quote_identifier(object->name.view()) + "." : "";
}

std::string builtin_name(const Catalog& catalog, const builtin::Type& type) {
  std::string name = quote_identifier(type.typname.view());
  if (type.typnamespace == builtin::pg_catalog_namespace) return name;
  const builtin::Namespace* schema = builtin::of(catalog.major()).namespace_by_oid(type.typnamespace);
  return schema ? quote_identifier(schema->nspname.view()) + "." + name : name;
}

std::string user_name(const Catalog& catalog, Oid type) {
  const Object* object = catalog.find(type);
  if (!object) return "???";
  const TypeForm form = form_of_type(type);
  if (form == TypeForm::multirange || form == TypeForm::multirange_array)
    if (const auto* range = catalog.find_as<RangeType>(object->oid))
      return schema_prefix(catalog, range->multirange_schema.oid) + quote_identifier(range->multirange_name.view());
  return schema_prefix(catalog, object->parent.oid) + quote_identifier(object->name.view());
}

/// A built-in array type's element, or 0. oidvector and int2vector have elements but are no array types.
Oid array_element(const builtin::Builtin& builtin, const builtin::Type& type) {
  const builtin::Type* element = type.typelem ? builtin.type_by_oid(type.typelem) : nullptr;
  return element && element->typarray == type.oid ? type.typelem : invalid_oid;
}

}  // namespace

std::string format_typmod(int major, TypeRef ref) {
  if (ref.typmod < 0) return {};
  switch (ref.type) {
    case types::bpchar:
    case types::varchar: return ref.typmod >= 4 ? precision(ref.typmod - 4) : "";
    case types::numeric: return ref.typmod >= 4 ? numeric_typmod(major, ref.typmod) : "";
    case types::interval: return interval_typmod(ref.typmod);
    default: return precision(ref.typmod);
  }
}

std::string format_type(const Catalog& catalog, TypeRef ref) {
  if (!is_builtin(ref.type)) {
    const TypeForm form = form_of_type(ref.type);
    const bool array = form == TypeForm::array || form == TypeForm::multirange_array;
    return user_name(catalog, ref.type) + (array ? "[]" : format_typmod(catalog.major(), ref));
  }
  const builtin::Builtin& builtin = builtin::of(catalog.major());
  const builtin::Type* type = builtin.type_by_oid(ref.type);
  if (!type) return ref.type == invalid_oid ? "-" : "???";
  if (Oid element = array_element(builtin, *type)) return format_type(catalog, {element, ref.typmod}) + "[]";
  std::string standard = standard_name(catalog.major(), ref);
  return standard.empty() ? builtin_name(catalog, *type) + format_typmod(catalog.major(), ref) : standard;
}

std::string qualified_type_name(const Catalog& catalog, Oid type) {
  if (!is_builtin(type)) return format_type(catalog, {type, -1});
  const builtin::Type* row = builtin::of(catalog.major()).type_by_oid(type);
  if (!row) return "???";
  const std::string name = builtin_name(catalog, *row);
  return row->typnamespace == builtin::pg_catalog_namespace ? "pg_catalog." + name : name;
}

}  // namespace pgplumb::catalog

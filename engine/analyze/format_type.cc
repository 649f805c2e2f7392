#include "engine/analyze/format_type.h"

#include <fmt/format.h>

#include "catalog/base/name.h"
#include "engine/analyze/lsyscache.h"

namespace pgplumb::engine::analyze {

namespace types = catalog::types;

namespace {

constexpr std::int32_t varlena_header = 4;  // VARHDRSZ, which length modifiers include

std::string length_out(std::int32_t typmod) { return fmt::format("({})", typmod - varlena_header); }

std::string numeric_out(std::int32_t typmod) {
  std::int32_t packed = typmod - varlena_header;
  std::int32_t scale = packed & 0x7ff;
  if (scale >= 1024) scale -= 2048;
  return fmt::format("({},{})", (packed >> 16) & 0xffff, scale);
}

std::string interval_fields_out(std::int32_t range) {
  // Bits by datetime.h: MONTH 1, YEAR 2, DAY 3, HOUR 10, MINUTE 11, SECOND 12.
  constexpr int year = 1 << 2, month = 1 << 1, day = 1 << 3, hour = 1 << 10, minute = 1 << 11, second = 1 << 12;
  switch (range) {
    case year: return " year";
    case month: return " month";
    case day: return " day";
    case hour: return " hour";
    case minute: return " minute";
    case second: return " second";
    case year | month: return " year to month";
    case day | hour: return " day to hour";
    case day | hour | minute: return " day to minute";
    case day | hour | minute | second: return " day to second";
    case hour | minute: return " hour to minute";
    case hour | minute | second: return " hour to second";
    case minute | second: return " minute to second";
    default: return "";
  }
}

std::string interval_out(std::int32_t typmod) {
  std::int32_t precision = typmod & 0xffff;
  std::string fields = interval_fields_out((typmod >> 16) & 0x7fff);
  return precision == 0xffff ? fields : fmt::format("{}({})", fields, precision);
}

std::string time_out(std::int32_t typmod, const char* zone) {
  return typmod >= 0 ? fmt::format("({}){}", typmod, zone) : zone;
}

/// The names that SQL has for built-in types; empty where the catalog's own name serves.
std::string standard_name(Oid type, std::int32_t typmod, bool typmod_given) {
  bool has_typmod = typmod_given && typmod >= 0;
  switch (type) {
    case types::bit:
      if (has_typmod) return fmt::format("bit({})", typmod);
      return typmod_given ? "\"bit\"" : "bit";
    case types::bool_: return "boolean";
    case types::bpchar:
      if (has_typmod) return "character" + length_out(typmod);
      return typmod_given ? "bpchar" : "character";
    case types::float4: return "real";
    case types::float8: return "double precision";
    case types::int2: return "smallint";
    case types::int4: return "integer";
    case types::int8: return "bigint";
    case types::numeric: return has_typmod ? "numeric" + numeric_out(typmod) : "numeric";
    case types::json: return "json";  // a key word in some grammars
    case types::interval: return has_typmod ? "interval" + interval_out(typmod) : "interval";
    case types::time: return "time" + time_out(has_typmod ? typmod : -1, " without time zone");
    case types::timetz: return "time" + time_out(has_typmod ? typmod : -1, " with time zone");
    case types::timestamp: return "timestamp" + time_out(has_typmod ? typmod : -1, " without time zone");
    case types::timestamptz: return "timestamp" + time_out(has_typmod ? typmod : -1, " with time zone");
    case types::varbit: return has_typmod ? fmt::format("bit varying({})", typmod) : "bit varying";
    case types::varchar: return has_typmod ? "character varying" + length_out(typmod) : "character varying";
    default: return "";
  }
}

std::string own_name(const Syscache& cache, const TypeRow& row, std::int32_t typmod) {
  std::string_view schema = cache.type_is_visible(row) ? std::string_view() : cache.schema_name(row.schema);
  return catalog::quote_qualified(schema, row.name) + typmod_out(cache, row.oid, typmod);
}

std::string format(const Syscache& cache, Oid type, std::int32_t typmod, bool typmod_given) {
  if (type == invalid_oid) return "-";
  const TypeRow* row = cache.type(type);
  if (!row) return "???";
  bool is_array = row->subscripting == Subscripting::array && row->oid != types::int2vector && row->oid != types::oidvector;
  if (is_array) return format(cache, row->element, typmod, typmod_given) + "[]";
  std::string name = standard_name(type, typmod, typmod_given);
  return name.empty() ? own_name(cache, *row, typmod_given ? typmod : -1) : name;
}

}  // namespace

std::string typmod_out(const Syscache& cache, Oid type, std::int32_t typmod) {
  if (typmod < 0) return "";
  switch (type) {
    case types::bpchar:
    case types::varchar: return length_out(typmod);
    case types::bit:
    case types::varbit: return fmt::format("({})", typmod);
    case types::numeric: return numeric_out(typmod);
    case types::interval: return interval_out(typmod);
    case types::time:
    case types::timestamp: return time_out(typmod, " without time zone");
    case types::timetz:
    case types::timestamptz: return time_out(typmod, " with time zone");
    default: break;
  }
  const TypeRow* row = cache.type(type);
  return row && row->modifier_input == invalid_oid ? "" : fmt::format("({})", typmod);
}

std::string format_type(const Syscache& cache, Oid type) { return format(cache, type, -1, false); }

std::string format_type_with_typmod(const Syscache& cache, Oid type, std::int32_t typmod) {
  return format(cache, type, typmod, true);
}

}  // namespace pgplumb::engine::analyze

#include "engine/analyze/literal/literal.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "catalog/catalog.h"
#include "catalog/kinds/function.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/literal/calendar.h"
#include "engine/analyze/literal/input.h"
#include "engine/analyze/lsyscache.h"

namespace pgplumb::engine::analyze {

namespace literal {

void invalid_syntax(std::string_view type_name, std::string_view text) {
  fail(errcode::invalid_text_representation, fmt::format("invalid input syntax for type {}: \"{}\"", type_name, text));
}

void out_of_range(std::string_view type_name, std::string_view text) {
  fail(errcode::numeric_value_out_of_range, fmt::format("value \"{}\" is out of range for type {}", text, type_name));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

namespace {

LiteralValue plain(std::string text) { return {std::move(text), invalid_oid, true}; }

LiteralValue enum_in(const Context& context, Oid type, std::string_view text) {
  if (context.cache.is_uncommitted_label(type, text))
    fail(errcode::unsafe_new_enum_value_usage,
         fmt::format("unsafe use of new value \"{}\" of enum type {}", text, format_type(context.cache, type)), -1, {},
         "New enum values must be committed before they can be used.");
  if (context.cache.has_enum_label(type, text)) return plain(std::string(text));
  fail(errcode::invalid_text_representation,
       fmt::format("invalid input value for enum {}: \"{}\"", format_type(context.cache, type), text));
}

bool is_reg_type(Oid type) {
  return type == types::regproc || type == types::regprocedure || type == types::regoper ||
         type == types::regoperator || type == types::regclass || type == types::regtype || type == types::regconfig ||
         type == types::regdictionary || type == types::regnamespace || type == types::regrole ||
         type == types::regcollation;
}

// Values that only the server itself makes.
bool has_no_input(Oid type) {
  constexpr Oid types_without[] = {194, 3361, 3402, 5017, 4600, 4601};  // pg_node_tree, pg_ndistinct, …
  return type == types::gtsvector ||
         std::find(std::begin(types_without), std::end(types_without), type) != std::end(types_without);
}

/// Whether the type's input function is textin() by another name, as citext's is.
bool reads_as_text(const Context& context, const TypeRow& row) {
  constexpr Oid internal_language = 12;  // pg_language.dat
  const catalog::Catalog* objects = context.cache.objects();
  const auto* input = objects ? objects->find_as<catalog::Function>(row.input) : nullptr;
  return input && input->language.oid == internal_language && input->body == "textin";
}

LiteralValue container_in(const Context& context, const TypeRow& row, std::int32_t typmod, std::string_view text) {
  if (row.subscripting == Subscripting::array && row.element != invalid_oid) {
    return array_in(context, row, typmod, text);
  }
  switch (row.kind) {
    case 'e': return enum_in(context, row.oid, text);
    case 'r': return range_in(context, row, text);
    case 'm': return multirange_in(context, row, text);
    case 'c': return record_in(context, row, text);
    case 'p':
      if (row.oid == types::cstring) return plain(std::string(text));
      if (row.oid == types::void_) return plain("");
      fail(errcode::feature_not_supported, fmt::format("cannot accept a value of type {}", row.name));
    default: return {std::string(text), invalid_oid, reads_as_text(context, row)};
  }
}

LiteralValue builtin_in(const Context& context, const TypeRow& row, std::int32_t typmod, std::string_view text) {
  int major = context.cache.major();
  switch (row.oid) {
    case types::bool_: return plain(bool_in(text));
    case types::int2: return plain(integer_in(text, INT16_MIN, INT16_MAX, "smallint", major));
    case types::int4: return plain(integer_in(text, INT32_MIN, INT32_MAX, "integer", major));
    case types::int8: return plain(integer_in(text, INT64_MIN, INT64_MAX, "bigint", major));
    case types::oid: return plain(unsigned_in(text, UINT32_MAX, "oid", major, false));
    case types::float4: return plain(float_in(text, false));
    case types::float8: return plain(float_in(text, true));
    case types::numeric: return plain(numeric_in(text, major));
    case types::money: return plain(money_in(text));
    case types::text:
    case types::varchar:
    case types::bpchar:
    case types::unknown:
    case types::refcursor: return plain(std::string(text));
    case types::name: return plain(name_in(text));
    case types::char_: return plain(char_in(text, major));
    case types::bytea: return plain(bytea_in(text));
    case types::bit:
    case types::varbit: return plain(bit_in(text));
    case types::uuid: return plain(uuid_in(text));
    case types::json: check_json(text); return plain(std::string(text));
    case types::jsonb: return plain(jsonb_in(text, major));
    case types::date: return plain(date_in(context, text));
    case types::time: return plain(time_in(context, text, false, typmod));
    case types::timetz: return plain(time_in(context, text, true, typmod));
    case types::timestamp: return plain(timestamp_in(context, text, false, typmod));
    case types::timestamptz: return plain(timestamp_in(context, text, true, typmod));
    case types::interval: return plain(interval_in(context, text, typmod));
    case types::inet: return plain(inet_in(text, false));
    case types::cidr: return plain(inet_in(text, true));
    case types::macaddr: return plain(macaddr_in(text, false));
    case types::macaddr8: return plain(macaddr_in(text, true));
    case types::xml: check_xml(text, context.settings.xml_document); return plain(std::string(text));
    case types::jsonpath: return plain(jsonpath_in(text, major));
    case types::tsvector: return plain(tsvector_in(text));
    case types::tsquery: return plain(tsquery_in(text));
    case types::point:
    case types::lseg:
    case types::path:
    case types::box:
    case types::polygon:
    case types::line:
    case types::circle: return plain(geometry_in(row.oid, text));
    default: break;
  }
  if (has_no_input(row.oid))
    fail(errcode::feature_not_supported, fmt::format("cannot accept a value of type {}", row.name));
  if (is_identifier_type(row.oid)) return plain(identifier_in(row.oid, text, major));
  if (is_reg_type(row.oid)) return reg_in(context, row.oid, text);
  return container_in(context, row, typmod, text);
}

}  // namespace

}  // namespace literal

LiteralValue literal_in(const Syscache& cache, const Settings& settings, catalog::Oid type, std::int32_t typmod,
                        std::string_view text) {
  const TypeRow* row = cache.type(type);
  if (!row) not_simulated("a literal of an unknown type");
  try {
    LiteralValue value = literal::builtin_in({cache, settings}, *row, typmod, text);
    value.text = literal::with_modifier(type, typmod, std::move(value.text));
    return value;
  } catch (const literal::UnknownForm&) {
    return {std::string(text), catalog::invalid_oid, false};
  }
}

}  // namespace pgplumb::engine::analyze

#pragma once
// What the families of literals share: the input functions by type, and the two errors that most of them raise.
#include <cstdint>
#include <string>
#include <string_view>

#include "catalog/type_oids.h"
#include "engine/analyze/errors.h"
#include "engine/analyze/literal/literal.h"
#include "engine/analyze/settings.h"
#include "engine/analyze/syscache.h"

namespace pgplumb::engine::analyze::literal {

namespace types = catalog::types;

struct Context {
  const Syscache& cache;
  const Settings& settings;
};

/// A text that PostgreSQL may well understand, and that is not understood here.
struct UnknownForm {};

[[noreturn]] void invalid_syntax(std::string_view type_name, std::string_view text);
[[noreturn]] void out_of_range(std::string_view type_name, std::string_view text);

inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
std::string_view trimmed(std::string_view text);
/// ASCII letters in lower case.
std::string lower(std::string_view text);
int hex_digit(char c);  // -1 for none

// numbers.cc
std::string integer_in(std::string_view text, std::int64_t low, std::int64_t high, const char* type_name, int major);
std::string unsigned_in(std::string_view text, std::uint64_t limit, const char* type_name, int major,
                        bool is_transaction);
std::string float_in(std::string_view text, bool is_double);
std::string numeric_in(std::string_view text, int major);
std::string bool_in(std::string_view text);
/// Takes a number and the blanks around it off the front of the text; `whole` is what an error shows.
double take_float(std::string_view& text, bool is_double, const char* type_name, std::string_view whole);
/// The shortest text that reads back as the number, in the form of float8out.
std::string float_out(double value, bool is_double);

// strings.cc
std::string bytea_in(std::string_view text);
std::string bit_in(std::string_view text);
std::string uuid_in(std::string_view text);
std::string name_in(std::string_view text);
std::string char_in(std::string_view text, int major);

// json.cc, jsonpath_printer.cc
void check_json(std::string_view text);
std::string jsonb_in(std::string_view text, int major);
std::string jsonpath_in(std::string_view text, int major);

// money.cc, geometry.cc, tsvector.cc, tsquery.cc
std::string money_in(std::string_view text);
std::string geometry_in(Oid type, std::string_view text);
std::string tsvector_in(std::string_view text);
std::string tsquery_in(std::string_view text);

// xml.cc
/// Errors where the text is not well-formed; UnknownForm for declarations, which only libxml2 knows all about.
void check_xml(std::string_view text, bool document);

// identifiers.cc
bool is_identifier_type(Oid type);
std::string identifier_in(Oid type, std::string_view text, int major);

// datetime.cc, interval.cc
std::string date_in(const Context& context, std::string_view text);
/// `precision` is a typmod: digits of the seconds' fraction, -1 for all.
std::string time_in(const Context& context, std::string_view text, bool with_zone, std::int32_t precision);
std::string timestamp_in(const Context& context, std::string_view text, bool with_zone, std::int32_t precision);
std::string interval_in(const Context& context, std::string_view text, std::int32_t typmod);

/// A numeric's output text, rounded to the modifier's scale: apply_typmod of numeric.c.
std::string numeric_with_modifier(std::string value, std::int32_t typmod);

// typmod.cc
/// What the input function of a type that takes_modifier names does with it to a value in output form.
std::string with_modifier(Oid type, std::int32_t typmod, std::string value);

// arrays.cc, ranges.cc, records.cc
LiteralValue array_in(const Context& context, const TypeRow& type, std::int32_t typmod, std::string_view text);
LiteralValue range_in(const Context& context, const TypeRow& type, std::string_view text);
LiteralValue multirange_in(const Context& context, const TypeRow& type, std::string_view text);
LiteralValue record_in(const Context& context, const TypeRow& type, std::string_view text);

// reg.cc: regclass and its kin
LiteralValue reg_in(const Context& context, Oid type, std::string_view text);

// network.cc
std::string inet_in(std::string_view text, bool is_cidr);
std::string macaddr_in(std::string_view text, bool eight_bytes);

}  // namespace pgplumb::engine::analyze::literal

#pragma once
// What functions, procedures and aggregates have in common (pg_proc).
#include "catalog/kind_info.h"

namespace pgplumb::catalog {

/// pg_proc.proargmodes
enum class ArgumentMode : std::uint8_t { in, out, inout, variadic, table };
inline constexpr EnumEntry argument_mode_entries[] = {
    {0, "i", "in"}, {1, "o", "out"}, {2, "b", "inout"}, {3, "v", "variadic"}, {4, "t", "table"}};
constexpr std::span<const EnumEntry> enum_entries(ArgumentMode) { return argument_mode_entries; }

struct Argument {
  ArgumentMode mode = ArgumentMode::in;
  Name name;
  TypeRef type;
  Expr default_expression;
};
inline constexpr auto argument_fields =
    fields(field<&Argument::mode>("mode", attribute), field<&Argument::name>("name", attribute),
           field<&Argument::type>("type", attribute), field<&Argument::default_expression>("default", attribute));
constexpr std::span<const FieldInfo> nested_fields(const Argument*) { return argument_fields; }

/// pg_proc.provolatile
enum class Volatility : std::uint8_t { volatile_, stable, immutable };
inline constexpr EnumEntry volatility_entries[] = {{0, "v", "volatile"}, {1, "s", "stable"}, {2, "i", "immutable"}};
constexpr std::span<const EnumEntry> enum_entries(Volatility) { return volatility_entries; }

/// pg_proc.proparallel
enum class Parallel : std::uint8_t { unsafe, restricted, safe };
inline constexpr EnumEntry parallel_entries[] = {{0, "u", "unsafe"}, {1, "r", "restricted"}, {2, "s", "safe"}};
constexpr std::span<const EnumEntry> enum_entries(Parallel) { return parallel_entries; }

struct Routine : Object {
  std::vector<TypeRef> signature;  // of the input arguments: with schema and name, what identifies a routine
  std::vector<Argument> arguments;
  TypeRef result;
  bool returns_set = false;
  AnyRef language;
  std::string body;           // prosrc, byte for byte
  std::string link_symbol;    // probin
  Query sql_body;             // BEGIN ATOMIC … or RETURN …
  bool window = false;
  Volatility volatility = Volatility::volatile_;
  Parallel parallel = Parallel::unsafe;
  bool strict = false;
  bool security_definer = false;
  bool leakproof = false;
  double cost = 100;
  double rows = 0;
  AnyRef support;
  std::vector<std::string> settings;  // SET name = value
};

#define PGPLUMB_SIGNATURE                                                                             \
  "coalesce((SELECT json_agg(u.t::text ORDER BY u.o) FROM unnest(p.proargtypes) WITH ORDINALITY u(t, o)), '[]')"
#define PGPLUMB_ARGUMENTS                                                                             \
  "(SELECT json_agg(json_strip_nulls(json_build_object("                                              \
  "'mode', CASE coalesce(p.proargmodes[u.o], 'i') WHEN 'i' THEN 'in' WHEN 'o' THEN 'out' "            \
  "WHEN 'b' THEN 'inout' WHEN 'v' THEN 'variadic' ELSE 'table' END, "                                 \
  "'name', nullif(p.proargnames[u.o], ''), 'type', u.t::text, "                                       \
  "'default', CASE WHEN p.pronargdefaults > 0 THEN pg_get_function_arg_default(p.oid, u.o::int) END)) " \
  "ORDER BY u.o) "                                                                                    \
  "FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY u(t, o))"

inline constexpr auto routine_fields = fields(
    field<&Object::parent>("schema", parent, "'2615/' || p.pronamespace"),
    field<&Object::name>("name", identity, "p.proname"),
    field<&Routine::signature>("signature", identity, PGPLUMB_SIGNATURE),
    field<&Routine::arguments>("arguments", attribute, PGPLUMB_ARGUMENTS),
    field<&Routine::result>("result", attribute, "p.prorettype"),
    field<&Routine::returns_set>("returns_set", attribute, "p.proretset"),
    field<&Routine::language>("language", attribute, "'2612/' || p.prolang"),
    field<&Routine::body>("body", attribute, "p.prosrc"),
    field<&Routine::link_symbol>("link_symbol", attribute, "p.probin"),
    field<&Routine::sql_body>("sql_body", attribute, "pg_get_function_sqlbody(p.oid)").since(14).sees(ExprScope::query),
    field<&Routine::window>("window", attribute, "p.prokind = 'w'"),
    field<&Routine::volatility>("volatility", attribute, "p.provolatile"),
    field<&Routine::parallel>("parallel", attribute, "p.proparallel"),
    field<&Routine::strict>("strict", attribute, "p.proisstrict"),
    field<&Routine::security_definer>("security_definer", attribute, "p.prosecdef"),
    field<&Routine::leakproof>("leakproof", attribute, "p.proleakproof"),
    field<&Routine::cost>("cost", attribute, "p.procost"), field<&Routine::rows>("rows", attribute, "p.prorows"),
    field<&Routine::support>("support", attribute, "'1255/' || nullif(p.prosupport::oid, 0)"),
    field<&Routine::settings>("settings", attribute | set, "to_json(p.proconfig)"));

}  // namespace pgplumb::catalog

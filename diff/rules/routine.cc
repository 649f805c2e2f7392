#include "diff/rules/routine.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "diff/stages.h"

namespace pgplumb::diff {

using catalog::ArgumentMode;
using catalog::Parallel;
using catalog::Volatility;

namespace {

constexpr Oid internal_language = 12, c_language = 13;  // pg_language.dat

double default_cost(const Routine& routine) {
  return routine.language.oid == internal_language || routine.language.oid == c_language ? 1 : 100;
}
double default_rows(const Routine& routine) { return routine.returns_set ? 1000 : 0; }

std::string argument_clause(const Argument& argument, const SqlNames& names) {
  std::string out;
  if (argument.mode == ArgumentMode::out) out = "OUT ";
  if (argument.mode == ArgumentMode::inout) out = "INOUT ";
  if (argument.mode == ArgumentMode::variadic) out = "VARIADIC ";
  if (!argument.name.empty()) out += quoted(argument.name) + " ";
  out += names.type(argument.type);
  if (!argument.default_expression.empty()) out += " DEFAULT " + as_source(argument.default_expression.text);
  return out;
}

/// The parts of a list parameter, whose stored value is a list of identifiers (SplitGUCList of varlena.c).
std::vector<std::string> list_parts(std::string_view value) {
  std::vector<std::string> parts;
  std::string part;
  bool in_quotes = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '"' && in_quotes && i + 1 < value.size() && value[i + 1] == '"')
      part += value[i++];
    else if (c == '"')
      in_quotes = !in_quotes;
    else if (c == ',' && !in_quotes)
      parts.push_back(std::exchange(part, {}));
    else if (in_quotes || !std::isspace(static_cast<unsigned char>(c)))
      part += c;
  }
  parts.push_back(part);
  return parts;
}

bool is_list_parameter(std::string_view name) {  // GUC_LIST_QUOTE of guc_tables.c
  return name == "search_path" || name == "temp_tablespaces" || name == "local_preload_libraries" ||
         name == "session_preload_libraries" || name == "shared_preload_libraries" || name == "unix_socket_directories";
}

std::string setting_name(const std::string& setting) { return setting.substr(0, setting.find('=')); }

/// A custom parameter's name has a dot in it, and is no single identifier.
std::string quoted_parameter(const std::string& name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return catalog::quote_identifier(name);
  return catalog::quote_identifier(name.substr(0, dot)) + "." + quoted_parameter(name.substr(dot + 1));
}

std::string setting_clause(const std::string& setting) {
  const std::string name = setting_name(setting);
  const std::string value = setting.size() > name.size() ? setting.substr(name.size() + 1) : "";
  std::string out = "SET " + quoted_parameter(name) + " TO ";
  if (!is_list_parameter(name)) return out + catalog::quote_literal(value);
  std::vector<std::string> parts;
  for (const std::string& part : list_parts(value)) parts.push_back(catalog::quote_literal(part));
  return out + join(parts);
}

std::string_view volatility_word(Volatility volatility) {
  return volatility == Volatility::immutable ? "IMMUTABLE" : volatility == Volatility::stable ? "STABLE" : "VOLATILE";
}
std::string_view parallel_word(Parallel parallel) {
  return parallel == Parallel::safe ? "SAFE" : parallel == Parallel::restricted ? "RESTRICTED" : "UNSAFE";
}

std::string body_clause(const Routine& routine) {
  if (!routine.sql_body.empty()) return without_semicolon(routine.sql_body.text);
  if (routine.link_symbol.empty()) return "AS " + dollar_quoted(routine.body);
  return "AS " + catalog::quote_literal(routine.link_symbol) + ", " + catalog::quote_literal(routine.body);
}

bool is_output(ArgumentMode mode) {
  return mode == ArgumentMode::out || mode == ArgumentMode::inout || mode == ArgumentMode::table;
}

/// Names of inputs may be given and not changed; those of outputs are the columns of the result.
bool same_argument(const Argument& from, const Argument& to, const Alteration& alteration) {
  if (from.mode != to.mode || alteration.from.type(from.type) != alteration.to.type(to.type)) return false;
  if (from.name != to.name && (is_output(from.mode) || !from.name.empty())) return false;
  return from.default_expression.empty() || !to.default_expression.empty();
}

bool can_replace(const Routine& from, const Routine& to, const Alteration& alteration) {
  if (from.returns_set != to.returns_set || alteration.from.type(from.result) != alteration.to.type(to.result)) return false;
  return std::equal(from.arguments.begin(), from.arguments.end(), to.arguments.begin(), to.arguments.end(),
                    [&](const Argument& a, const Argument& b) { return same_argument(a, b, alteration); });
}

void alter_settings(const Routine& from, const Routine& to, std::vector<std::string>& clauses) {
  std::map<std::string, std::string> before, after;
  for (const std::string& setting : from.settings) before.emplace(setting_name(setting), setting);
  for (const std::string& setting : to.settings) after.emplace(setting_name(setting), setting);
  for (const auto& [name, setting] : before)
    if (!after.count(name)) clauses.push_back("RESET " + quoted_parameter(name));
  for (const auto& [name, setting] : after)
    if (!before.count(name) || before[name] != setting) clauses.push_back(setting_clause(setting));
}

bool redefines(const Alteration& alteration) {
  return alteration.changes<&Routine::arguments>() || alteration.changes<&Routine::result>() ||
         alteration.changes<&Routine::returns_set>() || alteration.changes<&Routine::language>() ||
         alteration.changes<&Routine::body>() || alteration.changes<&Routine::link_symbol>() ||
         alteration.changes<&Routine::sql_body>();
}

}  // namespace

std::string argument_list(const Routine& routine, const SqlNames& names) {
  std::vector<std::string> parts;
  for (const Argument& argument : routine.arguments)
    if (argument.mode != ArgumentMode::table) parts.push_back(argument_clause(argument, names));
  return join(parts);
}

std::string result_clause(const Routine& routine, const SqlNames& names) {
  std::vector<std::string> columns;
  for (const Argument& argument : routine.arguments)
    if (argument.mode == ArgumentMode::table) columns.push_back(quoted(argument.name) + " " + names.type(argument.type));
  if (!columns.empty()) return "TABLE(" + join(columns) + ")";
  return (routine.returns_set ? "SETOF " : "") + names.type(routine.result);
}

std::vector<std::string> setting_clauses(const std::vector<std::string>& settings) {
  std::vector<std::string> clauses;
  for (const std::string& setting : settings) clauses.push_back(setting_clause(setting));
  std::sort(clauses.begin(), clauses.end());
  return clauses;
}

std::vector<std::string> property_clauses(const Routine& routine, const SqlNames& names) {
  std::vector<std::string> out;
  if (routine.window) out.emplace_back("WINDOW");
  if (routine.volatility != Volatility::volatile_) out.emplace_back(volatility_word(routine.volatility));
  if (routine.strict) out.emplace_back("STRICT");
  if (routine.security_definer) out.emplace_back("SECURITY DEFINER");
  if (routine.leakproof) out.emplace_back("LEAKPROOF");
  if (routine.parallel != Parallel::unsafe) out.push_back("PARALLEL " + std::string(parallel_word(routine.parallel)));
  if (routine.kind == Kind::procedure) return out;
  if (routine.cost != default_cost(routine)) out.push_back(fmt::format("COST {:g}", routine.cost));
  if (routine.rows != default_rows(routine)) out.push_back(fmt::format("ROWS {:g}", routine.rows));
  if (routine.support) out.push_back("SUPPORT " + names.qualified(routine.support));
  return out;
}

std::string routine_definition(const Routine& routine, const SqlNames& names) {
  const bool procedure = routine.kind == Kind::procedure;
  std::string out = (procedure ? "PROCEDURE " : "FUNCTION ") + names.qualified(routine) + "(" +
                    argument_list(routine, names) + ")";
  if (!procedure) out += " RETURNS " + result_clause(routine, names);
  out += "\n    LANGUAGE " + names.qualified(routine.language);
  for (const std::string& clause : property_clauses(routine, names)) out += " " + clause;
  for (const std::string& clause : setting_clauses(routine.settings)) out += "\n    " + clause;
  return out + "\n    " + body_clause(routine);
}

void create_routine(const Routine& routine, Creation& creation) {
  creation.out.add("CREATE " + routine_definition(routine, creation.names));
}

void alter_definition(const Routine& from, const Routine& to, Alteration& alteration) {
  if (can_replace(from, to, alteration))
    alteration.out.add("CREATE OR REPLACE " + routine_definition(to, alteration.to));
  else
    alteration.replace();
}

void alter_properties(const Routine& from, const Routine& to, Alteration& alteration) {
  if (redefines(alteration)) return;
  std::vector<std::string> clauses;
  if (from.volatility != to.volatility) clauses.emplace_back(volatility_word(to.volatility));
  if (from.strict != to.strict) clauses.emplace_back(to.strict ? "STRICT" : "CALLED ON NULL INPUT");
  if (from.security_definer != to.security_definer)
    clauses.emplace_back(to.security_definer ? "SECURITY DEFINER" : "SECURITY INVOKER");
  if (from.leakproof != to.leakproof) clauses.emplace_back(to.leakproof ? "LEAKPROOF" : "NOT LEAKPROOF");
  if (from.parallel != to.parallel) clauses.push_back("PARALLEL " + std::string(parallel_word(to.parallel)));
  if (from.cost != to.cost) clauses.push_back(fmt::format("COST {:g}", to.cost));
  if (from.rows != to.rows) clauses.push_back(fmt::format("ROWS {:g}", to.rows));
  if (alteration.changes<&Routine::support>()) {
    if (!to.support) return alteration.replace();
    clauses.push_back("SUPPORT " + alteration.to.qualified(to.support));
  }
  alter_settings(from, to, clauses);
  alteration.out.add("ALTER " + alteration.to.address(to) + " " + join(clauses, " "));
}

}  // namespace pgplumb::diff

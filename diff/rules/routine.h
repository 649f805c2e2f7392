#pragma once
// What the definitions of functions, procedures and aggregates have in common.
#include "catalog/kinds/routine.h"
#include "diff/rules/clauses.h"

namespace pgplumb::diff {

using catalog::Argument;
using catalog::Routine;

/// "a integer, VARIADIC b text[] DEFAULT '{}'::text[]": arguments but those of RETURNS TABLE.
std::string argument_list(const Routine& routine, const SqlNames& names);
/// "integer", "SETOF text", "TABLE(a integer, b text)"
std::string result_clause(const Routine& routine, const SqlNames& names);
/// "SET search_path TO 'a', 'b'", one a setting.
std::vector<std::string> setting_clauses(const std::vector<std::string>& settings);
/// IMMUTABLE, STRICT, COST 10 …: what differs from CREATE FUNCTION's defaults.
std::vector<std::string> property_clauses(const Routine& routine, const SqlNames& names);
/// The whole statement behind CREATE [OR REPLACE].
std::string routine_definition(const Routine& routine, const SqlNames& names);

void create_routine(const Routine& routine, Creation& creation);
/// OR REPLACE, where ProcedureCreate of pg_proc.c allows it.
void alter_definition(const Routine& from, const Routine& to, Alteration& alteration);
/// ALTER FUNCTION, unless the definition changes as well.
void alter_properties(const Routine& from, const Routine& to, Alteration& alteration);

inline constexpr auto routine_field_rules = field_rules(
    alter<&Routine::arguments, alter_definition>(), alter<&Routine::result, alter_definition>(),
    alter<&Routine::returns_set, alter_definition>(), alter<&Routine::language, alter_definition>(),
    alter<&Routine::body, alter_definition>(), alter<&Routine::link_symbol, alter_definition>(),
    alter<&Routine::sql_body, alter_definition>(), replace<&Routine::window>(),
    alter<&Routine::volatility, alter_properties>(), alter<&Routine::parallel, alter_properties>(),
    alter<&Routine::strict, alter_properties>(), alter<&Routine::security_definer, alter_properties>(),
    alter<&Routine::leakproof, alter_properties>(), alter<&Routine::cost, alter_properties>(),
    alter<&Routine::rows, alter_properties>(), alter<&Routine::support, alter_properties>(),
    alter<&Routine::settings, alter_properties>());

}  // namespace pgplumb::diff

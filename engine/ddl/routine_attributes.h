#pragma once
// The options of CREATE and ALTER FUNCTION: compute_common_attribute and its kin of commands/functioncmds.c.
#include <optional>
#include <string>
#include <vector>

#include "catalog/kinds/routine.h"
#include "engine/ddl/def_elem.h"
#include "engine/interpreter.h"

namespace pgplumb::engine::ddl {

/// What was said; nothing where it was not.
struct RoutineAttributes {
  std::optional<catalog::Volatility> volatility;
  std::optional<catalog::Parallel> parallel;
  std::optional<bool> strict, security_definer, leakproof;
  std::optional<double> cost, rows;
  std::optional<catalog::AnyRef> support;
  std::vector<ast::VariableSetStmt> settings;
  // Of CREATE alone.
  std::optional<std::string> language;
  std::vector<std::string> as;
  bool has_as = false;
  bool window = false;
};
RoutineAttributes read_attributes(const Interpreter& interpreter, ast::List<ast::Node> options, bool is_procedure);

/// `old` with the SET and RESET clauses applied: update_proconfig_value.
std::vector<std::string> update_settings(const Interpreter& interpreter, std::vector<std::string> old,
                                         const std::vector<ast::VariableSetStmt>& changes);

}  // namespace pgplumb::engine::ddl

#pragma once
// Parameters as statements set them.
#include <string>

#include "engine/interpreter.h"
#include "parser/ast/ast.h"

namespace pgplumb::engine::ddl {

struct SettingValue {
  std::string name;   // as PostgreSQL spells it
  std::string value;  // checked, as it is stored
};

/// Throws 42704 where the server has no such parameter and it can't be one of an extension's.
void require_setting(const Interpreter& interpreter, std::string_view name);

/// What `SET name = value` says; throws as SET does where there is no such parameter, or it can't be set to that
/// (ExtractSetVariableArgs, validate_option_array_item).
SettingValue read_setting(const Interpreter& interpreter, ast::VariableSetStmt statement);

/// Throws 22023 where the value names an object that is not there: what a session can be set to, and a routine's own SET
/// clauses when its body is checked (check_default_text_search_config).
void require_setting_object(const Interpreter& interpreter, const SettingValue& setting);

}  // namespace pgplumb::engine::ddl

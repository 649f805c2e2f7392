// SET, RESET, DISCARD: guc.c, guc_funcs.c and variable.c.
#include "engine/ddl/variable.h"

#include <algorithm>
#include <cmath>

#include "catalog/builtin/builtin.h"
#include "engine/analyze/namespace.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/namespace.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/opclass.h"

namespace pgplumb::engine::ddl {

namespace {

using catalog::builtin::Setting;

std::string in_lower_case(std::string_view text) {
  std::string folded(text);
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return folded;
}

/// One argument of SET as text: a constant as written, an interval of SET TIME ZONE likewise.
std::string argument_text(ast::Node argument) {
  const ast::A_Const constant = argument.as<ast::A_Const>();
  if (argument.is<ast::TypeCast>()) return argument_text(argument.as<ast::TypeCast>().arg());
  if (!constant) throw NotSimulated("an argument of SET");
  if (constant.ival()) return std::to_string(constant.ival().ival());
  if (constant.fval()) return std::string(constant.fval().fval());
  if (constant.boolval()) return constant.boolval().boolval() ? "true" : "false";
  return std::string(constant.sval().sval());
}

/// flatten_set_variable_args
std::string flatten(const Setting* setting, ast::List<ast::Node> arguments) {
  if (arguments.size() > 1 && setting && !setting->list_input)
    throw SqlError("22023", "SET " + std::string(setting->name.view()) + " takes only one argument");
  std::string text;
  for (ast::Node argument : arguments) {
    if (!text.empty()) text += ", ";
    const std::string part = argument_text(argument);
    text += setting && setting->list_quote ? catalog::quote_identifier(part) : part;
  }
  return text;
}

[[noreturn]] void invalid_value(const Setting& setting, const std::string& value, std::string hint = {}) {
  throw SqlError("22023", "invalid value for parameter \"" + std::string(setting.name.view()) + "\": \"" + value + "\"",
                 {}, std::move(hint));
}

/// parse_bool: any unambiguous prefix of the words.
bool parse_bool(const std::string& value, std::string& out) {
  const std::string word = in_lower_case(value);
  const auto prefix = [&](std::string_view full, std::size_t least) {
    return word.size() >= least && full.substr(0, word.size()) == word;
  };
  if (prefix("true", 1) || prefix("yes", 1) || word == "on" || word == "1")
    out = "on";
  else if (prefix("false", 1) || prefix("no", 1) || prefix("off", 2) || word == "0")
    out = "off";
  else
    return false;
  return true;
}

/// The value in the form that SHOW gives, checked by the parameter's type. Numbers stay as written.
std::string checked_value(const Setting& setting, const std::string& value) {
  std::string normal = value;
  if (setting.vartype == "bool" && !parse_bool(value, normal))
    throw SqlError("22023", "parameter \"" + std::string(setting.name.view()) + "\" requires a Boolean value");
  if (setting.vartype == "enum") {
    normal = in_lower_case(value);
    const auto accepts = [&](const auto& word) { return word.view() == normal; };
    std::string boolean;
    if (!std::any_of(setting.enumvals.begin(), setting.enumvals.end(), accepts)) {
      // Several of them take boolean words as well, without listing all of these.
      if (!parse_bool(value, boolean) || !std::any_of(setting.enumvals.begin(), setting.enumvals.end(),
                                                      [&](const auto& word) { return word.view() == boolean; }))
        throw SqlError("22023",
                       "invalid value for parameter \"" + std::string(setting.name.view()) + "\": \"" + value + "\"");
      normal = boolean;
    }
  }
  if ((setting.vartype == "integer" || setting.vartype == "real") &&
      (value.empty() || value.find_first_of("0123456789") == std::string::npos))
    invalid_value(setting, value);
  if (setting.name == "search_path" && !split_identifiers(value)) invalid_value(setting, value);
  return normal;
}

void require_settable(const Setting& setting) {
  const std::string name = "parameter \"" + std::string(setting.name.view()) + "\" cannot be ";
  if (setting.context == "internal") throw SqlError("55P02", name + "changed");
  if (setting.context == "postmaster") throw SqlError("55P02", name + "changed without restarting the server");
  if (setting.context == "sighup") throw SqlError("55P02", name + "changed now");
  if (setting.context == "backend" || setting.context == "superuser-backend")
    throw SqlError("55P02", name + "set after connection start");
}

bool default_exists(const Interpreter& interpreter, const SettingValue& setting) {
  if (setting.name != "default_table_access_method") return true;
  try {
    table_method(interpreter, setting.value);
    return true;
  } catch (const SqlError& error) {
    if (error.sqlstate == "42809") throw SqlError("55000", error.message);
    return false;
  }
}

void assign(Interpreter& interpreter, ast::VariableSetStmt statement) {
  const SettingValue setting = read_setting(interpreter, statement);
  require_setting_object(interpreter, setting);
  if (!setting.value.empty() && !default_exists(interpreter, setting))
    throw SqlError("22023", "invalid value for parameter \"" + setting.name + "\": \"" + setting.value + "\"");
  interpreter.session().set_parameter(statement.name(), setting.value,
                                      statement.is_local() ? SetScope::local : SetScope::session);
}

}  // namespace

void require_setting_object(const Interpreter& interpreter, const SettingValue& setting) {
  if (setting.name != "default_text_search_config" || setting.value.empty()) return;
  const auto names = analyze::split_qualified_name(setting.value);
  if (!names || !find_in_schema(interpreter, Kind::text_search_configuration, *names, true))
    throw SqlError("22023", "invalid value for parameter \"" + setting.name + "\": \"" + setting.value + "\"");
}

void require_setting(const Interpreter& interpreter, std::string_view name) {
  const std::string key = in_lower_case(name);
  const bool is_known = key.find('.') != std::string::npos || catalog::builtin::of(interpreter.major()).setting(key) ||
                        key == "role" || key == "session_authorization" || key == "seed" ||
                        key == "transaction_isolation";
  if (!is_known) throw SqlError("42704", "unrecognized configuration parameter \"" + std::string(name) + "\"");
}

SettingValue read_setting(const Interpreter& interpreter, ast::VariableSetStmt statement) {
  const Setting* setting = catalog::builtin::of(interpreter.major()).setting(statement.name());
  if (setting) require_settable(*setting);
  const std::string value = flatten(setting, statement.args());
  if (!setting) return {std::string(statement.name()), value};
  return {std::string(setting->name.view()), checked_value(*setting, value)};
}

/// Of parameters with a dot in their names, a server's configuration may have more.
void show_variable(Interpreter& interpreter, ast::VariableShowStmt statement) {
  if (statement.name() != "all") require_setting(interpreter, statement.name());
}

void set_variable(Interpreter& interpreter, ast::VariableSetStmt statement) {
  const SetScope scope = statement.is_local() ? SetScope::local : SetScope::session;
  switch (statement.kind()) {
    case ast::VariableSetKind::VAR_SET_VALUE:
      return assign(interpreter, statement);
    case ast::VariableSetKind::VAR_SET_DEFAULT:
    case ast::VariableSetKind::VAR_RESET:
      return interpreter.session().reset_parameter(statement.name(), scope);
    case ast::VariableSetKind::VAR_RESET_ALL:
      return interpreter.session().reset_all();
    default:
      return;  // SET TRANSACTION and SET … FROM CURRENT change nothing that lasts
  }
}

void discard(Interpreter& interpreter, ast::DiscardStmt statement) {
  if (statement.target() == ast::DiscardMode::DISCARD_ALL) {
    interpreter.forbid_block("DISCARD ALL");
    interpreter.session().reset_all();
    interpreter.session().reset_parameter("role");
    interpreter.session().reset_parameter("session_authorization");
    interpreter.session().prepared_statements().clear();
  }
  if (statement.target() == ast::DiscardMode::DISCARD_ALL || statement.target() == ast::DiscardMode::DISCARD_TEMP) {
    end_temporary_schema(interpreter);
    interpreter.session().set_temporary_schema(invalid_oid);
  }
}

}  // namespace pgplumb::engine::ddl

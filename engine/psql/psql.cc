#include "engine/psql/psql.h"

#include <fmt/format.h>

#include "catalog/base/diagnostic.h"
#include "engine/psql/slash_arguments.h"

namespace pgplumb::engine::psql {

namespace {

using catalog::NotSimulated;

void refuse(const std::optional<std::string>& message) {
  if (message) throw NotSimulated("psql refuses it: " + *message);
}

const std::string& first_of(const std::vector<std::string>& arguments, std::string_view command) {
  if (arguments.empty()) refuse(fmt::format("\\{}: missing required argument", command));
  return arguments.front();
}

// Commands that work where an \if keeps everything else from running.
bool is_conditional(std::string_view command) {
  return command == "if" || command == "elif" || command == "else" || command == "endif";
}

// What changes how the whole of a script runs; its other special variables change only what is shown.
bool changes_execution(std::string_view variable, std::string_view value) {
  if (variable == "AUTOCOMMIT") return !parse_boolean(value).value_or(true);
  return variable == "ON_ERROR_ROLLBACK" && parse_boolean(value).value_or(true);
}

}  // namespace

Psql::Psql(const std::map<std::string, std::string>& variables) {
  for (const auto& [name, value] : variables) variables_.set(name, value);
}

// psql takes what is no boolean for false.
bool Psql::condition(const std::string& text) const {
  std::string value;
  for (const std::string& argument : slash_arguments(text, variables_)) value += (value.empty() ? "" : " ") + argument;
  return parse_boolean(value).value_or(false);
}

// Where the condition is not known, no branch runs, and that is said once, here.
void Psql::begin_condition(const std::string& text) {
  const bool asked = active();
  conditions_.begin(false);
  if (!asked) return;
  const bool value = condition(text);
  conditions_.end();
  conditions_.begin(value);
}

void Psql::set_variable(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return;
  std::string value;
  for (std::size_t i = 1; i < arguments.size(); ++i) value += arguments[i];
  if (!is_variable_name(arguments[0])) refuse(fmt::format("invalid variable name: \"{}\"", arguments[0]));
  if (changes_execution(arguments[0], value))
    throw NotSimulated(fmt::format("\\set {} {}: statements would run in transactions of psql's own", arguments[0], value));
  variables_.set(arguments[0], value);
}

Request Psql::run(const parser::Statement& statement) {
  const std::string& command = statement.arguments.at(0);
  const std::string& text = statement.arguments.at(1);
  if (!active() && !is_conditional(command)) return {};
  if (command == "if") return begin_condition(text), Request{};
  if (command == "elif") return refuse(conditions_.elif(conditions_.asks_elif() && condition(text))), Request{};
  if (command == "else") return refuse(conditions_.otherwise()), Request{};
  if (command == "endif") return refuse(conditions_.end()), Request{};

  const std::vector<std::string> arguments = slash_arguments(text, variables_);
  if (command == "set") return set_variable(arguments), Request{};
  if (command == "unset") return variables_.unset(first_of(arguments, command)), Request{};
  if (command == "prompt" || command == "getenv") {
    const std::size_t name = command == "prompt" && arguments.size() > 1 ? 1 : 0;
    first_of(arguments, command);
    variables_.set(arguments[name], std::nullopt);
    return {};
  }
  if (command == "i" || command == "include") return {Request::Kind::include, first_of(arguments, command), false};
  if (command == "ir" || command == "include_relative")
    return {Request::Kind::include, first_of(arguments, command), true};
  if (command == "gset") return {Request::Kind::store_result, arguments.empty() ? "" : arguments[0], false};
  if (command == "gexec") return {Request::Kind::execute_result, "", false};
  if (command == "gdesc") return {};
  if (command == "q" || command == "quit") return {Request::Kind::quit, "", false};
  if (command == "g" && !arguments.empty() && arguments[0].substr(0, 1) == "|")
    throw NotSimulated("\\g: a program outside the database would run");
  return {Request::Kind::send, "", false};
}

}  // namespace pgplumb::engine::psql

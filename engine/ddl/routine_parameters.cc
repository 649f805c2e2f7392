#include "engine/ddl/routine_parameters.h"

#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/parse_type.h"
#include "engine/ddl/languages.h"
#include "engine/ddl/namespace.h"
#include "engine/ddl/object_expressions.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/shell_type.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

[[noreturn]] void invalid_definition(std::string message) { throw SqlError("42P13", std::move(message)); }

ArgumentMode mode_of(ast::FunctionParameterMode mode) {
  switch (mode) {
    case ast::FunctionParameterMode::FUNC_PARAM_OUT:
      return ArgumentMode::out;
    case ast::FunctionParameterMode::FUNC_PARAM_INOUT:
      return ArgumentMode::inout;
    case ast::FunctionParameterMode::FUNC_PARAM_VARIADIC:
      return ArgumentMode::variadic;
    case ast::FunctionParameterMode::FUNC_PARAM_TABLE:
      return ArgumentMode::table;
    default:
      return ArgumentMode::in;
  }
}

bool is_input(ArgumentMode mode) { return mode != ArgumentMode::out && mode != ArgumentMode::table; }
bool is_output(ArgumentMode mode) { return mode != ArgumentMode::in && mode != ArgumentMode::variadic; }

/// Reads one list, remembering what earlier parameters forbid to later ones.
class ParameterReader {
 public:
  ParameterReader(Interpreter& interpreter, RoutineSort sort, Oid language)
      : interpreter_(interpreter), sort_(sort), language_(language) {}

  void read(ast::FunctionParameter parameter) {
    Argument argument;
    argument.mode = mode_of(parameter.mode());
    argument.type = {type_of(parameter.arg_type()), -1};
    if (parameter.arg_type().setof()) refuse_set();
    check_order(argument.mode);
    if (argument.mode == ArgumentMode::variadic) check_variadic(argument.type.type);
    if (!parameter.name().empty()) {
      argument.name = Name(parameter.name());
      check_name(argument);
    }
    read_default(parameter, argument);
    note_output(argument);
    if (is_input(argument.mode)) result_.signature.push_back(argument.type);
    result_.arguments.push_back(std::move(argument));
  }

  RoutineParameters finish() {
    if (outputs_ > 0 && (sort_ == RoutineSort::procedure || outputs_ > 1)) result_.required_result = types::record;
    return std::move(result_);
  }

 private:
  Oid type_of(ast::TypeName name) {
    const Oid type = analyze::find_type_name(cache_of(interpreter_), name).type;
    const std::string text = analyze::type_name_to_string(name);
    if (type == invalid_oid) {
      SqlError error("42704", "type " + text + " does not exist");
      error.location = name.location();
      throw error;
    }
    require_type_usage(interpreter_, type);
    if (cache_of(interpreter_).type(type)->defined) return type;
    if (language_ == languages::sql) invalid_definition("SQL function cannot accept shell type " + text);
    if (sort_ == RoutineSort::aggregate) invalid_definition("aggregate cannot accept shell type " + text);
    interpreter_.notice("argument type " + text + " is only a shell");
    return type;
  }

  [[noreturn]] void refuse_set() const {
    const char* plural = sort_ == RoutineSort::aggregate   ? "aggregates"
                         : sort_ == RoutineSort::procedure ? "procedures"
                                                           : "functions";
    invalid_definition(std::string(plural) + " cannot accept set arguments");
  }

  void check_order(ArgumentMode mode) {
    if (result_.has_variadic && is_input(mode))
      invalid_definition("VARIADIC parameter must be the last input parameter");
    if (sort_ != RoutineSort::procedure || !is_output(mode)) return;
    if (interpreter_.major() < 14 && mode != ArgumentMode::inout) {
      throw SqlError("0A000", "procedures cannot have OUT arguments", {}, "INOUT arguments are permitted.");
    }
    if (interpreter_.major() < 14) return;
    if (result_.has_variadic) invalid_definition("VARIADIC parameter must be the last parameter");
    if (has_defaults_ && mode == ArgumentMode::out)
      invalid_definition("procedure OUT parameters cannot appear after one with a default value");
  }

  void check_variadic(Oid type) {
    result_.has_variadic = true;
    if (type == types::any || type == types::anyarray || type == types::anycompatiblearray) return;
    const analyze::TypeRow& row = *cache_of(interpreter_).type(type);
    if (row.element == invalid_oid || row.subscripting != analyze::Subscripting::array)
      invalid_definition("VARIADIC parameter must be an array");
  }

  /// An argument that is only read and one that is only written may share a name.
  void check_name(const Argument& argument) const {
    for (const Argument& earlier : result_.arguments) {
      const bool apart = (!is_input(earlier.mode) && !is_output(argument.mode)) ||
                         (!is_input(argument.mode) && !is_output(earlier.mode));
      if (!apart && earlier.name == argument.name)
        invalid_definition("parameter name \"" + argument.name.str() + "\" used more than once");
    }
  }

  void read_default(ast::FunctionParameter parameter, Argument& argument) {
    if (parameter.defexpr()) {
      if (!is_input(argument.mode)) invalid_definition("only input parameters can have default values");
      argument.default_expression = analyze_argument_default(interpreter_, parameter.defexpr(), argument.type.type);
      has_defaults_ = true;
    } else if (is_input(argument.mode) && has_defaults_) {
      invalid_definition("input parameters after one with a default value must also have defaults");
    }
  }

  void note_output(const Argument& argument) {
    if (!is_output(argument.mode)) return;
    if (outputs_++ == 0) result_.required_result = argument.type.type;
  }

  Interpreter& interpreter_;
  const RoutineSort sort_;
  const Oid language_;
  RoutineParameters result_;
  int outputs_ = 0;
  bool has_defaults_ = false;
};

}  // namespace

RoutineParameters read_parameters(Interpreter& interpreter, ast::List<ast::Node> list, RoutineSort sort, Oid language) {
  ParameterReader reader(interpreter, sort, language);
  for (ast::Node parameter : list) reader.read(parameter.as<ast::FunctionParameter>());
  return reader.finish();
}

ReturnType read_return_type(Interpreter& interpreter, ast::TypeName name, Oid language) {
  const std::string text = analyze::type_name_to_string(name);
  const Oid type = analyze::find_type_name(cache_of(interpreter), name).type;
  if (type != invalid_oid) {
    require_type_usage(interpreter, type);
    if (!cache_of(interpreter).type(type)->defined) {
      if (language == languages::sql) invalid_definition("SQL function cannot return shell type " + text);
      interpreter.notice("return type " + text + " is only a shell");
    }
    return {type, name.setof()};
  }
  if (language != languages::internal && language != languages::c) {
    SqlError error("42704", "type \"" + text + "\" does not exist");
    error.location = name.location();
    throw error;
  }
  if (!name.typmods().empty())
    throw SqlError("42601", "type modifier cannot be specified for shell type \"" + text + "\"");
  interpreter.notice("type \"" + text + "\" is not yet defined", "Creating a shell type definition.");
  return {make_shell_type(interpreter, new_type(interpreter, name.names())), name.setof()};
}

}  // namespace pgplumb::engine::ddl

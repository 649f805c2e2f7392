#include "engine/ddl/lookup_function.h"

#include <algorithm>

#include "engine/analyze/format_type.h"
#include "engine/analyze/parse_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/def_elem.h"

namespace pgplumb::engine::ddl {

using analyze::Syscache;
using ast::ObjectType;

namespace {

constexpr std::size_t most_arguments = 100;  // FUNC_MAX_ARGS

std::vector<std::string> name_parts(ast::List<ast::Node> list) {
  std::vector<std::string> names;
  for (ast::Node name : list) names.emplace_back(name.str());
  return names;
}

struct Lookup {
  Oid found = invalid_oid;
  bool ambiguous = false;
};

/// What of a routine is matched: its input arguments, or all but those of RETURNS TABLE.
std::vector<Oid> arguments_of(const Syscache& cache, Oid routine, bool with_out) {
  const analyze::ProcRow& row = *cache.proc(routine);
  if (!with_out) return {row.args.begin(), row.args.end()};
  std::vector<Oid> types;
  for (const analyze::ArgRow& argument : cache.proc_args(routine))
    if (argument.mode != analyze::ArgMode::table) types.push_back(argument.type);
  if (types.empty()) types.assign(row.args.begin(), row.args.end());
  return types;
}

/// Whether a routine of this prokind is meant, when no arguments tell which.
bool is_wanted(ObjectType type, char kind) {
  switch (type) {
    case ObjectType::OBJECT_FUNCTION:
    case ObjectType::OBJECT_AGGREGATE:
      return type == ObjectType::OBJECT_AGGREGATE ? kind == 'a' : kind != 'p';
    case ObjectType::OBJECT_PROCEDURE:
      return kind == 'p';
    default:
      return true;
  }
}

/// Those of the name: in the schema that is written, or along the path, hidden ones left out.
std::vector<Oid> candidates(const Interpreter& interpreter, const Syscache& cache, const std::vector<std::string>& name,
                            bool missing_ok, bool with_out) {
  if (name.size() > 3)
    throw SqlError("42601", "improper qualified name (too many dotted names): " + name_list_text(name));
  if (name.size() == 3 && name[0] != interpreter.environment().database)
    throw SqlError("0A000", "cross-database references are not implemented: " + name_list_text(name));
  if (name.size() > 1) {
    const std::string& schema_name = name[name.size() - 2];
    const Oid schema = missing_ok ? find_schema(interpreter, schema_name) : require_schema(interpreter, schema_name);
    if (schema == invalid_oid) return {};
    return cache.procs_named(schema, name.back());
  }
  std::vector<Oid> found;
  for (Oid schema : cache.search_path())
    for (Oid routine : cache.procs_named(schema, name.back())) {
      std::vector<Oid> types = arguments_of(cache, routine, with_out);
      const bool hidden = std::any_of(found.begin(), found.end(), [&](Oid earlier) {
        return cache.proc(earlier)->schema != schema && arguments_of(cache, earlier, with_out) == types;
      });
      if (!hidden) found.push_back(routine);
    }
  return found;
}

/// LookupFuncNameInternal; `types` null: any arguments.
Lookup look_up(const Interpreter& interpreter, const Syscache& cache, ObjectType type,
               const std::vector<std::string>& name, const std::vector<Oid>* types, bool with_out, bool missing_ok) {
  Lookup result;
  for (Oid routine : candidates(interpreter, cache, name, missing_ok, with_out)) {
    if (types && arguments_of(cache, routine, with_out) != *types) continue;
    // Before 14, what kind of routine it is was looked at later.
    if (interpreter.major() >= 14 && !is_wanted(type, routine_kind(cache, routine))) continue;
    if (result.found != invalid_oid) return {invalid_oid, true};
    result.found = routine;
  }
  return result;
}

std::string_view word_of(ObjectType type) {
  switch (type) {
    case ObjectType::OBJECT_PROCEDURE:
      return "procedure";
    case ObjectType::OBJECT_AGGREGATE:
      return "aggregate";
    case ObjectType::OBJECT_ROUTINE:
      return "routine";
    default:
      return "function";
  }
}

[[noreturn]] void fail_ambiguous(ObjectType type, const std::string& name) {
  const std::string word(word_of(type));
  throw SqlError("42725", word + " name \"" + name + "\" is not unique", {},
                 "Specify the argument list to select the " + word + " unambiguously.");
}

[[noreturn]] void fail_missing(const Syscache& cache, ObjectType type, ast::ObjectWithArgs object,
                               const std::vector<Oid>& types) {
  const std::string name = name_list_text(object.objname());
  // A routine of unknown kind is called a function.
  const std::string word(type == ObjectType::OBJECT_ROUTINE ? "function" : word_of(type));
  if (object.args_unspecified())
    throw SqlError("42883", "could not find " + std::string(word == "aggregate" ? "an " : "a ") + word + " named \"" +
                                name + "\"");
  if (type == ObjectType::OBJECT_AGGREGATE && types.empty())
    throw SqlError("42883", "aggregate " + name + "(*) does not exist");
  throw SqlError("42883", word + " " + function_signature(cache, name, types) + " does not exist");
}

void check_kind(const Syscache& cache, ObjectType type, ast::ObjectWithArgs object, const std::vector<Oid>& types,
                Oid routine) {
  const char kind = routine_kind(cache, routine);
  const std::string text = function_signature(cache, name_list_text(object.objname()), types);
  if (type == ObjectType::OBJECT_FUNCTION && kind == 'p') throw SqlError("42809", text + " is not a function");
  if (type == ObjectType::OBJECT_PROCEDURE && kind != 'p') throw SqlError("42809", text + " is not a procedure");
  if (type == ObjectType::OBJECT_AGGREGATE && kind != 'a')
    throw SqlError("42809", "function " + text + " is not an aggregate");
}

/// Whether the schema that is written before the type's name does not exist.
bool is_in_missing_schema(const Syscache& cache, ast::TypeName name) {
  const std::size_t parts = name.names().size();
  return parts > 1 && !name.pct_type() && cache.schema_by_name(name.names()[parts - 2].str()) == invalid_oid;
}

/// The types of the arguments; nothing where one does not exist and that is fine.
bool argument_types(const Syscache& cache, ast::List<ast::Node> arguments, bool missing_ok, std::vector<Oid>& types) {
  for (ast::Node argument : arguments) {
    const auto type_name = argument.is<ast::FunctionParameter>() ? argument.as<ast::FunctionParameter>().arg_type()
                                                                 : argument.as<ast::TypeName>();
    const Oid type = missing_ok && is_in_missing_schema(cache, type_name)
                         ? invalid_oid
                         : analyze::find_type_name(cache, type_name).type;
    if (type == invalid_oid && missing_ok) return false;
    if (type == invalid_oid) analyze::resolve_type_name(cache, type_name);  // says what is wrong
    types.push_back(type);
  }
  return true;
}

/// In a call of PROCEDURE or ROUTINE, a list without modes may stand for all arguments, those of OUT included.
bool may_list_all(ObjectType type, ast::ObjectWithArgs object) {
  if (type != ObjectType::OBJECT_PROCEDURE && type != ObjectType::OBJECT_ROUTINE) return false;
  if (object.objfuncargs().empty()) return false;
  for (ast::Node argument : object.objfuncargs())
    if (argument.as<ast::FunctionParameter>().mode() != ast::FunctionParameterMode::FUNC_PARAM_DEFAULT) return false;
  return true;
}

}  // namespace

std::string function_signature(const Syscache& cache, const std::string& name, std::span<const Oid> types) {
  std::string text = name + "(";
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (i > 0) text += ", ";
    text += analyze::format_type(cache, types[i]);
  }
  return text + ")";
}

char routine_kind(const Syscache& cache, Oid routine) {
  const analyze::ProcRow* row = cache.proc(routine);
  return row ? row->kind : 'f';
}

Oid lookup_function(const Interpreter& interpreter, const std::vector<std::string>& name, std::span<const Oid> types,
                    bool missing_ok) {
  const Syscache& cache = cache_of(interpreter);
  const std::vector<Oid> wanted(types.begin(), types.end());
  // Before 14, a procedure was found as well.
  const ObjectType type = interpreter.major() < 14 ? ObjectType::OBJECT_ROUTINE : ObjectType::OBJECT_FUNCTION;
  const Lookup result = look_up(interpreter, cache, type, name, &wanted, /*with_out=*/false, missing_ok);
  if (result.found == invalid_oid && !missing_ok)
    throw SqlError("42883", "function " + function_signature(cache, name_list_text(name), wanted) + " does not exist");
  return result.found;
}

Oid lookup_function(const Interpreter& interpreter, ast::List<ast::Node> name, std::span<const Oid> types,
                    bool missing_ok) {
  return lookup_function(interpreter, name_parts(name), types, missing_ok);
}

Oid lookup_routine(const Interpreter& interpreter, ObjectType type, ast::ObjectWithArgs object, bool missing_ok) {
  const Syscache& cache = cache_of(interpreter);
  if (object.objargs().size() > most_arguments)
    throw SqlError("54023", "functions cannot have more than 100 arguments");
  std::vector<Oid> types;
  if (!argument_types(cache, object.objargs(), missing_ok, types)) return invalid_oid;
  const std::vector<std::string> name = name_parts(object.objname());
  const bool any_arguments = object.args_unspecified();
  Lookup result = look_up(interpreter, cache, any_arguments ? type : ObjectType::OBJECT_ROUTINE, name,
                          any_arguments ? nullptr : &types, /*with_out=*/false, missing_ok);
  if (!result.ambiguous && interpreter.major() >= 14 && may_list_all(type, object)) {
    std::vector<Oid> all_types;
    if (!argument_types(cache, object.objfuncargs(), missing_ok, all_types)) return invalid_oid;
    const Lookup second = look_up(interpreter, cache, type, name, &all_types, /*with_out=*/true, missing_ok);
    if (result.found == invalid_oid || second.ambiguous)
      result = second;
    else if (second.found != invalid_oid && second.found != result.found)
      result = {invalid_oid, true};
  }
  if (result.ambiguous) fail_ambiguous(type, name_list_text(name));
  if (result.found == invalid_oid) {
    if (!missing_ok) fail_missing(cache, type, object, types);
    return invalid_oid;
  }
  check_kind(cache, type, object, types, result.found);
  return result.found;
}

}  // namespace pgplumb::engine::ddl

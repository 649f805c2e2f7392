#include "engine/ddl/routine_body.h"

#include "catalog/builtin/builtin.h"
#include "catalog/builtin/extension_data.h"
#include "engine/analyze/lsyscache.h"
#include "engine/ddl/languages.h"
#include "engine/ddl/object_expressions.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

void read_c_body(const std::vector<std::string>& as, Routine& routine) {
  routine.link_symbol = as[0];
  routine.body = as.size() > 1 && as[1] != "-" ? as[1] : routine.name.str();
}

}  // namespace

std::string language_name(const Interpreter& interpreter, Oid language) {
  if (const Object* object = interpreter.catalog().find(language)) return object->name.str();
  const auto* row = builtin::of(interpreter.major()).language_by_oid(language);
  return row ? std::string(row->lanname.view()) : std::string();
}

void no_such_language(const Interpreter& interpreter, const std::string& name) {
  const bool is_shipped = builtin::find_extension(name, {}, interpreter.major()) != nullptr;
  throw SqlError("42704", "language \"" + name + "\" does not exist", {},
                 is_shipped ? "Use CREATE EXTENSION to load the language into the database." : "");
}

void read_body(Interpreter& interpreter, ast::CreateFunctionStmt statement, const RoutineAttributes& attributes,
               Routine& routine) {
  const Oid language = routine.language.oid;
  const bool has_sql_body = static_cast<bool>(statement.sql_body());
  if (!has_sql_body && !attributes.has_as) throw SqlError("42P13", "no function body specified");
  if (has_sql_body && attributes.has_as) throw SqlError("42P13", "duplicate function body specified");
  if (has_sql_body && language != languages::sql)
    throw SqlError("42P13", "inline SQL function body only valid for language SQL");
  if (has_sql_body) {
    for (const TypeRef& argument : routine.signature)
      if (analyze::is_polymorphic(argument.type))
        throw SqlError("42P13", "SQL function with unquoted function body cannot have polymorphic arguments");
    routine.sql_body = analyze_atomic_body(interpreter, routine, statement.sql_body());
    return;
  }
  if (language == languages::c) return read_c_body(attributes.as, routine);
  if (attributes.as.size() != 1)
    throw SqlError("42P13", "only one AS item needed for language \"" + language_name(interpreter, language) + "\"");
  routine.body = attributes.as[0];
  // Before there was a name for it, the function's own name was what an empty string meant.
  if (language == languages::internal && (routine.body.empty() || routine.body == "-"))
    routine.body = routine.name.str();
}

void check_body(Interpreter& interpreter, const Routine& routine) {
  if (routine.language.oid == languages::internal &&
      !builtin::of(interpreter.major()).has_internal_function(routine.body))
    throw SqlError("42883", "there is no built-in function named \"" + routine.body + "\"");
}

}  // namespace pgplumb::engine::ddl

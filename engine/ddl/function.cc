// CREATE FUNCTION and CREATE PROCEDURE: commands/functioncmds.c.
#include "catalog/kinds/function.h"

#include "catalog/builtin/builtin.h"
#include "catalog/kinds/language.h"
#include "catalog/kinds/procedure.h"
#include "catalog/kinds/schema.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/languages.h"
#include "engine/ddl/lookup_function.h"
#include "engine/ddl/object_address.h"
#include "engine/ddl/permissions.h"
#include "engine/ddl/roles.h"
#include "engine/ddl/routine_attributes.h"
#include "engine/ddl/routine_body.h"
#include "engine/ddl/routine_parameters.h"
#include "engine/ddl/routine_replace.h"
#include "engine/ddl/sql_body.h"
#include "engine/ddl/variable.h"
#include "engine/plpgsql/call.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

Oid language_of(const Interpreter& interpreter, const RoutineAttributes& attributes, bool has_sql_body) {
  if (!attributes.language) {
    if (has_sql_body) return languages::sql;
    throw SqlError("42P13", "no language specified");
  }
  const Address language =
      find_unqualified(interpreter, ast::ObjectType::OBJECT_LANGUAGE, *attributes.language, /*missing_ok=*/true);
  if (!language) no_such_language(interpreter, *attributes.language);
  return language.oid;
}

/// Whoever may not use the language, or is no superuser and wants one that can do everything.
void check_language(const Interpreter& interpreter, const RoutineAttributes& attributes) {
  if (attributes.leakproof.value_or(false))
    require_superuser(interpreter, "only superuser can define a leakproof function");
  if (!attributes.language) return;
  if (*attributes.language == "c" || *attributes.language == "internal")
    return require_superuser(interpreter, "permission denied for language " + *attributes.language);
  const Address language =
      find_unqualified(interpreter, ast::ObjectType::OBJECT_LANGUAGE, *attributes.language, /*missing_ok=*/true);
  if (!language.object) return;
  if (!static_cast<const Language&>(*language.object).trusted)
    return require_superuser(interpreter, "permission denied for language " + *attributes.language);
  require_privilege(interpreter, *language.object, usage_privilege);
}

struct Result {
  Oid type = invalid_oid;
  bool set = false;
};

Result function_result(Interpreter& interpreter, ast::CreateFunctionStmt statement, const RoutineParameters& parameters,
                 Oid language) {
  const Oid required = parameters.required_result;
  if (statement.is_procedure()) return {required == invalid_oid ? types::void_ : required, false};
  if (statement.return_type()) {
    const ReturnType type = read_return_type(interpreter, statement.return_type(), language);
    if (required != invalid_oid && type.type != required)
      throw SqlError("42P13", "function result type must be " + analyze::format_type(cache_of(interpreter), required) +
                                  " because of OUT parameters");
    return {type.type, type.set};
  }
  if (required == invalid_oid) throw SqlError("42P13", "function result type must be specified");
  return {required, false};
}

void apply_attributes(const RoutineAttributes& attributes, Routine& routine) {
  routine.window = attributes.window;
  routine.volatility = attributes.volatility.value_or(Volatility::volatile_);
  routine.parallel = attributes.parallel.value_or(Parallel::unsafe);
  routine.strict = attributes.strict.value_or(false);
  routine.security_definer = attributes.security_definer.value_or(false);
  routine.leakproof = attributes.leakproof.value_or(false);
  routine.support = attributes.support.value_or(AnyRef());
  const bool is_cheap = routine.language.oid == languages::internal || routine.language.oid == languages::c;
  routine.cost = attributes.cost.value_or(is_cheap ? 1 : 100);
  if (!routine.returns_set && attributes.rows)
    throw SqlError("22023", "ROWS is not applicable when function does not return a set");
  routine.rows = attributes.rows.value_or(routine.returns_set ? 1000 : 0);
}

void require_setting_objects(const Interpreter& interpreter, const std::vector<std::string>& settings) {
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    require_setting_object(interpreter, {setting.substr(0, equals), setting.substr(equals + 1)});
  }
}

}  // namespace

void create_function(Interpreter& interpreter, ast::CreateFunctionStmt statement) {
  const CreationName place = creation_name(interpreter, statement.funcname());
  const RoutineAttributes attributes = read_attributes(interpreter, statement.options(), statement.is_procedure());
  std::vector<std::string> settings = update_settings(interpreter, {}, attributes.settings);
  std::shared_ptr<Routine> routine;
  if (statement.is_procedure())
    routine = std::make_shared<Procedure>();
  else
    routine = std::make_shared<Function>();
  routine->kind = statement.is_procedure() ? Kind::procedure : Kind::function;
  routine->parent = Ref<Schema>{place.schema};
  routine->name = place.name;
  routine->owner = new_owner(interpreter);
  routine->settings = std::move(settings);
  check_language(interpreter, attributes);
  routine->language = {Kind::language, language_of(interpreter, attributes, static_cast<bool>(statement.sql_body()))};

  const auto sort = statement.is_procedure() ? RoutineSort::procedure : RoutineSort::function;
  RoutineParameters parameters = read_parameters(interpreter, statement.parameters(), sort, routine->language.oid);
  const Result result = function_result(interpreter, statement, parameters, routine->language.oid);
  routine->arguments = std::move(parameters.arguments);
  routine->signature = std::move(parameters.signature);
  routine->result = {result.type, -1};
  routine->returns_set = result.set;
  read_body(interpreter, statement, attributes, *routine);
  apply_attributes(attributes, *routine);
  check_body(interpreter, *routine);
  store_routine(interpreter, routine, statement.replace());
  if (interpreter.session().flag("check_function_bodies")) require_setting_objects(interpreter, routine->settings);
  check_sql_body(interpreter, *routine);
  plpgsql::validate(interpreter, *routine);
}

void alter_function(Interpreter& interpreter, ast::AlterFunctionStmt statement) {
  Catalog& catalog = interpreter.catalog();
  const Oid oid = lookup_routine(interpreter, statement.objtype(), statement.func());
  const auto* routine = static_cast<const Routine*>(catalog.find(oid));
  if (!routine) throw NotSimulated("altering a built-in function");
  if (routine->kind == Kind::aggregate)
    throw SqlError("42809", "\"" + name_list_text(statement.func().objname()) + "\" is an aggregate function");
  require_owner(interpreter, *routine, name_list_text(statement.func().objname()));
  const RoutineAttributes changes = read_attributes(interpreter, statement.actions(), routine->kind == Kind::procedure);
  if (changes.rows && !routine->returns_set)
    throw SqlError("22023", "ROWS is not applicable when function does not return a set");
  if (changes.leakproof.value_or(false))
    require_superuser(interpreter, "only superuser can define a leakproof function");
  const std::vector<std::string> settings = update_settings(interpreter, routine->settings, changes.settings);
  Edit<Routine> edit(catalog, std::static_pointer_cast<Routine>(kind_info(routine->kind).clone(*routine)));
  if (changes.volatility) edit.set<&Routine::volatility>(*changes.volatility);
  if (changes.strict) edit.set<&Routine::strict>(*changes.strict);
  if (changes.security_definer) edit.set<&Routine::security_definer>(*changes.security_definer);
  if (changes.leakproof) edit.set<&Routine::leakproof>(*changes.leakproof);
  if (changes.cost) edit.set<&Routine::cost>(*changes.cost);
  if (changes.rows) edit.set<&Routine::rows>(*changes.rows);
  if (changes.support) edit.set<&Routine::support>(*changes.support);
  if (changes.parallel) edit.set<&Routine::parallel>(*changes.parallel);
  if (!changes.settings.empty()) edit.set<&Routine::settings>(settings);
}

}  // namespace pgplumb::engine::ddl

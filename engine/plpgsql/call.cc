#include "engine/plpgsql/call.h"

#include <algorithm>

#include "catalog/kinds/routine.h"
#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/ddl/routine_body.h"
#include "engine/ddl/routine_effects.h"
#include "engine/evaluate/array.h"
#include "engine/plpgsql/compile.h"
#include "engine/plpgsql/executor.h"
#include "engine/plpgsql/routine_session.h"
#include "engine/plpgsql/sql_function.h"
#include "parser/pg_query.h"

namespace pgplumb::engine::plpgsql {

namespace {

namespace ast = parser::ast;
using catalog::ArgumentMode;
using catalog::Routine;

constexpr int max_depth = 200;

bool is_input(const catalog::Argument& argument) {
  return argument.mode != ArgumentMode::out && argument.mode != ArgumentMode::table;
}

/// Calls are analysed with all arguments in place; where one is missing, its default is not known.
void require_all(const Routine& routine, const std::vector<Value>& arguments) {
  if (arguments.size() < routine.signature.size())
    throw NotSimulated("a call of " + routine.name.str() + " with arguments that are not known");
}

Value null_result(const Routine& routine) { return Value::null(routine.result.type); }

ResultSet one_value(const Routine& routine, Value value) {
  ResultSet result;
  result.columns.push_back({routine.name.str(), routine.result});
  result.rows.push_back({std::move(value)});
  return result;
}

std::shared_ptr<const Function> compiled(Interpreter& interpreter, Activity& activity, const Routine& routine) {
  Activity::Compiled& known = activity.compiled[routine.oid];
  const catalog::Object* stored = interpreter.catalog().find(routine.oid);
  if (known.routine != stored || !known.function)
    known = {stored, compile(interpreter, routine.body, signature_of(routine), false)};
  return known.function;
}

/// Several OUT parameters make a record.
Value row_of(const Routine& routine, const std::vector<Value>& values) {
  std::vector<evaluate::Element> fields;
  for (const Value& value : values) {
    if (value.is_unknown()) return Value::unknown(routine.result.type, value.text);
    fields.push_back(value.is_null() ? evaluate::Element() : evaluate::Element(value.text));
  }
  return Value::of(routine.result.type, evaluate::write_record(fields));
}

ResultSet run_plpgsql(Interpreter& interpreter, Activity& activity, const Routine& routine,
                      const std::vector<Value>& arguments) {
  const std::shared_ptr<const Function> function = compiled(interpreter, activity, routine);
  Executor executor(interpreter, activity, *function);
  executor.run(arguments);
  if (routine.returns_set) return executor.rows();
  const std::vector<Value> out = executor.out_values();
  if (out.size() == 1) return one_value(routine, out.front());
  if (!out.empty()) return one_value(routine, row_of(routine, out));
  if (routine.result.type == catalog::types::void_) return one_value(routine, Value::of(routine.result.type, ""));
  return one_value(routine, executor.result());
}

ResultSet run_in_language(Interpreter& interpreter, Activity& activity, const Routine& routine,
                          const std::vector<Value>& arguments) {
  const std::string language = ddl::language_name(interpreter, routine.language.oid);
  if (language == "plpgsql") return run_plpgsql(interpreter, activity, routine, arguments);
  if (language == "sql") return run_sql_function(interpreter, activity, routine, arguments);
  throw NotSimulated("calls function " + routine.name.str() + ", which is written in " + language);
}

class DepthGuard {
 public:
  explicit DepthGuard(Activity& activity) : activity_(activity) {
    if (++activity_.depth > max_depth) {
      --activity_.depth;
      throw SqlError("54001", "stack depth limit exceeded", {},
                     "Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), after ensuring the "
                     "platform's stack depth limit is adequate.");
    }
  }
  ~DepthGuard() { --activity_.depth; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;

 private:
  Activity& activity_;
};

Routine routine_of(const Interpreter& interpreter, Oid oid) {
  const catalog::Object* object = interpreter.catalog().find(oid);
  if (!object || (object->kind != catalog::Kind::function && object->kind != catalog::Kind::procedure))
    throw NotSimulated("a call of a function that is not known");
  return static_cast<const Routine&>(*object);
}

bool has_null(const std::vector<Value>& arguments) {
  return std::any_of(arguments.begin(), arguments.end(), [](const Value& value) { return value.is_null(); });
}

bool is_output(const catalog::Argument& argument) {
  return argument.mode == ArgumentMode::out || argument.mode == ArgumentMode::inout;
}

/// The fields of the row that an SQL procedure's last query gives.
std::vector<Value> output_values(const Routine& routine, const Value& row) {
  std::vector<Value> values;
  for (const catalog::Argument& argument : routine.arguments)
    if (is_output(argument)) values.push_back(Value::unknown(argument.type.type, row.text));
  if (values.size() == 1) return {row};
  if (!row.is_known()) return values;
  const std::vector<evaluate::Element> fields = evaluate::read_record(row.text);
  for (std::size_t at = 0; at < values.size() && at < fields.size(); ++at)
    values[at] = fields[at] ? Value::of(values[at].type, *fields[at]) : Value::null(values[at].type);
  return values;
}

std::vector<Value> run_procedure(Interpreter& interpreter, Activity& activity, const Routine& routine,
                                 const std::vector<Value>& arguments) {
  if (ddl::language_name(interpreter, routine.language.oid) != "plpgsql") {
    const ResultSet result = run_in_language(interpreter, activity, routine, arguments);
    return result.rows.empty() ? std::vector<Value>() : output_values(routine, result.rows.front().front());
  }
  const std::shared_ptr<const Function> function = compiled(interpreter, activity, routine);
  Executor executor(interpreter, activity, *function);
  executor.run(arguments);
  return executor.out_values();
}

/// The argument as written for a parameter: by its name, or by its place among those before the named ones.
ast::Node written_argument(ast::FuncCall call, const catalog::Argument& parameter, std::size_t position) {
  std::size_t at = 0;
  for (ast::Node node : call.args()) {
    const auto named = node.as<ast::NamedArgExpr>();
    if (named ? named.name() == parameter.name.view() : at == position) return named ? named.arg() : node;
    ++at;
  }
  return {};
}

ProcedureResult outputs(const Routine& routine, ast::FuncCall call, const std::vector<Value>& values) {
  ProcedureResult result;
  for (std::size_t position = 0; position < routine.arguments.size(); ++position) {
    const catalog::Argument& parameter = routine.arguments[position];
    if (!is_output(parameter) || result.size() >= values.size()) continue;
    result.push_back({parameter.name.str(), written_argument(call, parameter, position), values[result.size()]});
  }
  return result;
}

bool is_any_element(Oid type) {
  return type == catalog::types::anyelement || type == catalog::types::anynonarray || type == catalog::types::anyenum;
}

/// A default or NULL without a type has that of the other arguments for parameters of any type, which are all alike.
std::vector<Value> with_types(const Routine& routine, std::vector<Value> arguments) {
  std::vector<Value*> polymorphic;
  for (std::size_t at = 0; at < arguments.size() && at < routine.signature.size(); ++at)
    if (is_any_element(routine.signature[at].type)) polymorphic.push_back(&arguments[at]);
  const auto is_typed = [](const Value* value) {
    return value->type != catalog::types::unknown && !is_any_element(value->type);
  };
  const auto typed = std::find_if(polymorphic.begin(), polymorphic.end(), is_typed);
  if (typed == polymorphic.end()) return arguments;
  for (Value* value : polymorphic)
    if (!is_typed(value)) value->type = (*typed)->type;
  return arguments;
}

Activity top_activity(Interpreter& interpreter) {
  Activity activity;
  activity.atomic = interpreter.transaction().in_block() || !interpreter.is_top_level();
  activity.start = interpreter.transaction().save();
  return activity;
}

}  // namespace

ResultSet call_function(Interpreter& interpreter, Activity& activity, Oid function, const std::vector<Value>& given) {
  const Routine routine = routine_of(interpreter, function);
  require_all(routine, given);
  const std::vector<Value> arguments = with_types(routine, given);
  if (routine.strict && has_null(arguments))
    return routine.returns_set ? ResultSet() : one_value(routine, null_result(routine));
  const DepthGuard depth(activity);
  const bool was_atomic = std::exchange(activity.atomic, true);
  struct Leave {
    bool& atomic;
    bool before;
    ~Leave() { atomic = before; }
  } leave{activity.atomic, was_atomic};
  const RoutineSession session(interpreter.session(), routine);
  try {
    return run_in_language(interpreter, activity, routine, arguments);
  } catch (const NotSimulated& limit) {
    if (routine.returns_set || ddl::effect_of_routine(interpreter, function, ddl::Also::session)) throw;
    return one_value(routine, Value::unknown(routine.result.type, limit.what()));
  }
}

evaluate::RoutineCall caller(Interpreter& interpreter, Activity& activity) {
  return [&interpreter, &activity](Oid function, const std::vector<Value>& arguments) {
    return call_function(interpreter, activity, function, arguments);
  };
}

ProcedureResult call_procedure(Interpreter& interpreter, Activity& activity, ast::CallStmt call,
                               const BoundCall& bound) {
  std::vector<Value> arguments;
  for (const catalog::expr::NodePtr& argument : bound.arguments)
    arguments.push_back(evaluate::evaluate(interpreter, argument, {bound.parameters, caller(interpreter, activity)}));
  const Routine routine = routine_of(interpreter, bound.procedure);
  require_all(routine, arguments);
  const DepthGuard depth(activity);
  const bool atomic = activity.atomic || routine.security_definer || !routine.settings.empty();
  const bool was_atomic = std::exchange(activity.atomic, atomic);
  struct Leave {
    bool& atomic;
    bool before;
    ~Leave() { atomic = before; }
  } leave{activity.atomic, was_atomic};
  const RoutineSession session(interpreter.session(), routine);
  return outputs(routine, call.funccall(), run_procedure(interpreter, activity, routine, arguments));
}

void end_transaction(Interpreter& interpreter, Activity& activity, bool commit) {
  if (activity.trying > 0) throw NotSimulated("COMMIT or ROLLBACK in what may not be run");
  if (commit) {
    const parser::ParseResult parsed = parser::parse("COMMIT");
    interpreter.transaction().execute(parsed.tree.statement().as<ast::TransactionStmt>());
  } else {
    interpreter.transaction().restore(activity.start);
  }
  activity.start = interpreter.transaction().save();
}

void run_block(Interpreter& interpreter, std::string_view body) {
  Activity activity = top_activity(interpreter);
  const bool check_sql = interpreter.session().flag("check_function_bodies");
  const std::shared_ptr<const Function> function = compile(interpreter, body, block_signature(), check_sql);
  Executor(interpreter, activity, *function).run({});
}

void run_select(Interpreter& interpreter, ast::SelectStmt select) {
  Activity activity = top_activity(interpreter);
  activity.atomic = true;
  const Bound bound = bind_select(interpreter, select);
  evaluate::run_query(interpreter, *bound.query, {{}, caller(interpreter, activity)});
}

void run_call(Interpreter& interpreter, ast::CallStmt call) {
  Activity activity = top_activity(interpreter);
  call_procedure(interpreter, activity, call, bind_call(interpreter, call, Scope()));
}

void validate(Interpreter& interpreter, const Routine& routine) {
  const analyze::Syscache& cache = interpreter.cache();
  if (ddl::language_name(interpreter, routine.language.oid) != "plpgsql") return;
  const Oid result = routine.result.type;
  const bool result_is_allowed = analyze::type_kind(cache, result) != 'p' || analyze::is_polymorphic(result) ||
                                 result == catalog::types::record || result == catalog::types::void_ ||
                                 result == catalog::types::trigger || result == catalog::types::event_trigger;
  if (!result_is_allowed)
    throw SqlError("0A000", "PL/pgSQL functions cannot return type " + std::string(cache.type(result)->name));
  for (const catalog::Argument& argument : routine.arguments)
    if (is_input(argument) && analyze::type_kind(cache, argument.type.type) == 'p' &&
        !analyze::is_polymorphic(argument.type.type) && argument.type.type != catalog::types::record)
      throw SqlError("0A000",
                     "PL/pgSQL functions cannot accept type " + std::string(cache.type(argument.type.type)->name));
  const bool is_trigger = result == catalog::types::trigger, is_event_trigger = result == catalog::types::event_trigger;
  if ((is_trigger || is_event_trigger) && !routine.signature.empty())
    throw SqlError(
        "42P13", std::string(is_trigger ? "" : "event ") + "trigger functions cannot have declared arguments", {},
        is_trigger ? "The arguments of the trigger can be accessed through TG_NARGS and TG_ARGV instead." : "");
  if (interpreter.session().flag("check_function_bodies"))
    compile(interpreter, routine.body, signature_of(routine), true);
}

}  // namespace pgplumb::engine::plpgsql

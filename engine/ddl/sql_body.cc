#include "engine/ddl/sql_body.h"

#include "catalog/query_nodes.h"
#include "catalog/type_oids.h"
#include "engine/analyze/analyze.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/stored_statements.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/languages.h"
#include "engine/ddl/namespace.h"
#include "engine/ddl/resolve.h"
#include "parser/pg_query.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

bool gives_output(const Argument& argument) {
  return argument.mode != ArgumentMode::in && argument.mode != ArgumentMode::variadic;
}
bool takes_input(const Argument& argument) {
  return argument.mode != ArgumentMode::out && argument.mode != ArgumentMode::table;
}

/// The result of the last statement against the declared one.
class ResultCheck {
 public:
  ResultCheck(const Interpreter& interpreter, const analyze::Settings& settings, const Routine& routine)
      : interpreter_(interpreter), routine_(routine), state_(cache_of(interpreter), settings) {}

  void run(const expr::Query* last) {
    if (routine_.result.type == types::void_) return;
    const std::vector<expr::TargetEntry>* list = last ? target_list(*last) : nullptr;
    if (!list) mismatch(final_statements());
    std::vector<const expr::TargetEntry*> columns;
    for (const expr::TargetEntry& target : *list)
      if (!target.junk) columns.push_back(&target);
    if (is_row_type())
      check_row(columns);
    else
      check_scalar(columns);
  }

 private:
  std::string text(Oid type) const { return analyze::format_type(state_.cache, type); }

  [[noreturn]] void mismatch(const std::string& detail) const {
    throw SqlError("42P13", "return type mismatch in function declared to return " + text(routine_.result.type), detail);
  }

  std::string final_statements() const {
    return interpreter_.major() >= 17 ? "Function's final statement must be SELECT or INSERT/UPDATE/DELETE/MERGE RETURNING."
                                      : "Function's final statement must be SELECT or INSERT/UPDATE/DELETE RETURNING.";
  }

  static const std::vector<expr::TargetEntry>* target_list(const expr::Query& query) {
    if (query.command == expr::CommandType::select) return &query.targets;
    return query.returning.empty() ? nullptr : &query.returning;
  }

  bool is_row_type() const {
    return routine_.result.type == types::record || analyze::type_kind(state_.cache, routine_.result.type) == 'c';
  }

  bool gives(const expr::TargetEntry& target, TypeRef wanted) {
    const Oid actual = expr::type_of(*target.expr);
    return actual == wanted.type ||
           analyze::can_coerce_type(state_.cache, actual, wanted.type, analyze::CoercionContext::assignment);
  }

  void check_scalar(const std::vector<const expr::TargetEntry*>& columns) {
    if (columns.size() != 1) mismatch("Final statement must return exactly one column.");
    if (!gives(*columns[0], routine_.result)) mismatch("Actual return type is " + text(expr::type_of(*columns[0]->expr)) + ".");
  }

  /// The columns of the result; nothing where it is known only when the function is called.
  std::optional<std::vector<TypeRef>> row() const {
    std::vector<TypeRef> columns;
    if (routine_.result.type == types::record) {
      for (const Argument& argument : routine_.arguments)
        if (gives_output(argument)) columns.push_back(argument.type);
      if (columns.empty()) return std::nullopt;
      return columns;
    }
    if (!interpreter_.catalog().find(routine_.result.type)) return std::nullopt;
    for (const Column* column : columns_of(interpreter_.catalog(), routine_.result.type)) columns.push_back(column->type);
    return columns;
  }

  void check_row(const std::vector<const expr::TargetEntry*>& columns) {
    if (columns.size() == 1 && gives(*columns[0], routine_.result)) return;
    const auto wanted = row();
    if (!wanted) return;
    for (std::size_t at = 0; at < columns.size(); ++at) {
      if (at == wanted->size()) mismatch("Final statement returns too many columns.");
      if (!gives(*columns[at], (*wanted)[at]))
        mismatch("Final statement returns " + text(expr::type_of(*columns[at]->expr)) + " instead of " +
                 text((*wanted)[at].type) + " at column " + std::to_string(at + 1) + ".");
    }
    if (columns.size() < wanted->size()) mismatch("Final statement returns too few columns.");
  }

  const Interpreter& interpreter_;
  const Routine& routine_;
  analyze::ParseState state_;
};

class BodyCheck {
 public:
  BodyCheck(const Interpreter& interpreter, const Routine& routine)
      : interpreter_(interpreter), routine_(routine), settings_(interpreter.analysis_settings()) {}

  void run() {
    check_result_type();
    if (check_arguments()) return;  // polymorphic: analysed when it is called
    if (!routine_.sql_body.empty()) return check_stored();
    const parser::ParseResult parsed = parser::parse(routine_.body);
    if (parsed.error) throw SqlError(parsed.error->sqlstate, parsed.error->message);
    expr::QueryPtr last;
    for (std::size_t i = 0; i < parsed.tree.size(); ++i) last = analyze(parsed.tree.statement(i));
    ResultCheck(interpreter_, settings_, routine_).run(last.get());
  }

 private:
  const analyze::Syscache& cache() const { return cache_of(interpreter_); }

  /// BEGIN ATOMIC and RETURN are analysed already.
  void check_stored() {
    if (!routine_.sql_body.tree) return;
    const expr::Query& body = *routine_.sql_body.tree;
    const expr::Query* last = &body;
    if (body.command == expr::CommandType::compound)
      last = body.statements.empty() ? nullptr : body.statements.back().get();
    ResultCheck(interpreter_, settings_, routine_).run(last);
  }

  void check_result_type() const {
    const Oid type = routine_.result.type;
    if (analyze::type_kind(cache(), type) != 'p' || type == types::record || type == types::void_ ||
        analyze::is_polymorphic(type))
      return;
    throw SqlError("42P13", "SQL functions cannot return type " + analyze::format_type(cache(), type));
  }

  bool check_arguments() const {
    bool polymorphic = false;
    for (const TypeRef& argument : routine_.signature) {
      if (analyze::type_kind(cache(), argument.type) != 'p') continue;
      if (!analyze::is_polymorphic(argument.type))
        throw SqlError("42P13", "SQL functions cannot have arguments of type " + analyze::format_type(cache(), argument.type));
      polymorphic = true;
    }
    return polymorphic;
  }

  expr::QueryPtr analyze(ast::Node statement) {
    if (statement.is<ast::CallStmt>()) check_call(statement.as<ast::CallStmt>().funccall());
    return analyze_body_statement(interpreter_, settings_, routine_, statement);
  }

  bool has_output(Oid routine) const {
    for (const analyze::ArgRow& argument : cache().proc_args(routine))
      if (argument.mode == analyze::ArgMode::out || argument.mode == analyze::ArgMode::in_out) return true;
    return false;
  }

  void check_call(ast::FuncCall call) const {
    const QualifiedName name = deconstruct(interpreter_, call.funcname());
    std::vector<Oid> schemas = cache().search_path();
    if (!name.schema.empty()) schemas = {find_schema(interpreter_, name.schema)};
    std::size_t found = 0, with_output = 0;
    for (Oid schema : schemas)
      for (Oid routine : cache().procs_named(schema, name.name)) {
        ++found;
        with_output += has_output(routine);
      }
    if (found > 0 && with_output == found)
      throw SqlError("0A000", "calling procedures with output arguments is not supported in SQL functions");
  }

  const Interpreter& interpreter_;
  const Routine& routine_;
  const analyze::Settings settings_;
};

/// The routine's own SET clauses hold while it is looked at.
void apply_settings(Session& session, const Routine& routine) {
  for (const std::string& setting : routine.settings) {
    const std::size_t equals = setting.find('=');
    session.set_parameter(setting.substr(0, equals), setting.substr(equals + 1), SetScope::local);
  }
}

}  // namespace

expr::QueryPtr analyze_body_statement(const Interpreter& interpreter, const analyze::Settings& settings,
                                      const Routine& routine, ast::Node statement) {
  const bool is_query = statement.is<ast::SelectStmt>() || statement.is<ast::InsertStmt>() ||
                        statement.is<ast::UpdateStmt>() || statement.is<ast::DeleteStmt>() ||
                        statement.is<ast::MergeStmt>();
  if (!is_query || statement.as<ast::SelectStmt>().into_clause()) return nullptr;
  analyze::ParseState state(cache_of(interpreter), settings);
  std::vector<analyze::FunctionArgument> arguments;
  for (const Argument& argument : routine.arguments)
    if (takes_input(argument)) arguments.push_back({argument.name.view(), argument.type.type});
  analyze::add_function_arguments(state, routine.name.view(), std::move(arguments));
  return analyze::transform_statement(state, statement);
}

void check_sql_body(Interpreter& interpreter, const Routine& routine) {
  if (routine.language.oid != languages::sql || !interpreter.session().flag("check_function_bodies")) return;
  const SessionGuard guard(interpreter.session());
  apply_settings(interpreter.session(), routine);
  try {
    BodyCheck(interpreter, routine).run();
  } catch (SqlError& error) {
    error.location = -1;  // a place in the body, not in the statement
    throw;
  } catch (const NotSimulated&) {
    return;
  }
}

}  // namespace pgplumb::engine::ddl

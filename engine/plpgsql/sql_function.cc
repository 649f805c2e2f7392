#include "engine/plpgsql/sql_function.h"

#include "catalog/type_oids.h"
#include "engine/analyze/lsyscache.h"
#include "engine/ddl/routine_effects.h"
#include "engine/evaluate/array.h"
#include "engine/plpgsql/call.h"
#include "parser/pg_query.h"
#include "parser/references.h"

namespace pgplumb::engine::plpgsql {

namespace {

namespace ast = parser::ast;
namespace expr = catalog::expr;
using catalog::ArgumentMode;
using catalog::Routine;

std::vector<std::string> input_names(const Routine& routine) {
  std::vector<std::string> names;
  for (const catalog::Argument& argument : routine.arguments)
    if (argument.mode != ArgumentMode::out && argument.mode != ArgumentMode::table)
      names.push_back(argument.name.str());
  return names;
}

bool takes_arguments(ast::Node node) {
  return node.is<ast::InsertStmt>() || node.is<ast::UpdateStmt>() || node.is<ast::DeleteStmt>();
}

class Runner {
 public:
  Runner(Interpreter& interpreter, Activity& activity, const Routine& routine, const std::vector<Value>& arguments)
      : interpreter_(interpreter),
        routine_(routine),
        arguments_(arguments),
        activity_(activity),
        call_(caller(interpreter, activity)) {}

  ResultSet run() {
    if (routine_.sql_body.tree) {
      run_tree(*routine_.sql_body.tree);
    } else {
      const parser::ParseResult parsed = parser::parse(routine_.body);
      if (parsed.error) throw SqlError(parsed.error->sqlstate, parsed.error->message);
      for (std::size_t i = 0; i < parsed.tree.size(); ++i) run_statement(parsed.tree.statement(i));
    }
    return routine_.returns_set ? rows_ : one_row();
  }

 private:
  void run_tree(const expr::Query& query) {
    for (const expr::QueryPtr& statement : query.statements) run_tree(*statement);
    if (query.command == expr::CommandType::select)
      rows_ = evaluate::run_query(interpreter_, query, {arguments_, call_});
    else if (query.command != expr::CommandType::compound)
      rows_ = {};
  }

  void run_statement(ast::Node node) {
    rows_ = {};
    if (node.is<ast::SelectStmt>() && !node.as<ast::SelectStmt>().into_clause()) {
      const Bound bound = bind_arguments(interpreter_, node, routine_.name.str(), input_names(routine_), arguments_);
      return run_query(node, bound);
    }
    if (const auto call = node.as<ast::CallStmt>()) {
      const BoundCall bound = bind_call(interpreter_, call, routine_.name.str(), input_names(routine_), arguments_);
      call_procedure(interpreter_, activity_, call, bound);
      return;
    }
    if (takes_arguments(node)) bind_arguments(interpreter_, node, routine_.name.str(), input_names(routine_), arguments_);
    interpreter_.run(node);
  }

  // Rows that can't be known matter only where they are the result, or where a call has effects.
  void run_query(ast::Node node, const Bound& bound) {
    unknown_.clear();
    try {
      rows_ = evaluate::run_query(interpreter_, *bound.query, {bound.parameters, call_});
    } catch (const NotSimulated& limit) {
      for (ast::FuncCall call : parser::references_in(node).calls)
        if (ddl::effect_of_call(interpreter_, call, ddl::Also::session)) throw;
      unknown_ = limit.what();
    }
  }

  ResultSet one_row() const {
    ResultSet result;
    result.columns.push_back({routine_.name.str(), routine_.result});
    result.rows.push_back({value()});
    return result;
  }

  Value value() const {
    const Oid type = routine_.result.type;
    if (type == catalog::types::void_) return Value::of(type, "");
    if (!unknown_.empty()) return Value::unknown(type, unknown_);
    if (rows_.rows.empty()) return Value::null(type);
    const std::vector<Value>& row = rows_.rows.front();
    const bool is_row = type == catalog::types::record ||
                        analyze::type_or_domain_relation(interpreter_.cache(), type) != catalog::invalid_oid;
    if (!is_row || row.size() == 1) {
      if (analyze::is_polymorphic(type) || is_row) return row.front();
      return evaluate::convert(interpreter_, row.front(), routine_.result);
    }
    std::vector<evaluate::Element> fields;
    for (const Value& field : row) {
      if (field.is_unknown()) return Value::unknown(type, field.text);
      fields.push_back(field.is_null() ? evaluate::Element() : evaluate::Element(field.text));
    }
    return Value::of(type, evaluate::write_record(fields));
  }

  Interpreter& interpreter_;
  const Routine& routine_;
  const std::vector<Value>& arguments_;
  Activity& activity_;
  evaluate::RoutineCall call_;
  ResultSet rows_;
  std::string unknown_;
};

}  // namespace

ResultSet run_sql_function(Interpreter& interpreter, Activity& activity, const Routine& routine,
                           const std::vector<Value>& arguments) {
  return Runner(interpreter, activity, routine, arguments).run();
}

}  // namespace pgplumb::engine::plpgsql

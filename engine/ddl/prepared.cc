// PREPARE, EXECUTE, DEALLOCATE: commands/prepare.c.
#include "engine/ddl/prepared.h"

#include "catalog/kinds/function.h"
#include "catalog/query_nodes.h"
#include "engine/ddl/cache.h"
#include "engine/ddl/data.h"
#include "engine/ddl/dispatch.h"
#include "engine/ddl/sql_body.h"
#include "engine/ddl/types.h"
#include "parser/kept_tree.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;

/// FetchPreparedStatement
ast::PrepareStmt prepared_statement(Interpreter& interpreter, std::string_view name) {
  const auto& known = interpreter.session().prepared_statements();
  const auto found = known.find(Name(name));
  if (found == known.end()) throw SqlError("26000", "prepared statement \"" + std::string(name) + "\" does not exist");
  return found->second->as<ast::PrepareStmt>();
}

/// What a statement without parameters of its own is analysed in: a routine whose arguments are known by number only.
catalog::Function parameters_of(Interpreter& interpreter, ast::PrepareStmt prepared) {
  catalog::Function routine;
  for (ast::Node type : prepared.argtypes()) {
    catalog::Argument argument;
    argument.type = resolve_type(interpreter, type.as<ast::TypeName>());
    routine.arguments.push_back(std::move(argument));
  }
  return routine;
}

void require_parameters(ast::ExecuteStmt execute, std::size_t expected) {
  if (execute.params().size() == expected) return;
  throw SqlError("42601", "wrong number of parameters for prepared statement \"" + std::string(execute.name()) + "\"",
                 "Expected " + std::to_string(expected) + " parameters but got " +
                     std::to_string(execute.params().size()) + ".");
}

std::vector<analyze::QueryColumn> result_columns(const expr::Query& query) {
  std::vector<analyze::QueryColumn> columns;
  for (const expr::TargetEntry& target : query.targets)
    if (!target.junk)
      columns.push_back({target.name,
                         {expr::type_of(*target.expr), expr::typmod_of(*target.expr)},
                         expr::collation_of(*target.expr)});
  return columns;
}

}  // namespace

analyze::AnalyzedQuery analyze_prepared_query(Interpreter& interpreter, ast::ExecuteStmt execute) {
  const ast::PrepareStmt prepared = prepared_statement(interpreter, execute.name());
  if (!prepared.query().is<ast::SelectStmt>()) throw SqlError("42809", "prepared statement is not a SELECT");
  const catalog::Function parameters = parameters_of(interpreter, prepared);
  if (parameters.arguments.empty() && !execute.params().empty())
    throw NotSimulated("a prepared statement whose parameters' types are inferred");
  require_parameters(execute, parameters.arguments.size());
  const expr::QueryPtr query =
      analyze_body_statement(interpreter, interpreter.analysis_settings(), parameters, prepared.query());
  analyze::AnalyzedQuery analyzed;
  analyzed.query.tree = query.shared();
  analyzed.query.refs = analyze::reference_oids(query);
  analyzed.columns = result_columns(*query);
  return analyzed;
}

void prepare(Interpreter& interpreter, ast::PrepareStmt statement) {
  if (statement.name().empty()) throw SqlError("26000", "invalid statement name: must not be empty");
  const bool is_new = interpreter.session()
                          .prepared_statements()
                          .emplace(Name(statement.name()), std::make_shared<const parser::KeptTree>(statement))
                          .second;
  if (!is_new) throw SqlError("42P05", "prepared statement \"" + std::string(statement.name()) + "\" already exists");
}

void execute_prepared(Interpreter& interpreter, ast::ExecuteStmt statement) {
  const ast::PrepareStmt prepared = prepared_statement(interpreter, statement.name());
  refuse_row_effects(interpreter, ast::View(prepared.query().raw()));
}

void deallocate(Interpreter& interpreter, ast::DeallocateStmt statement) {
  auto& known = interpreter.session().prepared_statements();
  if (statement.name().empty()) return known.clear();
  prepared_statement(interpreter, statement.name());
  known.erase(Name(statement.name()));
}

}  // namespace pgplumb::engine::ddl

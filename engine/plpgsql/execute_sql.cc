// SQL commands: exec_stmt_execsql, exec_stmt_dynexecute, exec_stmt_perform and exec_stmt_call.
#include "engine/ddl/dispatch.h"
#include "engine/plpgsql/call.h"
#include "engine/plpgsql/executor.h"
#include "engine/plpgsql/names.h"
#include "parser/pg_query.h"

namespace pgplumb::engine::plpgsql {

namespace ast = parser::ast;
namespace expr = catalog::expr;

namespace {

constexpr const char* changed_rows = "asks what rows an earlier statement changed";
constexpr const char* no_destination = "query has no destination for result data";

bool changes_rows(ast::Node node) {
  return node.is<ast::InsertStmt>() || node.is<ast::UpdateStmt>() || node.is<ast::DeleteStmt>() ||
         node.is<ast::MergeStmt>();
}

/// Statements that give rows though they are no queries.
bool gives_rows(ast::Node node) {
  return node.is<ast::ExplainStmt>() || node.is<ast::VariableShowStmt>() || node.is<ast::FetchStmt>() ||
         node.is<ast::ExecuteStmt>();
}

bool is_client_copy(ast::Node node) {
  const auto copy = node.as<ast::CopyStmt>();
  return copy && copy.filename().empty();
}

/// The query of CREATE TABLE AS, which may read variables.
ast::Node query_within(ast::Node node) { return node.as<ast::CreateTableAsStmt>().query(); }

}  // namespace

void Executor::set_processed(std::size_t rows, bool dynamic) {
  row_count_ = Value::of(catalog::types::int8, std::to_string(rows));
  if (!dynamic) slot(function_.found).value = Value::boolean(rows > 0);
}

void Executor::set_processed_unknown(const std::string& reason, bool dynamic) {
  row_count_ = Value::unknown(catalog::types::int8, reason);
  if (!dynamic) slot(function_.found).value = Value::unknown(catalog::types::bool_, reason);
}

void Executor::store_unknown(const Target& target, const std::vector<ResultColumn>& columns,
                             const std::string& reason) {
  std::vector<Value> values;
  for (const ResultColumn& column : columns) values.push_back(Value::unknown(column.type.type, reason));
  store(target, columns, values);
  for (const Place& place : target.places)
    if (target.whole_row) slot(place.variable).row.unknown = reason;
}

void Executor::store_first(const Target& target, const ResultSet& rows) {
  if (rows.rows.empty() && target.strict) throw SqlError("P0002", "query returned no rows");
  if (rows.rows.size() > 1 && target.strict)
    throw SqlError("P0003", "query returned more than one row", {},
                   "Make sure the query returns a single row, or use LIMIT 1.");
  store(target, rows.columns, rows.rows.empty() ? std::vector<Value>() : rows.rows.front());
}

void Executor::run_rows(ast::Node node, const Target& target, const Bound& bound, bool dynamic) {
  const Rows rows = query(node, bound);
  if (!rows.unknown.empty()) {
    if (target.strict && activity_.handlers > 0) throw NotSimulated(rows.unknown);
    store_unknown(target, rows.set.columns, rows.unknown);
    return set_processed_unknown(rows.unknown, dynamic);
  }
  std::size_t processed = rows.set.rows.size();
  if (target) {
    store_first(target, rows.set);
    processed = std::min<std::size_t>(processed, 1);
  }
  set_processed(processed, dynamic);
}

// What rows change is not known; only that the statement may run.
void Executor::run_changes(ast::Node node, const Target& target, const Bound& bound, bool dynamic) {
  const std::vector<ResultColumn> columns = columns_of(*bound.query);
  if (!columns.empty() && !target && !dynamic) throw SqlError("42601", no_destination);
  if (columns.empty() && target) throw SqlError("42601", "INTO used with a command that cannot return data");
  interpreter_.run(node);
  if (target.strict && activity_.handlers > 0) throw NotSimulated(changed_rows);
  if (target) store_unknown(target, columns, changed_rows);
  set_processed_unknown(changed_rows, dynamic);
}

void Executor::run_utility(ast::Node node, const Binding& binding) {
  if (is_client_copy(node)) throw SqlError("0A000", "cannot COPY to/from client in PL/pgSQL");
  if (node.is<ast::CreateTableAsStmt>() && query_within(node).is<ast::SelectStmt>() &&
      !binding(query_within(node)).parameters.empty())
    throw NotSimulated("CREATE TABLE AS a query that reads variables");
  try {
    interpreter_.run(node);
  } catch (SqlError& error) {
    error.location = -1;
    throw;
  }
}

void Executor::run_sql(ast::Node node, const Target& target, const Binding& binding, bool dynamic) {
  if (node.is<ast::TransactionStmt>())
    throw SqlError("0A000", dynamic ? "EXECUTE of transaction commands is not implemented"
                                    : "unsupported transaction command in PL/pgSQL");
  if (const auto select = node.as<ast::SelectStmt>()) {
    if (ddl::into_clause(select))
      throw SqlError("0A000", "EXECUTE of SELECT ... INTO is not implemented", {},
                     "You might want to use EXECUTE ... INTO or EXECUTE CREATE TABLE ... AS instead.");
    const Bound bound = binding(node);
    if (!target && !dynamic)
      throw SqlError("42601", no_destination, {},
                     "If you want to discard the results of a SELECT, use PERFORM instead.");
    return run_rows(node, target, bound, dynamic);
  }
  // The analysis of MERGE is not at hand; that its tables exist is checked all the same.
  if (node.is<ast::MergeStmt>() && !target) {
    interpreter_.run(node);
    return set_processed_unknown(changed_rows, dynamic);
  }
  if (changes_rows(node)) return run_changes(node, target, binding(node), dynamic);
  if (target && gives_rows(node))
    throw NotSimulated("the rows that " + std::string(ast::to_string(node.tag())) + " gives");
  if (target) throw SqlError("42601", "INTO used with a command that cannot return data");
  run_utility(node, binding);
}

Flow Executor::execute(const RunSql& statement) {
  run_sql(
      node_of(statement.statement), statement.target,
      [&](ast::Node node) { return bind(interpreter_, node, scope_of(statement.statement)); }, false);
  return {};
}

Flow Executor::execute(const Perform& statement) {
  const ast::Node node = node_of(statement.query);
  run_rows(node, {}, bind(interpreter_, node, scope_of(statement.query)), false);
  return {};
}

Flow Executor::execute(const Execute& statement) {
  const std::string text = dynamic_text(statement.query);
  const std::vector<Value> arguments = evaluate(statement.arguments);
  const parser::ParseResult parsed = parser::parse(text);
  if (parsed.error) throw SqlError(parsed.error->sqlstate, parsed.error->message);
  for (std::size_t i = 0; i < parsed.tree.size(); ++i) {
    const bool is_last = i + 1 == parsed.tree.size();
    const ast::Node node = parsed.tree.statement(i);
    if (node.is<ast::CallStmt>()) {
      const auto call = node.as<ast::CallStmt>();
      call_procedure(interpreter_, activity_, call, bind_call(interpreter_, call, {}, {}, arguments));
      continue;
    }
    run_sql(
        node, is_last ? statement.target : Target(),
        [&](ast::Node part) { return bind_numbered(interpreter_, part, arguments); }, true);
  }
  return {};
}

// OUT parameters come back into the variables that stand in their places.
Flow Executor::execute(const Call& statement) {
  const ast::Node node = node_of(statement.statement);
  if (!node.is<ast::CallStmt>()) {
    interpreter_.run(node);
    return {};
  }
  const auto call = node.as<ast::CallStmt>();
  const ProcedureResult result =
      call_procedure(interpreter_, activity_, call, bind_call(interpreter_, call, scope_of(statement.statement)));
  for (const ProcedureOutput& output : result) {
    const auto reference = output.argument.as<ast::ColumnRef>();
    const FoundName found = reference && reference.fields().size() == 1
                                ? find_variable(function_, statement.statement.names, reference.fields()[0].str(), {})
                                : FoundName();
    if (!found)
      throw SqlError("42601", "procedure parameter \"" + output.name +
                                  "\" is an output parameter but corresponding argument is not writable");
    assign_variable(found.variable, output.value);
  }
  return {};
}

Flow Executor::execute(const EndTransaction& statement) {
  if (activity_.atomic) throw SqlError("2D000", "invalid transaction termination");
  if (activity_.handlers > 0)
    throw SqlError("2D000", std::string(statement.commit ? "cannot commit" : "cannot roll back") +
                                " while a subtransaction is active");
  end_transaction(interpreter_, activity_, statement.commit);
  return {};
}

}  // namespace pgplumb::engine::plpgsql

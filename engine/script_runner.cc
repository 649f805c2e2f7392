#include "engine/script_runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/kinds/extension.h"
#include "catalog/transplant.h"
#include "engine/bootstrap.h"
#include "engine/ddl/analyzer.h"
#include "engine/ddl/event_trigger_effects.h"
#include "engine/ddl/extension.h"
#include "engine/ddl/resolve.h"
#include "engine/ddl/row_effects.h"
#include "engine/evaluate/evaluate.h"
#include "engine/psql/interpolate.h"
#include "engine/psql/slash_arguments.h"
#include "parser/newer_syntax.h"
#include "parser/pg_query.h"
#include "parser/statement_stream.h"

namespace pgplumb::engine {

namespace {

using parser::Statement;
using parser::StatementKind;

Outcome outcome_of_problem(const Statement& statement, Status status) {
  Outcome outcome;
  outcome.status = status;
  outcome.sqlstate = statement.problem ? statement.problem->sqlstate : "";
  if (status == Status::error && outcome.sqlstate.empty()) outcome.sqlstate = "42601";
  if (statement.problem) {
    outcome.message = statement.problem->message;
    outcome.hint = statement.problem->hint;
  }
  return outcome;
}

Outcome skipped() { return {Status::skipped, "00000", {}, {}, {}, -1}; }

/// One of \connect's arguments; empty where it keeps what there is, as "-" does.
std::string connect_argument(const Statement& statement, std::size_t position) {
  if (position >= statement.arguments.size() || statement.arguments[position] == "-") return {};
  return statement.arguments[position];
}

/// An INSERT may have ON CONFLICT DO UPDATE.
std::vector<ddl::RowChange> changes_of(parser::ast::NodeTag tag) {
  using ddl::RowChange;
  switch (tag) {
    case parser::ast::NodeTag::InsertStmt: return {RowChange::insert, RowChange::update};
    case parser::ast::NodeTag::UpdateStmt: return {RowChange::update};
    case parser::ast::NodeTag::DeleteStmt: return {RowChange::delete_};
    default: return {RowChange::insert, RowChange::update, RowChange::delete_};
  }
}

bool may_make_event_triggers(parser::ast::NodeTag tag) {
  using parser::ast::NodeTag;
  return tag == NodeTag::CreateEventTrigStmt || tag == NodeTag::DropStmt || tag == NodeTag::DoStmt ||
         tag == NodeTag::SelectStmt || tag == NodeTag::CallStmt;
}

}  // namespace

ScriptRunner::ScriptRunner(catalog::SourceMap& sources, Catalog initial, const SimulateOptions& options)
    : sources_(sources),
      options_(options),
      interpreter_(std::move(initial), sources, options.environment),
      psql_(options.variables),
      has_event_triggers_(ddl::has_event_triggers(interpreter_)) {}

bool ScriptRunner::run(const ScriptRun& run, const Statements& script) {
  if (run.new_session) {
    interpreter_.start_session();
    psql_ = psql::Psql(options_.variables);
  }
  if (run.in_transaction) command("BEGIN");
  including_ = {run.source.file};
  if (statements(script, run) == Next::end) return false;
  if (run.in_transaction) command("COMMIT");
  return true;
}

Simulation ScriptRunner::finish() && {
  interpreter_.start_session();  // temporary objects end with their session
  forget_stock_comments(interpreter_.catalog());
  return {std::move(interpreter_.catalog()), std::move(results_), interpreter_.diagnostics()};
}

void ScriptRunner::command(const std::string& text) {
  const parser::ParseResult parsed = parser::parse(text);
  interpreter_.execute(parsed.tree.statement(), {});
}

ScriptRunner::Next ScriptRunner::statements(const Statements& next, const ScriptRun& run) {
  Statement last;
  while (std::optional<Statement> statement = next()) {
    last.tag = statement->tag;
    last.span = statement->span;
    const Next what = step(*statement, run);
    if (what != Next::go_on) return what;
  }
  if (!psql_.has_open_condition() || last.span.empty() || including_.size() > 1) return Next::go_on;
  return not_simulated(last, "the file ends within an \\if that no \\endif closes");
}

ScriptRunner::Next ScriptRunner::step(Statement& statement, const ScriptRun& run) {
  if (statement.kind == StatementKind::psql) return psql_command(statement, run);
  if (!psql_.active()) return Next::go_on;
  if (!statement.sent_by_command) return sql(statement, run);
  buffer_ = std::move(statement);
  return Next::go_on;
}

// What a variable stands for is text, and may be more than one statement.
ScriptRunner::Next ScriptRunner::sql(const Statement& statement, const ScriptRun& run) {
  if (!statement.has_variables) return execute(statement);
  try {
    const std::string text(sources_.text(statement.span));
    const std::string interpolated = psql::interpolate(text, psql_.variables());
    if (interpolated == text) return execute(statement);
    for (const Statement& part : parser::parse_text(interpolated, statement.span, run.source.dialect)) {
      const Next next = execute(part);
      if (next != Next::go_on) return next;
    }
  } catch (const NotSimulated& limit) {
    return not_simulated(statement, limit.what());
  }
  return Next::go_on;
}

ScriptRunner::Next ScriptRunner::execute(const Statement& statement) {
  switch (statement.kind) {
    case StatementKind::sql: return record(statement, executed(statement));
    case StatementKind::data: return rows(statement);
    case StatementKind::connect: return connect(statement);
    case StatementKind::not_simulated: return record(statement, outcome_of_problem(statement, Status::not_simulated));
    case StatementKind::psql: return not_simulated(statement, "a psql command that a variable stands for");
    case StatementKind::error: break;
  }
  interpreter_.could_not_parse();
  return record(statement, refused_by_grammar(statement));
}

Outcome ScriptRunner::refused_by_grammar(const Statement& statement) const {
  Outcome outcome = outcome_of_problem(statement, Status::error);
  if (outcome.sqlstate == "42601" || !statement.in_file || interpreter_.major() >= parser::grammar_version())
    return outcome;
  const std::size_t offset = statement.problem->span.offset - statement.span.offset;
  const int since = parser::syntax_since_before(sources_.text(statement.span), offset);
  if (since > interpreter_.major()) outcome = {Status::error, "42601", parser::newer_syntax_message(since), {}, {}, -1};
  return outcome;
}

// What was done stays, though an event trigger may have done more.
Outcome ScriptRunner::executed(const Statement& statement) {
  const std::uint64_t generation = interpreter_.catalog().generation();
  Outcome outcome = interpreter_.execute(statement.node(), statement.span);
  const bool done = outcome.status == Status::ok || outcome.status == Status::skipped;
  if (!done || interpreter_.catalog().generation() == generation) return outcome;
  if (has_event_triggers_)
    if (const auto reason = ddl::effect_of_event_triggers(interpreter_, statement.node()))
      outcome = {Status::not_simulated, "", *reason, {}, {}, -1};
  if (may_make_event_triggers(statement.tag)) has_event_triggers_ = ddl::has_event_triggers(interpreter_);
  return outcome;
}

// Of what has no tree; what it calls has been looked at.
ScriptRunner::Next ScriptRunner::rows(const Statement& statement) {
  if (statement.tag == parser::ast::NodeTag::InsertStmt || statement.tag == parser::ast::NodeTag::CopyStmt)
    interpreter_.transaction().process_invalidations();
  if (statement.arguments.empty()) return record(statement, skipped());
  const Oid relation = ddl::find_relation(interpreter_, ddl::QualifiedName{statement.arguments[0], statement.arguments[1]});
  // What is wrong with the statement, or which labels it uses, only its tree tells.
  Transaction& transaction = interpreter_.transaction();
  const bool needs_tree = relation == catalog::invalid_oid || transaction.aborted() || !transaction.new_enums().empty();
  if (needs_tree && statement.in_file) {
    Statement whole;
    whole.span = statement.span;
    whole.tree = parser::parse(sources_.text(statement.span)).tree;
    if (whole.tree.size() == 1) return record(statement, executed(whole));
  }
  if (std::exchange(harmless_since_, interpreter_.catalog().generation()) != interpreter_.catalog().generation())
    harmless_.clear();
  for (ddl::RowChange change : changes_of(statement.tag)) {
    const std::pair<Oid, int> what{relation, static_cast<int>(change)};
    if (harmless_.count(what) > 0) continue;
    if (const auto reason = ddl::effect_of_rows(interpreter_, relation, change)) return not_simulated(statement, *reason);
    harmless_.insert(what);
  }
  return record(statement, skipped());
}

ScriptRunner::Next ScriptRunner::record(const Statement& statement, Outcome outcome) {
  StatementResult result{statement.span, statement.tag, std::move(outcome), statement.span};
  if (statement.problem && !statement.problem->span.empty())
    result.at = statement.problem->span;
  else if (result.outcome.location >= 0)
    result.at = statement.at(result.outcome.location);
  const bool failed = result.outcome.status == Status::error;
  if (!failed) take_installed_members(statement.tag);
  results_.push_back(std::move(result));
  return failed && !options_.keep_going ? Next::end : Next::go_on;
}

/// What an extension of unknown contents brings, as the installed one has it.
void ScriptRunner::take_installed_members(ast::NodeTag tag) {
  using enum ast::NodeTag;
  if (!options_.installed || (tag != CreateExtensionStmt && tag != DoStmt && tag != CallStmt && tag != SelectStmt)) return;
  const std::vector<Name> unknown = ddl::extensions_of_unknown_contents(interpreter_);
  if (unknown.empty()) return;
  const std::shared_ptr<const Catalog> installed = options_.installed();
  Catalog& catalog = interpreter_.catalog();
  for (const Name name : unknown)
    catalog::transplant_members(*installed, catalog,
                                {catalog.find_named<catalog::Extension>(catalog::invalid_oid, name)->oid});
}

ScriptRunner::Next ScriptRunner::not_simulated(const Statement& statement, const std::string& reason) {
  return record(statement, {Status::not_simulated, "", reason, {}, {}, -1});
}

// --- psql's own commands -----------------------------------------------------------------------------------------------

ScriptRunner::Next ScriptRunner::connect(const Statement& statement) {
  const std::string database = connect_argument(statement, 0), user = connect_argument(statement, 1);
  const bool moves = !database.empty() && !database_.empty() && database != database_;
  if (!database.empty()) database_ = database;
  interpreter_.start_session();
  if (!user.empty()) command(fmt::format("SET SESSION AUTHORIZATION {}", psql::quoted_value(user, '"')));
  if (moves) return not_simulated(statement, fmt::format("what follows runs in another database, {}", database));
  return record(statement, skipped());
}

ScriptRunner::Next ScriptRunner::psql_command(const Statement& statement, const ScriptRun& run) {
  try {
    return obey(psql_.run(statement), statement, run);
  } catch (const NotSimulated& limit) {
    buffer_.reset();
    return not_simulated(statement, fmt::format("\\{}: {}", statement.arguments.at(0), limit.what()));
  } catch (const SqlError& error) {
    buffer_.reset();
    return record(statement, {Status::error, error.sqlstate, error.message, error.detail, error.hint, -1});
  }
}

ScriptRunner::Next ScriptRunner::obey(const psql::Request& request, const Statement& command, const ScriptRun& run) {
  switch (request.kind) {
    case psql::Request::Kind::none: break;
    case psql::Request::Kind::quit: return Next::leave_file;
    case psql::Request::Kind::include: return include(request, command, run);
    case psql::Request::Kind::send: return send_buffer(run);
    case psql::Request::Kind::store_result: store_row(request.argument); break;
    case psql::Request::Kind::execute_result: return execute_rows(command, run);
  }
  return Next::go_on;
}

ScriptRunner::Next ScriptRunner::send_buffer(const ScriptRun& run) {
  const std::optional<Statement> statement = std::exchange(buffer_, std::nullopt);
  return statement ? sql(*statement, run) : Next::go_on;
}

ScriptRunner::Next ScriptRunner::include(const psql::Request& request, const Statement& command, const ScriptRun& run) {
  if (!options_.include) throw NotSimulated("a text that comes from no file includes another");
  const catalog::FileId file = options_.include(request.argument, including_.back(), request.beside_including);
  if (std::find(including_.begin(), including_.end(), file) != including_.end())
    throw NotSimulated(fmt::format("{} includes itself", sources_.file(file).path));
  ScriptRun included = run;
  included.source.file = file;
  included.source.parts = {};
  parser::StatementStream script({included.source}, sources_);
  including_.push_back(file);
  const Next next = statements([&] { return script.next(0); }, included);
  including_.pop_back();
  record(command, skipped());
  return next == Next::end ? Next::end : Next::go_on;
}

evaluate::ResultSet ScriptRunner::rows_of_buffer() {
  const std::optional<Statement> sent = std::exchange(buffer_, std::nullopt);
  if (!sent) throw NotSimulated("there is no query before it");
  const Statement* statement = &*sent;
  if (statement->has_variables) {
    const std::string text = psql::interpolate(sources_.text(statement->span), psql_.variables());
    interpolated_ = parser::parse_text(text, statement->span, {});
    if (interpolated_.size() != 1) throw NotSimulated("the query before it is not one statement");
    statement = &interpolated_.front();
  }
  if (statement->kind != StatementKind::sql || statement->tag != ast::NodeTag::SelectStmt)
    throw NotSimulated("what stands before it is no query that can be answered");
  const analyze::AnalyzedQuery analyzed = ddl::analyzer_of(interpreter_).query(statement->node());
  return evaluate::run_query(interpreter_, *analyzed.query.tree);
}

// SetResultVariables of psql's common.c: one row, a variable for each column; NULL unsets.
void ScriptRunner::store_row(const std::string& prefix) {
  const evaluate::ResultSet result = rows_of_buffer();
  if (result.rows.size() != 1)
    throw NotSimulated(fmt::format("psql refuses it: {} rows returned for \\gset", result.rows.empty() ? "no" : "more than one"));
  for (std::size_t i = 0; i < result.columns.size(); ++i) {
    const evaluate::Value& value = result.rows.front()[i];
    const std::string name = prefix + result.columns[i].name;
    if (value.is_null())
      psql_.variables().unset(name);
    else if (value.is_unknown())
      psql_.variables().set(name, std::nullopt);
    else
      psql_.variables().set(name, evaluate::output(interpreter_, value));
  }
}

// ExecQueryAndProcessResults of psql's common.c: each value that is not NULL is a command, row by row.
ScriptRunner::Next ScriptRunner::execute_rows(const Statement& command, const ScriptRun& run) {
  const evaluate::ResultSet result = rows_of_buffer();
  for (const std::vector<evaluate::Value>& row : result.rows) {
    for (const evaluate::Value& value : row) {
      if (value.is_null()) continue;
      if (value.is_unknown()) throw NotSimulated(value.text);
      const std::string text = evaluate::output(interpreter_, value);
      for (const Statement& part : parser::parse_text(text, command.span, {false, run.source.dialect.copy_data})) {
        const Next next = execute(part);
        if (next != Next::go_on) return next;
      }
    }
  }
  return Next::go_on;
}

}  // namespace pgplumb::engine

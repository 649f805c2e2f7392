#include "engine/interpreter.h"

#include "engine/ddl/dispatch.h"
#include "engine/ddl/enum.h"
#include "engine/ddl/extension.h"
#include "engine/ddl/namespace.h"
#include "parser/ast/ast.h"
#include "parser/newer_syntax.h"
#include "parser/pg_query.h"

namespace pgplumb::engine {

namespace {

Outcome failure(const SqlError& error) {
  return {Status::error, error.sqlstate, error.message, error.detail, error.hint, error.location};
}

/// IsTransactionExitStmt of tcop/postgres.c
bool ends_failed_transaction(ast::Node statement) {
  if (!statement.is<ast::TransactionStmt>()) return false;
  switch (statement.as<ast::TransactionStmt>().kind()) {
    case ast::TransactionStmtKind::TRANS_STMT_COMMIT:
    case ast::TransactionStmtKind::TRANS_STMT_PREPARE:
    case ast::TransactionStmtKind::TRANS_STMT_ROLLBACK:
    case ast::TransactionStmtKind::TRANS_STMT_ROLLBACK_TO:
      return true;
    default:
      return false;
  }
}

}  // namespace

Interpreter::Interpreter(Catalog catalog, catalog::SourceMap& sources, Environment environment)
    : catalog_(std::move(catalog)),
      sources_(sources),
      environment_(std::move(environment)),
      session_(environment_.major, environment_.user, environment_.parameters),
      transaction_(catalog_, session_) {
  transaction_.set_commit_action([this] {
    if (!transaction_.dropped_on_commit().empty()) ddl::drop_temporary(*this, transaction_.dropped_on_commit());
    ddl::commit_new_enums(*this);
  });
}

void Interpreter::forbid_block(const std::string& command) const {
  if (transaction_.in_block()) throw SqlError("25001", command + " cannot run inside a transaction block");
  if (!is_top_level()) throw SqlError("25001", command + " cannot be executed from a function");
}

void Interpreter::require_block(const std::string& command) const {
  if (!transaction_.in_block() && is_top_level())
    throw SqlError("25P01", command + " can only be used in transaction blocks");
}

std::string_view Interpreter::statement_text() const { return sources_.text(span_); }

Outcome Interpreter::attempt(ast::Node statement) {
  try {
    if (major() < parser::grammar_version())
      if (const int since = parser::syntax_since(statement, statement_text()); since > major())
        return failure(SqlError("42601", parser::newer_syntax_message(since)));
    if (transaction_.aborted() && !ends_failed_transaction(statement))
      return failure(
          SqlError("25P02", "current transaction is aborted, commands ignored until end of transaction block"));
    if (statement.is<ast::TransactionStmt>()) {
      if (auto text = transaction_.execute(statement.as<ast::TransactionStmt>())) warning(*text, "25000");
      return {Status::skipped, "00000", {}, {}, {}, -1};
    }
    Outcome outcome;
    outcome.status = ddl::dispatch(*this, statement);
    return outcome;
  } catch (const SqlError& error) {
    if (const std::string reason = ddl::may_be_of_extension(*this, error); !reason.empty())
      return {Status::not_simulated, "", reason, {}, {}, error.location};
    return failure(error);
  } catch (const NotSimulated& limit) {
    return {Status::not_simulated, "", limit.what(), {}, {}, limit.location};
  } catch (const catalog::UsageError&) {
    throw;
  } catch (const std::exception& fault) {
    // A fault of this program's own is no answer of PostgreSQL's, and must not keep the other statements from theirs.
    return {Status::not_simulated, "", std::string("internal error: ") + fault.what() + " (please report it)", {}, {}, -1};
  }
}

/// What a command has left unprocessed fails the next one that changes anything within a savepoint.
Outcome Interpreter::attempt_after_invalidations(ast::Node statement, const SavePoint& before) {
  const bool refuses_changes = transaction_.refuses_changes();
  const Outcome outcome = attempt(statement);
  const bool changes = catalog_.mark() != before.mark && !statement.is<ast::TransactionStmt>();
  // No cache holds comments.
  if (!refuses_changes || !changes || statement.is<ast::CommentStmt>()) return outcome;
  transaction_.process_invalidations();
  return failure(SqlError("XX000", "cannot start a subtransaction when there are unprocessed inval messages"));
}

Outcome Interpreter::execute(ast::Node statement, Span span) {
  span_ = span;
  catalog_.set_statement(sources_.add_statement(span));
  const SavePoint before = transaction_.save();
  const bool transactional = !statement.is<ast::TransactionStmt>();
  ++depth_;
  Outcome outcome = attempt_after_invalidations(statement, before);
  --depth_;
  transaction_.settle_invalidations();
  if (transactional && (outcome.status == Status::error || outcome.status == Status::not_simulated))
    transaction_.restore(before);
  if (outcome.status == Status::error) transaction_.statement_failed();
  transaction_.statement_done();
  return outcome;
}

void Interpreter::could_not_parse() { transaction_.statement_failed(); }

void Interpreter::run(ast::Node statement) {
  ++depth_;
  struct Leave {
    int& depth;
    ~Leave() { --depth; }
  } leave{depth_};
  ddl::dispatch(*this, statement);
}

void Interpreter::start_session() {
  transaction_.abandon();
  ddl::end_temporary_schema(*this);
  catalog_.forget_undo();
  session_ = Session(environment_.major, environment_.user, environment_.parameters);
}

std::vector<Oid> Interpreter::search_path() const { return ddl::active_search_path(*this); }

const analyze::Syscache& Interpreter::cache() const {
  const bool current = cache_ && cache_key_.generation == catalog_.generation() && cache_key_.session == session_.save();
  if (!current) {
    cache_ = std::make_unique<analyze::Syscache>(major(), &catalog_, search_path(), cache_.get());
    cache_key_ = {catalog_.generation(), session_.save()};
  }
  return *cache_;
}

analyze::Settings Interpreter::analysis_settings() const {
  analyze::Settings settings;
  settings.timezone = session_.parameter("timezone").value_or("UTC");
  const std::string date_style = session_.parameter("datestyle").value_or("");
  if (date_style.find("DMY") != std::string::npos) settings.date_order = analyze::DateOrder::dmy;
  if (date_style.find("YMD") != std::string::npos) settings.date_order = analyze::DateOrder::ymd;
  settings.xml_document = session_.parameter("xmloption") == "document";
  settings.standard_conforming_strings = session_.flag("standard_conforming_strings");
  settings.transform_null_equals = session_.flag("transform_null_equals");
  settings.array_nulls = session_.flag("array_nulls");
  return settings;
}

void Interpreter::report(catalog::Severity severity, std::string message, std::string detail, std::string sqlstate) {
  catalog::Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.code = severity == catalog::Severity::note ? "notice" : "sql-warning";
  diagnostic.span = span_;
  diagnostic.message = std::move(message);
  diagnostic.detail = std::move(detail);
  diagnostic.sqlstate = std::move(sqlstate);
  diagnostics_.push_back(std::move(diagnostic));
}

void Interpreter::notice(std::string message, std::string detail) {
  report(catalog::Severity::note, std::move(message), std::move(detail), "00000");
}

void Interpreter::warning(std::string message, std::string sqlstate) {
  report(catalog::Severity::warning, std::move(message), {}, std::move(sqlstate));
}

}  // namespace pgplumb::engine

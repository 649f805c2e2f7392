#pragma once
// The in-memory PostgreSQL: executes statements against a Catalog as tcop/utility.c would, undoes those that fail, and
// says what became of each. Handlers (engine/ddl) are found through engine/ddl/statements.def.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalog/base/source.h"
#include "catalog/catalog.h"
#include "engine/analyze/settings.h"
#include "engine/analyze/syscache.h"
#include "engine/outcome.h"
#include "engine/session.h"
#include "engine/transaction.h"
#include "parser/statement.h"

namespace pgplumb::engine {

using catalog::Catalog;
using catalog::NotSimulated;
using catalog::Span;
using catalog::SqlError;

/// The server that a simulation plays.
struct Environment {
  int major = 15;
  std::string database = "postgres";
  Name user = "postgres";                         // the role that connects; a superuser
  std::map<std::string, std::string> parameters;  // as server, database or role have set them, by lower-case name
  std::optional<std::int64_t> now;                // microseconds since 1970-01-01 UTC, where anybody knows
};

class Interpreter {
 public:
  Interpreter(Catalog catalog, catalog::SourceMap& sources, Environment environment);
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  /// Executes one statement of a script. `statement` was parsed from the text at `span` alone.
  Outcome execute(ast::Node statement, Span span);
  Outcome execute(const parser::Statement& statement) { return execute(statement.node(), statement.span); }

  /// What a server does about a statement that does not parse: an open transaction block fails.
  void could_not_parse();

  /// Executes a statement within another: an element of CREATE SCHEMA, a command of a DO block. Throws where it fails;
  /// whoever catches that restores what was saved before.
  void run(ast::Node statement);

  /// A new connection: parameters, role and transaction start afresh. An open transaction is rolled back, temporary
  /// objects vanish.
  void start_session();

  Catalog& catalog() { return catalog_; }
  const Catalog& catalog() const { return catalog_; }
  Session& session() { return session_; }
  const Session& session() const { return session_; }
  Transaction& transaction() { return transaction_; }
  const Environment& environment() const { return environment_; }
  int major() const { return catalog_.major(); }

  /// Whether the statement was sent by the client itself, not from within a function, a DO block or another statement.
  bool is_top_level() const { return depth_ == 1; }
  /// Throws 25001 within a transaction block, a function or a DO block (PreventInTransactionBlock of
  /// access/transam/xact.c).
  void forbid_block(const std::string& command) const;
  /// Throws 25P01 outside of all of them (RequireTransactionBlock).
  void require_block(const std::string& command) const;

  /// Of the running statement as the client sent it.
  std::string_view statement_text() const;

  /// The schemas that unqualified names are looked up in, implicit ones included (namespace.c's activeSearchPath).
  std::vector<Oid> search_path() const;

  /// Types, functions, relations … as names in the running statement mean them. Valid until catalog or session change.
  const analyze::Syscache& cache() const;
  /// What of the session decides how text becomes an expression.
  analyze::Settings analysis_settings() const;

  /// What PostgreSQL would send beside the result.
  void notice(std::string message, std::string detail = {});
  void warning(std::string message, std::string sqlstate = "01000");
  const std::vector<catalog::Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  Outcome attempt(ast::Node statement);
  Outcome attempt_after_invalidations(ast::Node statement, const SavePoint& before);
  void report(catalog::Severity severity, std::string message, std::string detail, std::string sqlstate);

  Catalog catalog_;
  catalog::SourceMap& sources_;
  Environment environment_;
  Session session_;
  Transaction transaction_;
  Span span_;
  struct CacheKey {
    std::uint64_t generation = 0;
    Session::Saved session;
  };
  mutable CacheKey cache_key_;
  mutable std::unique_ptr<analyze::Syscache> cache_;
  int depth_ = 0;
  std::vector<catalog::Diagnostic> diagnostics_;
};

}  // namespace pgplumb::engine

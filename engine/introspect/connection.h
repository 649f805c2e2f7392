#pragma once
// libpq with owners: connections and results that free themselves, errors as exceptions that never hold a password.
#include <libpq-fe.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/introspect/introspect.h"

namespace pgplumb::engine {

/// The server refused a query.
struct QueryError : std::runtime_error {
  QueryError(std::string sqlstate_, const std::string& message)
      : std::runtime_error(message), sqlstate(std::move(sqlstate_)) {}
  std::string sqlstate;
};

/// Rows of text, as the server sent them.
class QueryResult {
 public:
  QueryResult() : QueryResult(nullptr) {}
  explicit QueryResult(PGresult* result) : result_(result, &PQclear) {}
  explicit operator bool() const { return result_ != nullptr; }
  int rows() const { return PQntuples(result_.get()); }
  int columns() const { return PQnfields(result_.get()); }
  bool is_null(int row, int column) const { return PQgetisnull(result_.get(), row, column); }
  std::string_view value(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column), static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
  }
  const PGresult* get() const { return result_.get(); }

 private:
  std::unique_ptr<PGresult, decltype(&PQclear)> result_;
};

class Connection {
 public:
  /// Connects and checks what answers. Throws UsageError, with what to do about it.
  static Connection open(const ConnectionSettings& settings);
  /// Begins to connect; the caller polls.
  static Connection start(const ConnectionSettings& settings);

  /// Throws QueryError where the server refuses, UsageError where the connection is lost.
  QueryResult query(const std::string& sql);
  /// All results of several commands, up to the first that was refused: check them yourself.
  std::vector<QueryResult> query_all(const std::string& sql);
  /// Turns a result into one that holds rows, or throws as `query` does.
  QueryResult checked(QueryResult result) const;

  PGconn* get() const { return connection_.get(); }
  int version_num() const { return PQserverVersion(connection_.get()); }
  /// "postgres://user@host:5432/database"
  std::string source() const;

 private:
  explicit Connection(PGconn* connection) : connection_(connection, &PQfinish) {}
  [[noreturn]] void throw_lost() const;
  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

/// libpq's message on one line, without the password of the connection.
std::string error_line(const PGconn* connection);

}  // namespace pgplumb::engine

#include "engine/introspect/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "catalog/base/diagnostic.h"
#include "engine/introspect/connection_string.h"

namespace pgplumb::engine {

namespace {

using catalog::UsageError;

constexpr int oldest_version = 130000;
constexpr int newest_major = 18;

std::string text(const char* value) { return value ? value : ""; }

std::string one_line(std::string_view message) {
  std::string out;
  for (char c : message) {
    const bool space = c == '\n' || c == '\t' || c == '\r' || c == ' ';
    if (!space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

void hide(std::string& message, std::string_view secret) {
  if (secret.empty()) return;
  for (std::size_t at = message.find(secret); at != std::string::npos; at = message.find(secret, at + 3))
    message.replace(at, secret.size(), "***");
}

/// What to do, by what libpq says in its own words or a server in English; in another language there is no hint.
struct Hint {
  std::string_view needle;
  std::string_view advice;
};
constexpr Hint hints[] = {
    {"could not translate host name", "check the host's name"},
    {"Connection refused", "check host and port, and that the server runs and listens there"},
    {"No such file or directory", "check the socket's directory and the port, or give a host name"},
    {"timeout expired", "check host, port and firewall, or allow more time with connect_timeout"},
    {"No route to host", "check host, port and firewall"},
    {"Network is unreachable", "check host and network"},
    {"SSL was required", "the server offers no TLS: use another sslmode if you trust the network"},
    {"certificate", "check sslmode and sslrootcert"},
    {"no pg_hba.conf entry", "the server does not let this user in from here: check user, database and sslmode"},
    {"permission denied for database", "GRANT CONNECT ON DATABASE to this role"},
    {"too many connections", "try again later"},
    {"remaining connection slots", "try again later"},
    {"the database system is starting up", "try again in a moment"},
    {"the database system is shutting down", "try again when it is back"},
    {"database \"", "check the database's name"},
    {"role \"", "check the user's name"},
    {"received invalid response", "is this a PostgreSQL server? Check host and port"},
    {"invalid response to SSL negotiation", "is this a PostgreSQL server? Check host and port"},
    {"expected authentication request", "is this a PostgreSQL server? Check host and port"},
    {"server closed the connection unexpectedly", "is this a PostgreSQL server? Check host and port"},
};

std::string_view advice_for(PGconn* connection, std::string_view message) {
  if (PQconnectionNeedsPassword(connection))
    return "give a password by PGPASSWORD, a password file or the connection string";
  if (PQconnectionUsedPassword(connection) && message.find("authentication failed") != std::string_view::npos)
    return "check user and password";
  for (const Hint& hint : hints)
    if (message.find(hint.needle) != std::string_view::npos) return hint.advice;
  return "check the connection string";
}

/// Without "connection to server at … failed: ", which says again what the URL before it says.
std::string_view reason(std::string_view line) {
  constexpr std::string_view failed = " failed: ";
  const std::size_t at = line.find(failed);
  const bool repeats = at != std::string_view::npos && line.starts_with("connection to server ");
  return repeats ? line.substr(at + failed.size()) : line;
}

/// libpq has a line for each address that it tried, and questions of its own on lines that begin with a tab.
std::string reasons(std::string_view message) {
  std::string out;
  while (!message.empty()) {
    const std::size_t end = std::min(message.find('\n'), message.size());
    const std::string line = one_line(reason(message.substr(0, end)));
    if (!message.starts_with('\t') && !line.empty() && out.find(line) == std::string::npos)
      out += (out.empty() ? "" : "; ") + line;
    message.remove_prefix(std::min(end + 1, message.size()));
  }
  return out;
}

[[noreturn]] void throw_unreachable(PGconn* connection, const std::string& source) {
  std::string message = reasons(PQerrorMessage(connection));
  hide(message, text(PQpass(connection)));
  throw UsageError(fmt::format("can't connect to {}: {}: {}", source, message, advice_for(connection, message)));
}

PGconn* connect(const ConnectionSettings& settings, bool wait) {
  const ConnectionParameters parameters = connection_parameters(settings);
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : parameters.pairs) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  PGconn* connection = wait ? PQconnectdbParams(keywords.data(), values.data(), 1)
                            : PQconnectStartParams(keywords.data(), values.data(), 1);
  if (!connection) throw std::bad_alloc();
  PQsetNoticeProcessor(
      connection, [](void*, const char*) {}, nullptr);
  return connection;
}

void check_server(Connection& connection) {
  const int version = connection.version_num();
  if (version < oldest_version)
    throw UsageError(fmt::format("{} is PostgreSQL {}: pgplumb reads PostgreSQL 13 to {}", connection.source(),
                                 text(PQparameterStatus(connection.get(), "server_version")), newest_major));
  if (version / 10000 > newest_major)
    throw UsageError(fmt::format("{} is PostgreSQL {}, newer than this pgplumb knows (13 to {}): use a newer pgplumb",
                                 connection.source(), text(PQparameterStatus(connection.get(), "server_version")),
                                 newest_major));
}

}  // namespace

std::string error_line(const PGconn* connection) {
  std::string message = one_line(PQerrorMessage(connection));
  hide(message, text(PQpass(connection)));
  return message;
}

Connection Connection::open(const ConnectionSettings& settings) {
  Connection connection(connect(settings, true));
  if (PQstatus(connection.get()) != CONNECTION_OK) throw_unreachable(connection.get(), connection.source());
  check_server(connection);
  return connection;
}

Connection Connection::start(const ConnectionSettings& settings) { return Connection(connect(settings, false)); }

std::string Connection::source() const {
  PGconn* c = connection_.get();
  return describe_target(text(PQuser(c)), text(PQhost(c)), text(PQport(c)), text(PQdb(c)));
}

void Connection::throw_lost() const {
  throw UsageError(fmt::format("lost the connection to {} while reading: {}: try again when the server is back",
                               source(), error_line(connection_.get())));
}

QueryResult Connection::checked(QueryResult result) const {
  if (PQstatus(connection_.get()) != CONNECTION_OK || !result) throw_lost();
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return result;
  const std::string sqlstate = text(PQresultErrorField(result.get(), PG_DIAG_SQLSTATE));
  // Class 57P is an operator's intervention and 08 a broken connection: the server, or a pooler, ends the session.
  if (sqlstate.starts_with("57P") || sqlstate.starts_with("08") || sqlstate.empty()) throw_lost();
  throw QueryError(sqlstate, one_line(text(PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY))));
}

QueryResult Connection::query(const std::string& sql) {
  return checked(QueryResult(PQexec(connection_.get(), sql.c_str())));
}

std::vector<QueryResult> Connection::query_all(const std::string& sql) {
  std::vector<QueryResult> results;
  if (!PQsendQuery(connection_.get(), sql.c_str())) throw_lost();
  while (PGresult* result = PQgetResult(connection_.get())) results.emplace_back(result);
  if (PQstatus(connection_.get()) != CONNECTION_OK || results.empty()) throw_lost();
  return results;
}

}  // namespace pgplumb::engine

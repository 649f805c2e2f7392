#include "engine/introspect/connection_string.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "catalog/base/diagnostic.h"

namespace pgplumb::engine {

namespace {

using catalog::UsageError;
using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

bool is_url(std::string_view text) { return text.starts_with("postgres://") || text.starts_with("postgresql://"); }

// libpq's own words would quote the text, and with it the password.
[[noreturn]] void refuse() {
  throw UsageError(
      "the connection string can't be understood: write postgres://user:password@host:port/database, with special "
      "characters of user and password percent-encoded (@ as %40, / as %2F, : as %3A, ? as %3F), or give the password "
      "by PGPASSWORD or a password file");
}

bool is_port_list(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == ','; });
}

/// Neither a URL of PostgreSQL's nor the name of a database.
void check_name(std::string_view target) {
  if (target.find("://") != std::string_view::npos)
    throw UsageError("a database's URL begins with postgres:// or postgresql://");
  if (target.find('@') != std::string_view::npos) refuse();
}

/// A raw @ behind the first slash means that the slash was part of a password.
void check_url(std::string_view url) {
  const std::string_view rest = url.substr(url.find("://") + 3);
  const std::string_view before_query = rest.substr(0, rest.find('?'));
  const std::size_t slash = before_query.find('/');
  if (slash != std::string_view::npos && before_query.find('@', slash) != std::string_view::npos) refuse();
  const std::size_t at = before_query.find('@');
  if (at != std::string_view::npos && before_query.find('@', at + 1) != std::string_view::npos) refuse();
}

Options parse(const std::string& target) {
  char* error = nullptr;
  Options options(PQconninfoParse(target.c_str(), &error), &PQconninfoFree);
  PQfreemem(error);
  if (!options) refuse();
  return options;
}

const char* value_of(const PQconninfoOption* options, std::string_view keyword) {
  for (const PQconninfoOption* option = options; option && option->keyword; ++option)
    if (keyword == option->keyword) return option->val;
  return nullptr;
}

bool has(const PQconninfoOption* options, std::string_view keyword, const char* variable) {
  return value_of(options, keyword) || std::getenv(variable);
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos ||
                       static_cast<unsigned char>(c) >= 0x80;
    if (plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace

ConnectionParameters connection_parameters(const ConnectionSettings& settings) {
  const bool is_string = is_url(settings.target) || settings.target.find('=') != std::string::npos;
  if (is_url(settings.target))
    check_url(settings.target);
  else if (!is_string)
    check_name(settings.target);
  const Options options = is_string ? parse(settings.target) : Options(nullptr, &PQconninfoFree);
  if (const char* port = value_of(options.get(), "port"); port && !is_port_list(port)) refuse();
  if (const char* host = value_of(options.get(), "host"); host && is_url(settings.target))
    if (std::string_view(host).find('@') != std::string_view::npos) refuse();

  ConnectionParameters parameters;
  if (!settings.target.empty()) parameters.pairs.emplace_back("dbname", settings.target);
  parameters.pairs.emplace_back("fallback_application_name", "pgplumb");
  parameters.pairs.emplace_back("client_encoding", "UTF8");
  // What a service file says can't be known here, and what is given explicitly would override it.
  if (settings.connect_timeout_seconds > 0 && !has(options.get(), "connect_timeout", "PGCONNECT_TIMEOUT") &&
      !has(options.get(), "service", "PGSERVICE"))
    parameters.pairs.emplace_back("connect_timeout", std::to_string(settings.connect_timeout_seconds));
  return parameters;
}

std::string describe_target(const std::string& user, const std::string& host, const std::string& port,
                            const std::string& database) {
  const std::string login = user.empty() ? "" : percent_encoded(user) + "@";
  const bool socket = host.starts_with('/') || host.starts_with('@');
  const bool literal = host.find(':') != std::string::npos;
  std::string place;
  if (!socket) place = (literal ? "[" + host + "]" : host) + (port.empty() ? "" : ":" + port);
  std::string url = "postgres://" + login + place + "/" + percent_encoded(database);
  if (socket) url += "?host=" + host + "&port=" + port;
  return url;
}

}  // namespace pgplumb::engine

#pragma once
// What a user may give to say where the database is, checked so that no part of a password can end up in a message.
#include <string>
#include <utility>
#include <vector>

#include "engine/introspect/introspect.h"

namespace pgplumb::engine {

/// Parameters for PQconnectdbParams, with expand_dbname.
struct ConnectionParameters {
  std::vector<std::pair<std::string, std::string>> pairs;
};

/// Throws UsageError where libpq would not understand the target, or would take a part of a password that is not
/// percent-encoded for something else.
ConnectionParameters connection_parameters(const ConnectionSettings& settings);

/// "postgres://user@host:5432/database"; a host that begins with a slash is a directory of sockets.
std::string describe_target(const std::string& user, const std::string& host, const std::string& port,
                            const std::string& database);

}  // namespace pgplumb::engine

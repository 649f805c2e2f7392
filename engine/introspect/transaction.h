#pragma once
// The transactions in which catalogs are read. All settings are SET LOCAL: a pooler in transaction mode gives each
// transaction another session.
#include <string>

#include "engine/introspect/connection.h"

namespace pgplumb::engine {

struct SnapshotInfo {
  std::string version;   // "15.4 (Debian 15.4-1)"
  std::string snapshot;  // for joining_transaction; empty where the server exports none
};

/// Begins to read on a connection; throws UsageError where what answers is no PostgreSQL.
SnapshotInfo begin_transaction(Connection& connection, const ConnectionSettings& settings, bool export_snapshot);

/// The commands that begin to read in the snapshot of another connection.
std::string joining_transaction(const ConnectionSettings& settings, const std::string& snapshot);

/// After a refused query, so that the transaction can go on.
inline constexpr const char* back_to_savepoint = "ROLLBACK TO SAVEPOINT pgplumb";

/// Ends the transaction, and runs one query with the same settings in another.
QueryResult query_in_new_transaction(Connection& connection, const ConnectionSettings& settings,
                                     const std::string& sql);

}  // namespace pgplumb::engine

#pragma once
// The transactions in which catalogs are read. All settings are SET LOCAL: a pooler in transaction mode gives each
// transaction another session.
#include <string>

#include "engine/introspect/connection.h"

namespace pgplumb::engine {

struct SnapshotInfo {
  std::string version;   // "15.4 (Debian 15.4-1)"
  std::string snapshot;  // for joining_transaction; empty where the server exports none
  std::string seen;      // which transactions it sees, by current_snapshot_sql
};

/// One row, one value: the transactions that a snapshot sees. Two of them that are equal have the same catalogs between
/// them, since whatever writes has a number. NULL on a standby, which does not list those that are under way
/// (pg_current_snapshot of xid8funcs.c).
inline constexpr const char* current_snapshot_sql =
    "SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_current_snapshot()::text END";

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

#pragma once
// A live database's catalogs, read into the same Catalog that the interpreter fills.
//
// Reads only, in one snapshot: every connection runs a READ ONLY, REPEATABLE READ transaction and ends it with
// ROLLBACK. Needs no right but CONNECT: what a role may not see is said in `unseen`, and never taken for absent.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace pgplumb::engine {

/// Where the database is, and how patient to be with it.
struct ConnectionSettings {
  /// A URL (postgres://…), keywords ("host=… dbname=…", "service=…") or a database's name; empty: what libpq's
  /// environment variables say. They, ~/.pgpass and pg_service.conf complete whatever is not given here.
  std::string target;
  int connect_timeout_seconds = 10;    // used where neither target, environment nor service say one; 0: libpq's own
  int statement_timeout_ms = 120'000;  // of one query; 0: none
  int lock_timeout_ms = 10'000;        // 0: none
};

/// How far an attempt to read has come.
enum class IntrospectStage : std::uint8_t { snapshot_taken, fetched };

struct IntrospectOptions {
  int connections = 0;                            // 0: as many as the machine has cores, at most 4
  int attempts = 3;                               // how often to read when DDL commits meanwhile
  std::function<void(IntrospectStage)> progress;  // called when a stage is reached; may be empty
  std::function<void(int)> connected;             // called with the server's version_num by each attempt; may be empty
};

/// Something that exists on the server and has no place in the Catalog.
struct Unmodeled {
  std::string what;  // plural, as in "large objects"
  std::int64_t count = 0;
  std::vector<std::string> examples;  // names of the first few, where they have names
  bool of_schema = false;             // what migrations make: it may differ unnoticed
};

struct LiveCatalog {
  catalog::Catalog catalog;
  int server_version_num = 0;  // 150004
  std::string server_version;  // "15.4 (Debian 15.4-1)"
  std::string source;          // "postgres://user@host:5432/database": never a password
  std::vector<Unmodeled> unmodeled;
  std::vector<std::string> unseen;  // sentences: what may differ unnoticed, and why
  std::vector<std::string> notes;   // sentences that don't weaken the verdict
  int connections = 1;              // that shared the snapshot
  int attempts = 1;
};

/// Reads the database. Throws catalog::UsageError, with one line that says what to do, where that can't be done: no
/// server, wrong password, no such database, a server that is not PostgreSQL 13 to 18, a server that vanishes, a schema
/// that keeps changing.
LiveCatalog introspect(const ConnectionSettings& settings, const IntrospectOptions& options = {});

}  // namespace pgplumb::engine

#pragma once
// Several connections that see one snapshot: the first exports it, the others import it. One that can't join (no slot
// left, a pooler without a free server, another server behind the same name) is done without.
//
// One thread drives them all: it sends each connection its next query as soon as that is free, so nobody waits for a
// connection that is slow to come. Results don't depend on the number of connections.
#include <string>
#include <vector>

#include "engine/introspect/connection.h"

namespace pgplumb::engine {

/// What became of one query: its rows, or why the role may not see them.
struct QueryOutcome {
  QueryResult result;
  std::string denied;  // the server's message where a right is missing
};

struct SnapshotQuery {
  std::string sql;
  /// Whether the server prints expressions for it. That takes a backend's own knowledge of each relation, which is most of
  /// the work: one connection does it for all, unless another one has nothing else to do.
  bool prints = false;
};

class SnapshotGroup {
 public:
  /// Takes the snapshot on a new connection and begins to connect the others.
  SnapshotGroup(const ConnectionSettings& settings, int connections);
  ~SnapshotGroup();
  SnapshotGroup(const SnapshotGroup&) = delete;
  SnapshotGroup& operator=(const SnapshotGroup&) = delete;

  int version_num() const;
  const std::string& version() const { return version_; }
  std::string source() const;
  /// How many connections have taken part so far.
  int joined() const;

  /// Runs all queries within the snapshot; the outcomes are in the order of the queries. Throws QueryError where a
  /// query fails for another reason than a missing right, UsageError where the server is lost.
  std::vector<QueryOutcome> run(const std::vector<SnapshotQuery>& queries);

  /// Which transactions the snapshot sees, by current_snapshot_sql; empty where the server can't tell.
  const std::string& seen() const { return seen_; }
  /// A connection that the group can do without, and has left it; null where there is none.
  Connection* spare();
  /// Runs one query in a new transaction of the spare connection.
  QueryResult query_newest(Connection& spare, const std::string& sql);

  /// Ends the snapshot, and runs one query in a new one.
  QueryResult query_afterwards(const std::string& sql);

 private:
  struct Member;
  class Run;
  ConnectionSettings settings_;
  std::string snapshot_;
  std::string seen_;
  std::string version_;
  std::vector<Member> members_;
  bool has_spare_ = false;  // the last member
};

}  // namespace pgplumb::engine

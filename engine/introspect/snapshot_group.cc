#include "engine/introspect/snapshot_group.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <numeric>

#include "catalog/base/diagnostic.h"
#include "engine/introspect/transaction.h"

namespace pgplumb::engine {

namespace {

constexpr std::string_view insufficient_privilege = "42501";
constexpr std::size_t no_query = static_cast<std::size_t>(-1);

}  // namespace

/// One connection and what it is at.
struct SnapshotGroup::Member {
  enum class State { connecting, joining, idle, busy, recovering, gone };
  explicit Member(Connection c, State s) : connection(std::move(c)), state(s) {}
  Connection connection;
  State state;
  PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;  // while connecting
  std::size_t query = no_query;
  bool failed = false;  // a result of the running command was an error
  bool waiting() const { return state != State::idle && state != State::gone; }
};

SnapshotGroup::~SnapshotGroup() = default;

SnapshotGroup::SnapshotGroup(const ConnectionSettings& settings, int connections) : settings_(settings) {
  members_.emplace_back(Connection::open(settings), Member::State::idle);
  const SnapshotInfo info = begin_transaction(members_[0].connection, settings, connections > 1);
  version_ = info.version;
  snapshot_ = info.snapshot;
  seen_ = info.seen;
  for (int i = 1; i < connections && !snapshot_.empty(); ++i) {
    Connection other = Connection::start(settings);
    if (PQstatus(other.get()) != CONNECTION_BAD) members_.emplace_back(std::move(other), Member::State::connecting);
  }
}

int SnapshotGroup::version_num() const { return members_[0].connection.version_num(); }
std::string SnapshotGroup::source() const { return members_[0].connection.source(); }

int SnapshotGroup::joined() const {
  return static_cast<int>(std::count_if(members_.begin(), members_.end(), [](const Member& member) {
    return member.state == Member::State::idle || member.state == Member::State::busy;
  }));
}

/// The loop that feeds the connections until all queries are answered.
class SnapshotGroup::Run {
 public:
  Run(SnapshotGroup& group, const std::vector<SnapshotQuery>& queries)
      : group_(group), queries_(queries), outcomes_(queries.size()), waiting_(queries.size()) {
    std::iota(waiting_.begin(), waiting_.end(), std::size_t{0});
  }

  std::vector<QueryOutcome> finish() {
    while (answered_ < queries_.size()) {
      for (Member& member : group_.members_) feed(member);
      wait();
    }
    return std::move(outcomes_);
  }

 private:
  void feed(Member& member) {
    if (member.state != Member::State::idle) return;
    if (waiting_.empty()) return;
    const bool prints = &member == &group_.members_[0];
    auto next = std::find_if(waiting_.begin(), waiting_.end(), [&](std::size_t i) { return queries_[i].prints == prints; });
    if (next == waiting_.end()) next = waiting_.begin();
    member.query = *next;
    waiting_.erase(next);
    send(member, queries_[member.query].sql, Member::State::busy);
  }

  void send(Member& member, const std::string& sql, Member::State state) {
    member.state = state;
    member.failed = false;
    if (!PQsendQuery(member.connection.get(), sql.c_str())) lose(member);
  }

  void wait() {
    std::vector<pollfd> sockets;
    std::vector<Member*> waiting;
    for (Member& member : group_.members_) {
      if (!member.waiting()) continue;
      const bool writes = member.state == Member::State::connecting && member.wanted == PGRES_POLLING_WRITING;
      sockets.push_back({PQsocket(member.connection.get()), static_cast<short>(writes ? POLLOUT : POLLIN), 0});
      waiting.push_back(&member);
    }
    if (poll(sockets.data(), sockets.size(), -1) < 0 && errno != EINTR) throw std::runtime_error("poll() failed");
    for (std::size_t i = 0; i < waiting.size(); ++i)
      if (sockets[i].revents) advance(*waiting[i]);
  }

  void advance(Member& member) {
    if (member.state == Member::State::connecting) return advance_connecting(member);
    PGconn* connection = member.connection.get();
    if (!PQconsumeInput(connection)) return lose(member);
    while (member.waiting() && !PQisBusy(connection)) {
      QueryResult result(PQgetResult(connection));
      if (result)
        take(member, std::move(result));
      else
        complete(member);
    }
  }

  void advance_connecting(Member& member) {
    member.wanted = PQconnectPoll(member.connection.get());
    if (member.wanted == PGRES_POLLING_FAILED) return drop(member);
    if (member.wanted != PGRES_POLLING_OK) return;
    if (member.connection.version_num() != group_.version_num()) return drop(member);
    send(member, joining_transaction(group_.settings_, group_.snapshot_), Member::State::joining);
  }

  void take(Member& member, QueryResult result) {
    const ExecStatusType status = PQresultStatus(result.get());
    const bool ok = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
    if (!ok) member.failed = true;
    if (member.state != Member::State::busy) return;
    if (ok) {
      outcomes_[member.query].result = std::move(result);
      return;
    }
    try {
      member.connection.checked(std::move(result));
    } catch (const QueryError& error) {
      if (error.sqlstate != insufficient_privilege) throw;
      outcomes_[member.query].denied = error.what();
    }
  }

  /// The running command has given all its results.
  void complete(Member& member) {
    switch (member.state) {
      case Member::State::joining:
      case Member::State::recovering:
        if (member.failed) return drop(member);
        member.state = Member::State::idle;
        return;
      case Member::State::busy:
        ++answered_;
        member.query = no_query;
        member.state = Member::State::idle;
        if (member.failed) send(member, back_to_savepoint, Member::State::recovering);
        return;
      default:
        return;
    }
  }

  void lose(Member& member) {
    if (&member == &group_.members_[0]) member.connection.checked(QueryResult());  // throws
    drop(member);
  }

  void drop(Member& member) {
    if (member.query != no_query) waiting_.insert(waiting_.begin(), member.query);
    member.query = no_query;
    member.state = Member::State::gone;
  }

  SnapshotGroup& group_;
  const std::vector<SnapshotQuery>& queries_;
  std::vector<QueryOutcome> outcomes_;
  std::vector<std::size_t> waiting_;  // in the order of the queries; what a lost connection was at is first
  std::size_t answered_ = 0;
};

std::vector<QueryOutcome> SnapshotGroup::run(const std::vector<SnapshotQuery>& queries) {
  return Run(*this, queries).finish();
}

Connection* SnapshotGroup::spare() {
  if (members_.size() < 2) return nullptr;
  Member& last = members_.back();
  if (last.state == Member::State::idle) {
    last.state = Member::State::gone;
    has_spare_ = true;
  }
  return has_spare_ ? &last.connection : nullptr;
}

QueryResult SnapshotGroup::query_newest(Connection& spare, const std::string& sql) {
  return query_in_new_transaction(spare, settings_, sql);
}

QueryResult SnapshotGroup::query_afterwards(const std::string& sql) {
  members_.erase(members_.begin() + 1, members_.end());
  return query_in_new_transaction(members_[0].connection, settings_, sql);
}

}  // namespace pgplumb::engine

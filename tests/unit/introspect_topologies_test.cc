// Servers behind a pooler, and standbys: the same reading as from the server itself.
#include <chrono>
#include <thread>

#include "catalog/freeze.h"
#include "engine/introspect/introspect.h"
#include "tests/catch.h"
#include "tests/unit/introspect_server.h"

using namespace pgplumb;

namespace {

engine::LiveCatalog read(const std::string& url, int connections) {
  engine::IntrospectOptions options;
  options.connections = connections;
  return engine::introspect({url}, options);
}

catalog::Hash128 hash(engine::LiveCatalog live) {
  return catalog::freeze(std::make_shared<const catalog::Catalog>(std::move(live.catalog))).root();
}

constexpr const char* schema_sql =
    "CREATE TABLE t (a int PRIMARY KEY, b text DEFAULT 'x', c timestamptz DEFAULT '2020-01-01 00:00+00'); "
    "CREATE VIEW v AS SELECT a, b FROM t; CREATE INDEX ON t (lower(b))";

}  // namespace

TEST_CASE("a pooler in transaction mode does not change what is read", "[introspect][servers]") {
  const auto pooler = tests::server_from("PGPLUMB_TEST_PGBOUNCER");
  const auto server = tests::server_from("PGPLUMB_TEST_PGBOUNCER_SERVER");
  if (!pooler || !server) return;
  tests::ScratchDatabase database(*server);
  database.execute(schema_sql);
  database.execute("ALTER DATABASE " + database.name() + " SET search_path = public; ALTER DATABASE " +
                   database.name() +
                   " SET DateStyle = 'SQL, DMY'; "
                   "ALTER DATABASE " +
                   database.name() + " SET TimeZone = 'Asia/Tokyo'; ALTER DATABASE " + database.name() +
                   " SET quote_all_identifiers = on");
  const catalog::Hash128 direct = hash(read(database.url(), 1));
  for (int connections : {1, 4})
    CHECK(hash(read(tests::with_database(*pooler, database.name()), connections)) == direct);
}

TEST_CASE("a standby is read over several connections", "[introspect][servers]") {
  const auto standby = tests::server_from("PGPLUMB_TEST_STANDBY");
  const auto primary = tests::server_from("PGPLUMB_TEST_STANDBY_PRIMARY");
  if (!standby || !primary) return;
  tests::ScratchDatabase database(*primary);
  database.execute(schema_sql);
  engine::Connection at_primary = engine::Connection::open({*primary});
  const std::string lsn(at_primary.query("SELECT pg_current_wal_lsn()").value(0, 0));
  engine::Connection replica = engine::Connection::open({*standby});
  while (replica.query("SELECT pg_last_wal_replay_lsn() >= '" + lsn + "'").value(0, 0) != "t")
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const catalog::Hash128 expected = hash(read(database.url(), 1));
  for (int connections : {1, 4})
    CHECK(hash(read(tests::with_database(*standby, database.name()), connections)) == expected);
}

TEST_CASE("connections that can't join are done without", "[introspect][servers]") {
  const auto servers = tests::test_servers();
  if (servers.empty()) return;
  tests::ScratchDatabase database(servers.front().url);
  database.execute(schema_sql);
  const std::string role = database.make_role("lonely", "LOGIN CONNECTION LIMIT 1");
  const engine::LiveCatalog live = read(database.url(role), 4);
  CHECK(live.connections == 1);
  CHECK(live.unseen.empty());
}

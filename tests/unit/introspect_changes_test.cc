// What happens to a database while it is read.
#include "catalog/base/diagnostic.h"
#include "catalog/kinds/schema.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/view.h"
#include "engine/introspect/introspect.h"
#include "tests/catch.h"
#include "tests/unit/introspect_server.h"

using namespace pgplumb;
using Catch::Contains;
using engine::IntrospectOptions;
using engine::IntrospectStage;

namespace {

/// Options that run SQL in the database each time that a stage is reached, at most `times` times.
IntrospectOptions disturbed(tests::ScratchDatabase& database, IntrospectStage when, int times,
                            std::function<std::string(int)> sql) {
  IntrospectOptions options;
  options.connections = 2;
  options.progress = [&database, when, times, sql, count = 0](IntrospectStage stage) mutable {
    if (stage == when && count < times) database.execute(sql(++count));
  };
  return options;
}

std::string query_of(const catalog::Catalog& catalog, const char* view) {
  const auto* schema = catalog.find_named<catalog::Schema>(catalog::invalid_oid, "public");
  const auto* found = catalog.find_named<catalog::View>(schema->oid, view);
  return found ? found->query.text : "";
}

}  // namespace

TEST_CASE("a rename that commits while the database is read makes it read again", "[introspect][servers]") {
  for (const tests::TestServer& server : tests::test_servers()) {
    INFO("PostgreSQL " << server.major);
    tests::ScratchDatabase database(server.url);
    database.execute("CREATE TABLE t (a int CHECK (a > 0)); CREATE VIEW v AS SELECT a AS x FROM t");
    const auto options = disturbed(database, IntrospectStage::snapshot_taken, 1,
                                   [](int) { return "ALTER TABLE t RENAME COLUMN a TO renamed"; });
    const engine::LiveCatalog live = engine::introspect({database.url()}, options);
    CHECK(live.attempts == 2);
    CHECK_THAT(query_of(live.catalog, "v"), Contains("renamed"));
  }
}

TEST_CASE("what is dropped or replaced while the database is read makes it read again", "[introspect][servers]") {
  const auto servers = tests::test_servers();
  const char* changes[] = {"DROP VIEW v",
                           "CREATE OR REPLACE VIEW v AS SELECT 2 * a AS x FROM t",
                           "DROP TABLE t CASCADE",
                           "ALTER FUNCTION f(int) RENAME TO g",
                           "DROP FUNCTION f(int) CASCADE",
                           "ALTER TYPE mood RENAME TO temper",
                           "ALTER SCHEMA s RENAME TO s2",
                           "DROP INDEX i"};
  for (const tests::TestServer& server : servers) {
    for (const char* change : changes) {
      INFO("PostgreSQL " << server.major << ": " << change);
      tests::ScratchDatabase database(server.url);
      database.execute(
          "CREATE SCHEMA s; CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (a int, m mood DEFAULT 'ok'); "
          "CREATE TABLE s.u (b int); CREATE VIEW v AS SELECT a AS x FROM t; CREATE FUNCTION f(int) RETURNS int "
          "LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE INDEX i ON t (f(a)); ALTER TABLE s.u ADD CHECK (f(b) > 0); "
          "CREATE VIEW w AS SELECT b FROM s.u");
      const auto options =
          disturbed(database, IntrospectStage::snapshot_taken, 1, [&](int) { return std::string(change); });
      engine::LiveCatalog live = engine::introspect({database.url()}, options);
      CHECK(live.attempts == 2);
      CHECK(live.unseen.empty());
    }
  }
}

TEST_CASE("a change that was under way when the reading began makes it read again", "[introspect][servers]") {
  for (const tests::TestServer& server : tests::test_servers()) {
    INFO("PostgreSQL " << server.major);
    tests::ScratchDatabase database(server.url);
    database.execute("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a AS x FROM t");
    database.execute("BEGIN; ALTER TABLE t RENAME COLUMN a TO renamed");
    const auto options = disturbed(database, IntrospectStage::snapshot_taken, 1, [](int) { return "COMMIT"; });
    const engine::LiveCatalog live = engine::introspect({database.url()}, options);
    CHECK(live.attempts == 2);
    CHECK_THAT(query_of(live.catalog, "v"), Contains("renamed"));
  }
}

TEST_CASE("a schema that never holds still is given up, with one line", "[introspect][servers]") {
  const auto servers = tests::test_servers();
  if (servers.empty()) return;
  tests::ScratchDatabase database(servers.front().url);
  database.execute("CREATE TABLE t0 (a int)");
  const auto options = disturbed(database, IntrospectStage::fetched, 9, [](int n) {
    return "ALTER TABLE t" + std::to_string(n - 1) + " RENAME TO t" + std::to_string(n);
  });
  CHECK_THROWS_WITH(engine::introspect({database.url()}, options), Contains("changed under me each of the 3 times"));
}

TEST_CASE("what is not schema may change while the database is read", "[introspect][servers]") {
  const auto servers = tests::test_servers();
  if (servers.empty()) return;
  tests::ScratchDatabase database(servers.back().url);
  database.execute("CREATE TABLE t (a int); CREATE MATERIALIZED VIEW m AS SELECT a FROM t");
  const auto options = disturbed(database, IntrospectStage::snapshot_taken, 1, [](int) {
    return "INSERT INTO t VALUES (1); TRUNCATE t; REFRESH MATERIALIZED VIEW m; ANALYZE t; "
           "CREATE TEMP TABLE scratch (a int PRIMARY KEY DEFAULT 1, b text); CREATE TEMP VIEW w AS SELECT b FROM scratch; "
           "CREATE ROLE passer_by; DROP ROLE passer_by";
  });
  CHECK(engine::introspect({database.url()}, options).attempts == 1);
}

TEST_CASE("a server that ends the session half way is an error of one line", "[introspect][servers]") {
  for (const tests::TestServer& server : tests::test_servers()) {
    INFO("PostgreSQL " << server.major);
    tests::ScratchDatabase database(server.url);
    for (IntrospectStage stage : {IntrospectStage::snapshot_taken, IntrospectStage::fetched}) {
      const auto options = disturbed(database, stage, 1, [&](int) {
        return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pgplumb' "
               "AND datname = '" +
               database.name() + "' AND pid <> pg_backend_pid()";
      });
      std::string message;
      try {
        engine::introspect({database.url()}, options);
      } catch (const catalog::UsageError& error) {
        message = error.what();
      }
      CHECK_THAT(message, Contains("lost the connection to postgres://"));
      CHECK(message.find('\n') == std::string::npos);
    }
  }
}

// What can go wrong before anything is read: each an error of one line, that says what to do and holds no password.
#include "catalog/base/diagnostic.h"
#include "engine/introspect/introspect.h"
#include "tests/catch.h"
#include "tests/unit/introspect_fake_server.h"
#include "tests/unit/introspect_server.h"

using namespace pgplumb;
using Catch::Contains;

namespace {

/// The message; fails where there is none, where it has several lines, or where it holds the secret.
std::string refusal(const std::string& target, const std::string& secret = "hush") {
  std::string message;
  try {
    engine::introspect({target});
  } catch (const catalog::UsageError& error) {
    message = error.what();
  }
  INFO(message);
  CHECK(!message.empty());
  CHECK(message.find('\n') == std::string::npos);
  CHECK(message.find(secret) == std::string::npos);
  return message;
}

}  // namespace

TEST_CASE("connection strings that can't be understood are refused without being quoted", "[introspect]") {
  const char* targets[] = {"postgres://user:hu@hush@127.0.0.1:5/db",
                           "postgres://user:7/hush@127.0.0.1:5/db",
                           "postgres://user:x/hush@127.0.0.1:5/db",
                           "postgres://user:x%zzhush@127.0.0.1:5/db",
                           "postgres://user:hush@127.0.0.1:po/db",
                           "postgres://user@127.0.0.1:5/db?hush",
                           "postgres://user:hush@[::1/db",
                           "host=127.0.0.1 password=x hush",
                           "host=127.0.0.1 hush=x",
                           "host=127.0.0.1 password='hush",
                           "mysql://user:hush@127.0.0.1/db",
                           "user:hush@127.0.0.1/db"};
  for (const char* target : targets) {
    INFO(target);
    const std::string message = refusal(target);
    CHECK_THAT(message, Contains("postgres://"));
  }
}

TEST_CASE("a server that can't be reached", "[introspect]") {
  CHECK_THAT(refusal("postgres://user:hush@127.0.0.1:1/db"),
             Contains("can't connect to postgres://user@127.0.0.1:1/db: ") && Contains("Connection refused") &&
                 Contains("check host and port"));
  CHECK_THAT(refusal("postgres://user:hush@no-such-host.invalid/db"), Contains("check the host's name"));
  CHECK_THAT(refusal("postgres://user:hush@%2Fno%2Fsuch%2Fdirectory/db"), Contains("check the socket's directory"));
  CHECK_THAT(refusal("service=no-such-service"), Contains("no-such-service"));
}

TEST_CASE("something that is no PostgreSQL", "[introspect]") {
  const tests::FakeServer web([](int socket) {
    tests::receive(socket);
    tests::send_text(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  CHECK_THAT(refusal(web.url()), Contains("is this a PostgreSQL server?"));
  const tests::FakeServer mute([](int socket) { tests::receive(socket); });
  CHECK_THAT(refusal(mute.url()), Contains("is this a PostgreSQL server?"));
  const tests::FakeServer cousin([](int socket) {
    tests::greet(socket, "13.0.0");
    tests::answer(socket, {"CockroachDB CCL v24.1", "13.0.0"});
  });
  CHECK_THAT(refusal(cousin.url()), Contains("is no PostgreSQL but \"CockroachDB CCL v24.1\""));
}

TEST_CASE("a server that says nothing is not waited for longer than connect_timeout", "[introspect]") {
  std::atomic<bool> over = false;
  const tests::FakeServer silent([&](int) {
    while (!over) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  });
  CHECK_THAT(refusal(silent.url("&connect_timeout=2")), Contains("timeout expired"));
  over = true;
}

TEST_CASE("servers of majors that are not known", "[introspect]") {
  const tests::FakeServer old([](int socket) { tests::greet(socket, "12.22"); });
  CHECK_THAT(refusal(old.url()), Contains("is PostgreSQL 12.22: pgplumb reads PostgreSQL 13 to 18"));
  const tests::FakeServer next([](int socket) { tests::greet(socket, "19beta1"); });
  CHECK_THAT(refusal(next.url()), Contains("newer than this pgplumb knows"));
}

TEST_CASE("a server that refuses to be read", "[introspect]") {
  const tests::FakeServer server([](int socket) {
    tests::greet(socket, "15.4");
    tests::answer(socket, {});
  });
  CHECK_THAT(refusal(server.url()), Contains("the server can't be read: not here (SQLSTATE 0A000)"));
}

TEST_CASE("a missing database, an unknown user, a role without CONNECT, TLS that is not offered",
          "[introspect][servers]") {
  for (const tests::TestServer& server : tests::test_servers()) {
    INFO("PostgreSQL " << server.major);
    CHECK_THAT(refusal(tests::with_database(server.url, "no_such_database")),
               Contains("\"no_such_database\" does not exist") && Contains("check the database's name"));
    CHECK_THAT(refusal(tests::with_database(server.url, "postgres", "nobody:hush")),
               Contains("\"nobody\" does not exist") && Contains("check the user's name"));
    CHECK_THAT(refusal(tests::with_database(server.url, "postgres?sslmode=require")), Contains("offers no TLS"));
    tests::ScratchDatabase database(server.url);
    database.execute("REVOKE CONNECT ON DATABASE " + database.name() + " FROM PUBLIC");
    CHECK_THAT(refusal(database.url(database.make_role("outsider"))), Contains("GRANT CONNECT"));
  }
}

TEST_CASE("a wrong password and no password", "[introspect][servers]") {
  const auto url = tests::server_from("PGPLUMB_TEST_GUARDED");
  if (!url) return;
  const std::size_t start = url->find("://") + 3, colon = url->find(':', start), at = url->find('@');
  const std::string password = url->substr(colon + 1, at - colon - 1);
  const std::string wrong = url->substr(0, colon) + ":hush%40hush" + url->substr(at);
  CHECK_THAT(refusal(wrong), Contains("check user and password"));
  const std::string none = url->substr(0, colon) + url->substr(at);
  CHECK_THAT(refusal(none, password), Contains("PGPASSWORD"));
  const engine::LiveCatalog live = engine::introspect({*url + "?sslmode=require"});
  CHECK(live.source.find(password) == std::string::npos);
}

TEST_CASE("queries that take too long", "[introspect][servers]") {
  const auto servers = tests::test_servers();
  if (servers.empty()) return;
  tests::ScratchDatabase database(servers.front().url);
  engine::ConnectionSettings settings{database.url()};
  settings.statement_timeout_ms = 1;
  CHECK_THROWS_WITH(engine::introspect(settings), Contains("took longer than 1 ms"));
  settings = {database.url()};
  settings.lock_timeout_ms = 50;
  engine::IntrospectOptions options;
  options.progress = [&](engine::IntrospectStage stage) {
    if (stage == engine::IntrospectStage::snapshot_taken) database.execute("BEGIN; LOCK TABLE pg_rewrite");
  };
  CHECK_THROWS_WITH(engine::introspect(settings, options), Contains("did not release it within 50 ms"));
}

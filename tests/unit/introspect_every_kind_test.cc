// Every kind of object, read from a real server of every major.
#include <set>

#include "catalog/snapshot.h"
#include "engine/introspect/introspect.h"
#include "tests/catch.h"
#include "tests/unit/introspect_server.h"

using namespace pgplumb;
using catalog::Kind;

namespace {

struct Read {
  engine::LiveCatalog live;
  catalog::SealedCatalog sealed;
};

Read read(const std::string& url, int connections) {
  engine::IntrospectOptions options;
  options.connections = connections;
  engine::LiveCatalog live = engine::introspect({url}, options);
  auto held = std::make_shared<const catalog::Catalog>(live.catalog);
  return {std::move(live), catalog::freeze(held)};
}

std::string snapshot(const Read& read) { return catalog::write_snapshot(read.sealed, {}, nullptr); }

std::set<std::string> kinds_of(const catalog::Catalog& catalog) {
  std::set<std::string> words;
  catalog.for_each([&](const catalog::Object& object) { words.emplace(catalog::kind_info(object.kind).word); });
  return words;
}

std::set<std::string> expected_kinds(int major) {
  std::set<std::string> words;
  for (const catalog::KindInfo* kind : catalog::all_kinds())
    if (kind->since_major <= major) words.emplace(kind->word);
  return words;
}

class EveryKind {
 public:
  explicit EveryKind(const tests::TestServer& server) : database(server.url) {
    tests::make_every_kind(database, server.major);
  }
  ~EveryKind() {
    try {
      database.execute("DROP SUBSCRIPTION IF EXISTS " + database.name() + "_reader_sub");
      database.execute("DROP TABLE shop.in_space");
    } catch (const std::exception& error) {
      WARN("cleaning up failed: " << error.what());
    }
  }
  tests::ScratchDatabase database;
};

}  // namespace

TEST_CASE("objects of every kind are read, alike over any number of connections", "[introspect][servers]") {
  for (const tests::TestServer& server : tests::test_servers()) {
    INFO("PostgreSQL " << server.major);
    EveryKind every(server);
    const Read one = read(every.database.url(), 1);
    CHECK(one.live.unseen == std::vector<std::string>{});
    CHECK(kinds_of(one.live.catalog) == expected_kinds(server.major));
    const std::string text = snapshot(one);
    CHECK(text.find("-secret") == std::string::npos);
    for (int connections : {2, 4}) CHECK(snapshot(read(every.database.url(), connections)) == text);
  }
}

TEST_CASE("a role that may only connect reads the same, but for secrets that it says it missed",
          "[introspect][servers]") {
  for (const tests::TestServer& server : tests::test_servers()) {
    INFO("PostgreSQL " << server.major);
    EveryKind every(server);
    const std::string role = every.database.make_role("nobody");
    const Read all = read(every.database.url(), 2);
    const Read seen = read(every.database.url(role), 2);
    CHECK(seen.live.unseen.size() == (server.major == 13 ? 3 : 2));  // two user mappings, and in 13 the subscription
    for (const catalog::SealedObject& object : all.sealed.objects()) {
      if (object.key.kind == Kind::user_mapping || object.key.kind == Kind::subscription) continue;
      const catalog::SealedObject* same = seen.sealed.find(object.key);
      INFO(object.key.text());
      REQUIRE(same);
      CHECK(same->content == object.content);
    }
  }
}

TEST_CASE("expressions know what they refer to before anybody analyses them", "[introspect][servers]") {
  for (const tests::TestServer& server : tests::test_servers()) {
    INFO("PostgreSQL " << server.major);
    EveryKind every(server);
    const Read all = read(every.database.url(), 2);
    const auto refers = [&](const char* from, const char* to) {
      const catalog::SealedObject* object = all.sealed.find(catalog::ObjectKey::parse(from));
      const catalog::SealedObject* target = all.sealed.find(catalog::ObjectKey::parse(to));
      REQUIRE(object);
      REQUIRE(target);
      for (const catalog::Dependent& reference : catalog::references_of(*object->object))
        if (reference.oid == target->object->oid) return true;
      return false;
    };
    CHECK(refers("view shop.happy", "column shop.customers.mood"));
    CHECK(refers("view shop.happy", "enum_type shop.mood"));
    CHECK(refers("materialized_view shop.totals", "column shop.orders.amount"));
    CHECK(refers("column_default shop.orders.id", "sequence shop.orders_id_seq"));
    CHECK(refers("constraint shop.customers.named", "column shop.customers.name"));
    CHECK(refers("index shop.customers_idx", "column shop.customers.mood"));
    CHECK(refers("policy shop.customers.own", "column shop.customers.name"));
    CHECK(refers("trigger shop.customers.touched", "column shop.customers.name"));
    CHECK(refers("rule shop.base.no_delete", "column shop.base.a"));
    CHECK_FALSE(refers("view shop.happy", "column shop.customers.email"));
    if (server.major >= 14) CHECK(refers("function shop.modern(shop.mood)", "column shop.customers.mood"));
  }
}

TEST_CASE("other encodings than UTF-8 read as UTF-8", "[introspect][servers]") {
  for (const tests::TestServer& server : tests::test_servers()) {
    INFO("PostgreSQL " << server.major);
    tests::ScratchDatabase database(server.url, "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
    database.execute(
        "CREATE TABLE \"café\" (\"é\" text DEFAULT 'ü'); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER g AFTER INSERT ON \"café\" EXECUTE FUNCTION f('ä', 'b')");
    const std::string text = snapshot(read(database.url(), 1));
    CHECK_THAT(text, Catch::Contains("café") && Catch::Contains("[\"ä\",\"b\"]") && Catch::Contains("'ü'::text"));
  }
}

TEST_CASE("a database without what a role may not read leaves nothing unseen", "[introspect][servers]") {
  for (const tests::TestServer& server : tests::test_servers()) {
    INFO("PostgreSQL " << server.major);
    tests::ScratchDatabase database(server.url);
    const std::string role = database.make_role("nobody");
    CHECK(read(database.url(role), 2).live.unseen == std::vector<std::string>{});
  }
}

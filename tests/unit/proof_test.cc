// Plans are run in memory before they are believed; texts that were read get their trees.
#include "cli/proof.h"

#include <string>
#include <vector>

#include "catalog/snapshot.h"
#include "cli/plan.h"
#include "engine/bootstrap.h"
#include "engine/live_trees.h"
#include "engine/seal.h"
#include "engine/simulate.h"
#include "tests/catch.h"

using namespace pgplumb;
using catalog::Catalog;

namespace {

Catalog built(const std::string& sql, int major) {
  catalog::SourceMap sources;
  engine::ScriptRun run;
  run.source.file = sources.add({"test.sql", sql, ""});
  engine::SimulateOptions options;
  options.environment.major = major;
  engine::Simulation simulation = engine::simulate({run}, sources, engine::fresh_database(major), options);
  for (const engine::StatementResult& result : simulation.results) {
    INFO(result.outcome.message);
    CHECK((result.outcome.status == engine::Status::ok || result.outcome.status == engine::Status::skipped));
  }
  engine::seal(simulation.catalog);
  return std::move(simulation.catalog);
}

cli::LoadedSource source_of(std::shared_ptr<const Catalog> catalog, cli::SourceKind kind) {
  cli::LoadedSource source;
  source.spec.kind = kind;
  source.major = catalog->major();
  source.catalog = std::move(catalog);
  source.sealed = catalog::freeze(source.catalog);
  return source;
}

/// What a snapshot of the schema holds: texts, and no trees.
cli::LoadedSource as_read(const std::string& sql, int major = 15) {
  const auto sealed = catalog::freeze(std::make_shared<const Catalog>(built(sql, major)));
  catalog::SnapshotInfo info;
  info.major = major;
  return source_of(catalog::read_snapshot(catalog::write_snapshot(sealed, info, nullptr)).catalog,
                   cli::SourceKind::snapshot);
}

constexpr const char* everything = R"(
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN small AS integer DEFAULT 1 CHECK (VALUE < 10);
CREATE FUNCTION twice(i integer, j integer DEFAULT 2 + 1) RETURNS integer IMMUTABLE LANGUAGE sql RETURN i * 2;
CREATE TABLE t (id integer DEFAULT 1 + 1, name varchar(20) DEFAULT 'x', m mood DEFAULT 'ok', g integer GENERATED ALWAYS AS (id * 2) STORED,
  d date, CONSTRAINT positive CHECK (id > 0 AND name <> 'no'));
CREATE INDEX i ON t (lower(name), id) WHERE m = 'sad';
CREATE STATISTICS s ON (id + 1), name FROM t;
CREATE VIEW v AS SELECT id, upper(name) AS name, twice(id) FROM t WHERE m = 'ok';
CREATE MATERIALIZED VIEW mv AS SELECT count(*) AS n FROM v;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (name = current_user) WITH CHECK (id > 5);
CREATE RULE r AS ON DELETE TO t WHERE old.id > 3 DO INSTEAD UPDATE t SET name = 'gone' WHERE id = old.id;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (old.name IS DISTINCT FROM new.name) EXECUTE FUNCTION f();
CREATE TABLE parted (k integer, n text) PARTITION BY RANGE (k, lower(n));
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (1, 'a') TO (2, MAXVALUE);
)";

}  // namespace

TEST_CASE("texts that were read get the trees that print them", "[proof]") {
  for (int major : {15, 18}) {
    const cli::LoadedSource read = as_read(everything, major);
    Catalog catalog = *read.catalog;
    std::vector<std::string> opaque;
    for (catalog::Oid oid : engine::attach_trees(catalog)) opaque.push_back(read.sealed->find(oid)->key.text());
    CHECK(opaque == std::vector<std::string>{});
    engine::seal(catalog);
    CHECK(catalog::freeze(std::make_shared<const Catalog>(catalog)).root() == read.sealed->root());
    std::size_t trees = 0;
    catalog.for_each([&](const catalog::Object& object) {
      for (const catalog::FieldInfo& field : catalog::kind_info(object.kind).fields) {
        if (field.ops->is_query) trees += static_cast<const catalog::Query*>(field.get(&object))->tree != nullptr;
        field.ops->visit_exprs(const_cast<void*>(field.get(&object)),
                               [&](catalog::Expr& expression) { trees += expression.tree != nullptr; });
      }
    });
    CHECK(trees >= 20);
  }
}

TEST_CASE("a plan that reaches its goal is proven, from texts too", "[proof]") {
  cli::LoadedSource empty =
      source_of(std::make_shared<const Catalog>(engine::fresh_database(15)), cli::SourceKind::empty);
  cli::LoadedSource full = as_read(everything);
  cli::analyse_snapshot(full);
  for (const auto& [from, to] : {std::pair(&empty, &full), std::pair(&full, &empty)}) {
    const diff::Plan plan = cli::proven_plan(*from, *to, {}).plan;
    CHECK(plan.impossible == std::vector<std::string>{});
    CHECK(plan.unproven == std::vector<std::string>{});
    CHECK(!plan.statements.empty());
  }
}

TEST_CASE("a plan that is refused or leaves something is not proven", "[proof]") {
  const cli::LoadedSource from = as_read("CREATE TABLE t (i integer);");
  const cli::LoadedSource to = as_read("CREATE TABLE t (i bigint);\nCREATE TABLE u (j integer);");
  diff::Plan plan;
  CHECK(cli::prove(plan, from, to, {}).failures.size() >= 2);
  plan.statements.push_back({"ALTER TABLE public.nowhere ADD COLUMN i integer", {}});
  const cli::Proof refused = cli::prove(plan, from, to, {});
  REQUIRE(refused.failures.size() == 1);
  CHECK_THAT(refused.failures[0], Catch::Matchers::Contains("public.nowhere"));
  plan.unproven = refused.failures;
  CHECK(diff::render_sql(plan).rfind("-- not proven: ", 0) == 0);
  diff::Plan good;
  good.statements.push_back({"ALTER TABLE public.t ALTER COLUMN i TYPE bigint", {}});
  good.statements.push_back({"CREATE TABLE public.u (j integer)", {}, true, true});  // withheld, and part of the proof
  CHECK(cli::prove(good, from, to, {}).failures.empty());
}

TEST_CASE("a column beneath a joined view goes, and NOT NULL gets the name it had, in every grammar's words", "[proof]") {
  const std::string view = "CREATE VIEW v AS SELECT a.x, b.y FROM a JOIN b USING (id);";
  const std::string name = "ALTER TABLE a ADD COLUMN old integer NOT NULL;\nALTER TABLE a RENAME COLUMN old TO young;";
  cli::LoadedSource from = as_read(
      "CREATE TABLE a (id integer, x integer);\nCREATE TABLE b (id integer, y integer, planted text);\n" + view, 18);
  cli::LoadedSource to =
      as_read("CREATE TABLE a (id integer, x integer);\nCREATE TABLE b (id integer, y integer);\n" + view + name, 18);
  cli::analyse_snapshot(from);
  cli::analyse_snapshot(to);
  const diff::Plan plan = cli::proven_plan(from, to, {}).plan;
  CHECK(plan.unproven == std::vector<std::string>{});
  std::string sql;
  for (const auto& statement : plan.statements) sql += statement.sql + ";\n";
  CHECK_THAT(sql, Catch::Matchers::Contains("RENAME CONSTRAINT a_young_not_null TO a_old_not_null"));
  CHECK_THAT(sql, Catch::Matchers::Contains("DROP COLUMN planted"));
}

TEST_CASE("a view that waits for a column whose place it takes is made again", "[proof]") {
  cli::LoadedSource from = as_read(
      "CREATE TABLE q (n text, planted integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);\n"
      "CREATE VIEW v AS SELECT q.n, q.planted AS id FROM q;");
  cli::LoadedSource to = as_read(
      "CREATE TABLE q (n text, id integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME q_planted_seq) PRIMARY KEY);\n"
      "CREATE VIEW v AS SELECT q.n, q.id FROM q;");
  cli::analyse_snapshot(from);
  cli::analyse_snapshot(to);
  const diff::Plan plan = cli::proven_plan(from, to, {}).plan;
  CHECK(plan.impossible == std::vector<std::string>{});
  CHECK(plan.unproven == std::vector<std::string>{});
  REQUIRE(!plan.statements.empty());
  CHECK(plan.statements.front().sql == "DROP VIEW public.v");
}

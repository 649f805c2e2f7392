#include "parser/layout/layout.h"

#include "parser/layout/support.h"
#include "tests/catch.h"
#include "tests/unit/layout_support.h"

using namespace pgplumb;
using namespace pgplumb::parser;
using Catch::Matchers::Contains;
using tests::read;
using Texts = std::vector<std::string>;

TEST_CASE("exactly one layout must fit", "[layout]") {
  CHECK(read({{"a.sql", ""}})->migrations.layout == "plain");
  CHECK(read({{"20240101000000_a/migration.sql", ""}, {"migration_lock.toml", "provider = \"postgresql\""}})
            ->migrations.layout == "prisma");
  CHECK(read({{"20240101000000_a/migration.sql", ""}})->migrations.layout == "prisma");
  CHECK(read({{"20240101000000_a/migration.sql", ""}, {"20240101000000_a/snapshot.json", ""}})->migrations.layout ==
        "drizzle");
  CHECK(read({{"V1__a.sql", ""}})->migrations.layout == "flyway");
  CHECK(read({{"1_a.up.sql", ""}})->migrations.layout == "golang_migrate");
  CHECK(read({{"", "SELECT 1"}})->migrations.layout == "file");
  const std::string both = read({{"1_a.up.sql", ""}, {"V1__a.sql", ""}})->error;
  CHECK_THAT(both, Contains("flyway") && Contains("golang_migrate") && Contains("--layout"));
  CHECK(read({{"1_a.up.sql", ""}, {"V1__a.sql", ""}}, {"flyway", {}})->paths() == Texts{"m/V1__a.sql"});
}

TEST_CASE("what holds no migrations is refused in one line", "[layout]") {
  CHECK_THAT(read(std::map<std::string, std::string>{})->error, Contains("empty"));
  CHECK_THAT(read({{"README.md", ""}})->error, Contains("no migrations"));
  CHECK_THAT(read({{"1_a.down.sql", ""}})->error, Contains("no migrations"));
  CHECK_THAT(read({{"a.sql", ""}}, {"prisma", {}})->error, Contains("no migrations of the layout prisma"));
  CHECK_THAT(read({{"a.sql", ""}}, {"flywey", {}})->error,
             Contains("no layout \"flywey\"") && Contains("golang_migrate"));
  CHECK_THAT(read({{"", ""}}, {"prisma", {}})->error, Contains("needs a directory"));
  CHECK_THAT(read({{"a.sql", ""}}, {"file", {}})->error, Contains("needs a file"));
  CHECK_THAT(read({{"a.sql", "\xFF"}})->error, Contains("m/a.sql:1"));
}

TEST_CASE("the marks of layouts that are not read are refused", "[layout]") {
  const auto tool = [](const char* name, const char* text) { return read({{name, text}, {"z.sql", ""}})->error; };
  CHECK_THAT(tool("1_a.sql", "-- +goose Up\nCREATE TABLE a ();\n-- +goose Down\n"),
             Contains("goose") && Contains("--layout plain"));
  CHECK_THAT(tool("1_a.sql", "\n-- migrate:up\n"), Contains("dbmate"));
  CHECK_THAT(tool("1_a.sql", "--liquibase formatted sql\n"), Contains("Liquibase"));
  CHECK_THAT(tool("001_a.sql", "a\n---- create above / drop below ----\nb"), Contains("tern"));
  CHECK_THAT(tool("001.do.a.sql", ""), Contains("postgrator"));
  CHECK_THAT(tool("sqitch.plan", ""), Contains("Sqitch"));
  CHECK_THAT(tool("2024_a/up.sql", ""), Contains("Diesel"));
  CHECK(read({{"1_a.sql", "-- +goose Up\n"}}, {"plain", {}})->paths() == Texts{"m/1_a.sql"});
}

TEST_CASE("plain: natural order, or the order that is written down", "[layout]") {
  const auto natural = read({{"10.sql", ""},
                             {"2.sql", ""},
                             {"1_b.sql", ""},
                             {"1.sql", ""},
                             {".hidden.sql", ""},
                             {"x.txt", ""},
                             {"seed/a.SQL", ""}});
  CHECK(natural->paths() == Texts{"m/1.sql", "m/1_b.sql", "m/2.sql", "m/10.sql"});
  CHECK(natural->migrations.session_each);
  CHECK(natural->migrations.dialect.meta_commands);
  CHECK_THAT(natural->remarks(), Contains("m/seed"));
  const auto written = read({{".pgplumborder", "# first\nb.sql # two\r\n\n a.sql\nsub/c.sql"},
                             {"a.sql", ""},
                             {"b.sql", ""},
                             {"d.sql", ""},
                             {"sub/c.sql", ""}});
  CHECK(written->paths() == Texts{"m/b.sql", "m/a.sql", "m/sub/c.sql"});
  CHECK_THAT(written->remarks(), Contains("d.sql"));
  CHECK_THAT(read({{".pgplumborder", "x.sql"}, {"a.sql", ""}})->error, Contains("x.sql"));
  CHECK_THAT(read({{".pgplumborder", "a.sql\na.sql"}, {"a.sql", ""}})->error, Contains("twice"));
}

TEST_CASE("names compare as people count", "[layout]") {
  CHECK(natural_less("2_a", "10_a"));
  CHECK(natural_less("a2b", "a10"));
  CHECK(natural_less("0002", "3"));
  CHECK(natural_less("1", "1_a"));
  CHECK(natural_less("01", "1"));
  CHECK_FALSE(natural_less("1", "01"));
  CHECK_FALSE(natural_less("a", "a"));
  CHECK(natural_less("99999999999999999999998", "99999999999999999999999"));
  CHECK(natural_less("a", "\xC3\xA9"));
}

TEST_CASE("prisma", "[layout]") {
  const auto prisma = read({{"migration_lock.toml", "# x\nprovider = \"postgresql\"\n"},
                            {"20240201000000_b/migration.sql", "SELECT 1"},
                            {"20240101000000_a_c/migration.sql", "CREATE TABLE a ();"}});
  CHECK(prisma->paths() == Texts{"m/20240101000000_a_c/migration.sql", "m/20240201000000_b/migration.sql"});
  const MigrationFile& first = prisma->migrations.files[0];
  CHECK(first.version == "20240101000000");
  CHECK(first.name == "a_c");
  CHECK(first.key == "20240101000000_a_c");
  CHECK(first.wrapping == Wrapping::implicit);
  CHECK(prisma->migrations.bookkeeping[0].table == "_prisma_migrations");
  const auto scripts = parse_migrations(prisma->migrations, prisma->map);
  REQUIRE(scripts.size() == 2);
  CHECK(scripts[0].statements[0].tag == ast::NodeTag::CreateStmt);
  CHECK_THAT(read({{"migration_lock.toml", "provider = \"mysql\""}, {"20240101000000_a/migration.sql", ""}})->error,
             Contains("mysql"));
  CHECK_THAT(read({{"migration_lock.toml", "provider = \"postgresql\""}, {"20240101000000_a/x", ""}})->error,
             Contains("no migration.sql"));
}

TEST_CASE("drizzle: the journal's order, or that of dated directories", "[layout]") {
  const std::string journal = R"({"version": "7", "dialect": "postgresql", "entries": [
      {"idx": 1, "when": 1700000000001, "tag": "0001_b"}, {"idx": 0, "when": 1700000000000, "tag": "0000_z"}]})";
  const auto drizzle =
      read({{"meta/_journal.json", journal}, {"0000_z.sql", ""}, {"0001_b.sql", ""}, {"0002_c.sql", ""}});
  CHECK(drizzle->paths() == Texts{"m/0000_z.sql", "m/0001_b.sql"});
  CHECK(drizzle->migrations.files[1].key == "1700000000001");
  CHECK(drizzle->migrations.history == HistoryForm::newest);
  CHECK_THAT(drizzle->remarks(), Contains("0002_c.sql"));
  CHECK_THAT(read({{"meta/_journal.json", journal}, {"0000_z.sql", ""}})->error, Contains("0001_b.sql"));
  CHECK_THAT(read({{"meta/_journal.json", "{"}})->error, Contains("no JSON"));
  CHECK_THAT(read({{"meta/_journal.json", "{}"}})->error, Contains("entries"));
  CHECK_THAT(read({{"meta/_journal.json", R"({"dialect": "sqlite", "entries": []})"}})->error, Contains("sqlite"));
  CHECK_THAT(read({{"meta/_journal.json", R"({"entries": [{"idx": 0}]})"}})->error, Contains("lacks"));
  const auto dated = read({{"20240101000001_a/migration.sql", ""}, {"20240101000001_a/snapshot.json", ""}});
  CHECK(dated->migrations.files[0].key == "1704067201000");
}

TEST_CASE("golang-migrate: up files by number", "[layout]") {
  const auto golang =
      read({{"10_j.up.sql", ""}, {"9_i.down.sql", ""}, {"9_i.up.sql", ""}, {"0001_a_b.up.sql", ""}, {"notes.sql", ""}});
  CHECK(golang->paths() == Texts{"m/0001_a_b.up.sql", "m/9_i.up.sql", "m/10_j.up.sql"});
  CHECK(golang->migrations.files[0].version == "0001");
  CHECK(golang->migrations.files[0].key == "1");
  CHECK(golang->migrations.files[0].name == "a_b");
  CHECK_THAT(golang->remarks(), Contains("notes.sql"));
  CHECK_THAT(read({{"1_a.up.sql", ""}, {"01_b.up.sql", ""}})->error, Contains("same version"));
  CHECK(read({{"1_a.down.up.sql", ""}})->migrations.files[0].name == "a.down");
}

TEST_CASE("the tools' own tables are SQL", "[layout]") {
  const std::vector<std::map<std::string, std::string>> trees = {
      {{"20240101000000_a/migration.sql", ""}},
      {{"V1__a.sql", ""}},
      {{"1_a.up.sql", ""}},
      {{"20240101000000_a/migration.sql", ""}, {"20240101000000_a/snapshot.json", ""}}};
  for (const auto& files : trees) {
    const auto result = read(files);
    INFO(result->migrations.layout);
    REQUIRE(result->migrations.bookkeeping.size() == 1);
    const Bookkeeping& own = result->migrations.bookkeeping[0];
    const ParseResult parsed = parse(own.ddl);
    CHECK_FALSE(parsed.error);
    CHECK(parsed.tree.size() > 0);
    CHECK_THAT(own.ddl, Contains(own.table));
    std::string query = result->migrations.history_query;
    query.replace(query.find("{}"), 2, "s.t");
    CHECK_FALSE(parse(query).error);
  }
}

#include "parser/layout/flyway_name.h"
#include "parser/layout/layout.h"
#include "parser/layout/placeholders.h"
#include "parser/layout/properties.h"
#include "tests/catch.h"
#include "tests/unit/layout_support.h"

using namespace pgplumb;
using namespace pgplumb::parser;
using Catch::Matchers::Contains;
using tests::read;
using Texts = std::vector<std::string>;

TEST_CASE("flyway: versions by number, then repeatables by description", "[layout]") {
  const auto flyway = read({{"V2__b.sql", ""},
                            {"V10__d.sql", ""},
                            {"V1_1__a.sql", ""},
                            {"sub/V1.10__c.sql", ""},
                            {"R__z.sql", ""},
                            {"R__a_b.sql", ""},
                            {"U2__b.sql", ""},
                            {"V3_wrong.sql", ""},
                            {"seed.sql", ""}});
  CHECK(flyway->paths() ==
        Texts{"m/V1_1__a.sql", "m/sub/V1.10__c.sql", "m/V2__b.sql", "m/V10__d.sql", "m/R__a_b.sql", "m/R__z.sql"});
  CHECK(flyway->migrations.files[0].version == "1.1");
  CHECK(flyway->migrations.files[1].key == "sub/V1.10__c.sql");
  CHECK(flyway->migrations.files[4].kind == FileKind::repeatable);
  CHECK(flyway->migrations.files[4].name == "a b");
  CHECK(flyway->migrations.files[0].wrapping == Wrapping::transaction);
  CHECK_THAT(flyway->remarks(), Contains("V3_wrong.sql"));
  CHECK_THAT(read({{"V1__a.sql", ""}, {"V1.0__b.sql", ""}})->error, Contains("same migration"));
  CHECK_THAT(read({{"R__a.sql", ""}, {"x/R__a.sql", ""}})->error, Contains("same migration"));
}

TEST_CASE("flyway: a baseline stands for what is not above it", "[layout]") {
  const auto flyway = read({{"V1__a.sql", ""},
                            {"V2__b.sql", ""},
                            {"B2__base.sql", ""},
                            {"B1__old.sql", ""},
                            {"V2.1__c.sql", ""},
                            {"R__r.sql", ""}});
  CHECK(flyway->paths() == Texts{"m/B2__base.sql", "m/V2.1__c.sql", "m/R__r.sql"});
  CHECK(flyway->migrations.files[0].kind == FileKind::baseline);
}

TEST_CASE("flyway: callbacks and other languages are said, not passed over", "[layout]") {
  const auto flyway =
      read({{"V1__a.sql", ""}, {"V2__b.java", ""}, {"afterMigrate__grants.sql", ""}, {"beforeClean.sql", ""}});
  CHECK_THAT(flyway->remarks(),
             Contains("V2__b.java") && Contains("afterMigrate__grants.sql") && !Contains("beforeClean"));
  for (const catalog::Diagnostic& diagnostic : flyway->migrations.diagnostics)
    CHECK(diagnostic.code == "not-simulated");
}

TEST_CASE("flyway: placeholders", "[layout]") {
  const std::string text = "CREATE TABLE ${schema}.a ();\nSELECT '${flyway:filename}';";
  CHECK_THAT(read({{"V1__a.sql", "\n" + text}})->error, Contains("m/V1__a.sql:2") && Contains("${schema}"));
  const auto given = read({{"V1__a.sql", text}}, {"", {{"Schema", "s"}}});
  CHECK(given->map.file(given->migrations.files[0].file).text == "CREATE TABLE s.a ();\nSELECT 'V1__a.sql';");
  const auto configured = read({{"flyway.conf", "flyway.placeholders.schema = c\n"}, {"V1__a.sql", text}});
  CHECK_THAT(configured->map.file(configured->migrations.files[0].file).text, Contains("c.a"));
  const auto off = read({{"flyway.toml", "[flyway]\nplaceholderReplacement = false\n"}, {"V1__a.sql", text}});
  CHECK_THAT(off->map.file(off->migrations.files[0].file).text, Contains("${schema}"));
  CHECK(replace_placeholders("p", "a #[x]# ${y} #[", {{"x", "1"}}, {"#[", "]#"}) == "a 1 ${y} #[");
}

TEST_CASE("flyway: settings of the project and of a script", "[layout]") {
  const auto project = read({{"flyway.toml",
                              "[flyway]\nlocations = [\"filesystem:sql\", \"filesystem:./more/\"]\ntable = "
                              "\"hist\"\ndefaultSchema = \"app\"\n"},
                             {"sql/V1__a.sql", ""},
                             {"more/V2__b.sql", ""},
                             {"old/V3__c.sql", ""}});
  CHECK(project->paths() == Texts{"m/sql/V1__a.sql", "m/more/V2__b.sql"});
  CHECK(project->migrations.files[1].key == "V2__b.sql");
  CHECK(project->migrations.bookkeeping[0].schema == "app");
  CHECK(project->migrations.bookkeeping[0].table == "hist");
  const auto scripts = read({{"V1__a.sql", "SELECT 1"},
                             {"V1__a.sql.conf", "executeInTransaction=false"},
                             {"V2__b.sql", ""},
                             {"V2__b.sql.conf", "shouldExecute=false"},
                             {"V3__c.sql", ""},
                             {"V3__c.sql.conf", "shouldExecute=${env}==1"},
                             {"V4__d.sql", "CREATE INDEX CONCURRENTLY i ON t (a);"}});
  CHECK(scripts->paths() == Texts{"m/V1__a.sql", "m/V4__d.sql"});
  CHECK(scripts->migrations.files[0].wrapping == Wrapping::none);
  CHECK(scripts->migrations.files[1].wrapping == Wrapping::none);
  CHECK_THAT(scripts->remarks(), Contains("V2__b.sql does not run") && Contains("V3__c.sql: whether"));
  CHECK_THAT(read({{"V1__a.sql", ""}, {"V1__a.sql.conf", "encoding=ISO-8859-1"}})->error, Contains("ISO-8859-1"));
}

TEST_CASE("names as Flyway reads them", "[layout]") {
  CHECK(parse_flyway_name("V001.0__x.sql").version == Texts{"1"});
  CHECK(parse_flyway_name("V001.0__x.sql").version_text == "001.0");
  CHECK(parse_flyway_name("V1__.sql").kind == FlywayKind::versioned);
  CHECK(parse_flyway_name("Video.sql").kind == FlywayKind::unrelated);
  CHECK(parse_flyway_name("V1.sql").kind == FlywayKind::misnamed);
  CHECK(parse_flyway_name("V1__x.txt").kind == FlywayKind::unrelated);
  CHECK(parse_flyway_name("R_x.sql").kind == FlywayKind::misnamed);
  CHECK(parse_flyway_name("Report.sql").kind == FlywayKind::unrelated);
  for (const char* odd : {".sql", "V.sql", "V", "", "_.sql", "__.sql", "R__.sql"})
    CHECK_NOTHROW(parse_flyway_name(odd));
  CHECK(version_less({"9"}, {"10"}));
  CHECK(version_less({"1"}, {"1", "1"}));
  CHECK_FALSE(version_less({"1", "1"}, {"1"}));
  CHECK(version_less({"20240101000000000000001"}, {"20240101000000000000002"}));
}

TEST_CASE("properties and TOML", "[layout]") {
  const Properties properties = read_properties(
      "# c\na.b = x y \r\n! c\n[t]\n\"k\" = \"v\"\nlist = [ \"1\", '2' ]\nempty=\nbroken\n[u.v]\nw='='");
  CHECK(properties == Properties{{"a.b", "x y"}, {"t.k", "v"}, {"t.list", "1,2"}, {"t.empty", ""}, {"u.v.w", "="}});
}

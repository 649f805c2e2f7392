#include <memory>
#include <string>
#include <vector>

#include "parser/script.h"
#include "tests/catch.h"

using namespace pgplumb;
using namespace pgplumb::parser;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

struct Loaded {
  catalog::SourceMap map;
  Script script;
  std::vector<std::string> texts() const {
    std::vector<std::string> out;
    for (const Statement& statement : script.statements) out.emplace_back(map.text(statement.span));
    return out;
  }
  const Statement& operator[](std::size_t i) const { return script.statements.at(i); }
};

std::unique_ptr<Loaded> load(const std::string& text, Dialect dialect = {}, bool keep_going = false) {
  auto loaded = std::make_unique<Loaded>();
  const catalog::FileId file = loaded->map.add({"m/1.sql", source_text("m/1.sql", text), "1"});
  loaded->script = parse_script({file, {}, dialect, keep_going}, loaded->map);
  return loaded;
}

using Texts = std::vector<std::string>;
constexpr Dialect server_only{false, false};

}  // namespace

TEST_CASE("a script is split into statements with their places", "[parser]") {
  const auto script = load("-- first\nCREATE TABLE a (x int);;\n/* ; */ DROP TABLE a ; SELECT 'a;b', $$c;d$$\n");
  CHECK(script->texts() == Texts{"CREATE TABLE a (x int)", "DROP TABLE a", "SELECT 'a;b', $$c;d$$"});
  CHECK((*script)[0].tag == ast::NodeTag::CreateStmt);
  CHECK(script->map.position((*script)[0].span).line == 2);
  CHECK(script->map.position((*script)[1].span).column == 9);
  const auto create = (*script)[0].node().as<ast::CreateStmt>();
  CHECK(script->map.position((*script)[0].at(create.table_elts()[0].location())).column == 17);
  CHECK(load("")->texts().empty());
  CHECK(load(" -- nothing\n;;")->texts().empty());
}

TEST_CASE("semicolons within rules and routine bodies end nothing", "[parser]") {
  const std::string rule = "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)";
  const std::string atomic =
      "CREATE OR REPLACE FUNCTION f(begin int) RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; "
      "END";
  const std::string procedure = "CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); END";
  const auto script = load(rule + ";" + atomic + ";" + procedure + "; BEGIN; SELECT 1; END;");
  CHECK(script->texts() == Texts{rule, atomic, procedure, "BEGIN", "SELECT 1", "END"});
  for (const Statement& statement : script->script.statements) CHECK(statement.kind == StatementKind::sql);
  const auto named =
      load("CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE t (a int);\nDROP TABLE t");
  CHECK(named->texts().size() == 3);
  CHECK((*named)[1].tag == ast::NodeTag::CreateStmt);
  CHECK(named->map.position((*named)[2].span).line == 2);
}

TEST_CASE("a syntax error stays its statement's own", "[parser]") {
  const auto script = load(
      "CREATE TABLE a (x int);\nCREATE TABEL \xC3\xA9 (x int);\n  ALTER TABLE t ADD\n \xC3\xA9\xC3\xA9 int x y;\nDROP "
      "TABLE a;");
  REQUIRE(script->script.statements.size() == 4);
  CHECK((*script)[0].kind == StatementKind::sql);
  REQUIRE((*script)[1].kind == StatementKind::error);
  const catalog::Diagnostic& tabel = *(*script)[1].problem;
  CHECK(tabel.code == "syntax-error");
  CHECK(tabel.severity == catalog::Severity::error);
  CHECK(tabel.sqlstate == "42601");
  CHECK(tabel.message == "syntax error at or near \"TABEL\"");
  CHECK(script->map.text(tabel.span) == "TABEL");
  CHECK_THAT(tabel.hint, Contains(std::to_string(grammar_version())));
  const catalog::Diagnostic& second = *(*script)[2].problem;
  CHECK(script->map.position(second.span).line == 4);
  CHECK(script->map.position(second.span).column == 9);
  CHECK(script->map.line_at(second.span.file, second.span.offset) == " \xC3\xA9\xC3\xA9 int x y;");
  CHECK((*script)[3].kind == StatementKind::sql);
  const auto end = load("CREATE TABLE a (");
  CHECK((*end)[0].problem->message == "syntax error at end of input");
}

TEST_CASE("what changes no schema is passed over even if the grammar does not know it", "[parser]") {
  const auto script =
      load("INSERT INTO t VALUES (1) NEW SYNTAX; SELECT a FROM b NEW SYNTAX HERE; SELECT f(1) NEW SYNTAX HERE;");
  CHECK((*script)[0].kind == StatementKind::data);
  CHECK((*script)[0].tag == ast::NodeTag::InsertStmt);
  CHECK((*script)[0].problem->severity == catalog::Severity::warning);
  CHECK((*script)[1].kind == StatementKind::data);
  CHECK((*script)[2].kind == StatementKind::error);
  std::string rows = "INSERT INTO t VALUES (1)";
  for (int i = 0; i < 30000; ++i) rows += ", (2)";
  const auto many = load(rows + "; CREATE TABLE t (a int)");
  CHECK((*many)[0].kind == StatementKind::data);
  CHECK_FALSE((*many)[0].problem);
  CHECK((*many)[1].kind == StatementKind::sql);
  CHECK((*load(rows + " x; "))[0].problem->code == "syntax-error");
}

TEST_CASE("psql's commands and COPY data", "[parser]") {
  const auto script = load(
      "\\restrict k\r\nSET x = 1;\r\n\\connect db\r\nCOPY public.t (a, \";\") FROM stdin WITH (DELIMITER "
      "';');\r\n1\t;'\r\n\\.\r\n"
      "\\copy t from stdin\n'\n\\.\nSELECT 1 \\g\nSELECT 'x' \\gexec\n\\echo it's\nCREATE TABLE :t (a "
      "int);\n\\unrestrict k\nDROP TABLE a;\n\\q\nDROP TABLE b;");
  REQUIRE(script->script.statements.size() == 9);
  CHECK((*script)[1].kind == StatementKind::connect);
  CHECK((*script)[1].arguments == Texts{"db"});
  CHECK((*script)[2].tag == ast::NodeTag::CopyStmt);
  CHECK(script->texts()[3] == "SELECT 1");
  CHECK((*script)[3].sent_by_command);
  CHECK((*script)[4].arguments == Texts{"g", ""});
  CHECK(script->texts()[5] == "SELECT 'x'");
  CHECK((*script)[6].kind == StatementKind::psql);
  CHECK((*script)[6].arguments == Texts{"gexec", ""});
  CHECK((*script)[7].kind == StatementKind::not_simulated);
  CHECK((*script)[7].has_variables);
  CHECK_THAT((*script)[7].problem->message, Contains("variable t"));
  CHECK(script->texts()[8] == "DROP TABLE a");
  CHECK((*load("\\echo a", server_only))[0].kind == StatementKind::error);
  CHECK(load("COPY t FROM stdin; SELECT 1", server_only)->texts().size() == 2);
}

TEST_CASE("a text that is cut short is refused with its line", "[parser]") {
  const auto refusal = [](const std::string& text) {
    try {
      load(text);
    } catch (const catalog::UsageError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK_THAT(refusal("SELECT 1;\n\nSELECT 'a"), StartsWith("m/1.sql:3: the quoted string"));
  CHECK_THAT(refusal("SELECT 1;\nSELECT \"a"), StartsWith("m/1.sql:2: the quoted identifier"));
  CHECK_THAT(refusal("CREATE FUNCTION f() RETURNS int AS\n$x$ SELECT 1 $y$"),
             StartsWith("m/1.sql:2: the dollar-quoted string"));
  CHECK_THAT(refusal("SELECT 1; /* a /* b */"), StartsWith("m/1.sql:1: the comment"));
  CHECK_THAT(refusal("COPY t FROM stdin;\n1\n2\n"), StartsWith("m/1.sql:1: the data of COPY"));
  CHECK_THAT(refusal("--\n-- PostgreSQL database dump\n--\nSELECT 1;\n"), Contains("cut short"));
  CHECK(refusal("--\n-- PostgreSQL database dump\n--\nSELECT 1;\n--\n-- PostgreSQL database dump complete\n--\n")
            .empty());
  CHECK(refusal("SELECT 1 -- '\n/* ' */").empty());
}

TEST_CASE("a source that keeps going has what never ends as its statement's problem", "[parser]") {
  const auto copy = load("SELECT 1;\nCOPY t FROM stdin;\nDROP TABLE t;\n\\copy t from stdin\nDROP VIEW v", {}, true);
  CHECK(copy->texts() ==
        Texts{"SELECT 1", "COPY t FROM stdin", "DROP TABLE t", "\\copy t from stdin", "DROP VIEW v"});
  CHECK((*copy)[1].kind == StatementKind::not_simulated);
  CHECK((*copy)[1].tag == ast::NodeTag::CopyStmt);
  CHECK_THAT((*copy)[1].problem->message, Contains("never end"));
  CHECK((*copy)[3].kind == StatementKind::not_simulated);
  CHECK(load("COPY t FROM stdin;\n1\n\\.\nDROP TABLE t;", {}, true)->texts().size() == 2);
  const auto quote = load("DROP TABLE t; CREATE TABLE u (a text DEFAULT 'x); DROP TABLE v;", {}, true);
  REQUIRE(quote->script.statements.size() == 2);
  CHECK((*quote)[1].kind == StatementKind::error);
  CHECK_THAT((*quote)[1].problem->message, StartsWith("unterminated quoted string"));
  CHECK(load("DROP TABLE t /* u; DROP TABLE v", {}, true)->texts().size() == 1);
}

TEST_CASE("bytes that are no SQL text are refused with their line", "[parser]") {
  const auto refusal = [](std::string bytes) {
    try {
      source_text("x.sql", std::move(bytes));
    } catch (const catalog::UsageError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(source_text("x.sql", "\xEF\xBB\xBFSELECT 1") == "SELECT 1");
  CHECK(source_text("x.sql", "a\r\nb\r") == "a\r\nb\r");
  CHECK(refusal("\xF0\x9F\x90\x98 \xC3\xA9 \xEF\xBF\xBD").empty());
  CHECK_THAT(refusal("a\nb\xE9z"), StartsWith("x.sql:2: the byte 0xE9"));
  CHECK_THAT(refusal("\xC0\x80"), Contains("0xC0"));
  CHECK_THAT(refusal("\xED\xA0\x80"), Contains("0xED"));
  CHECK_THAT(refusal("\xF4\x90\x80\x80"), Contains("0xF4"));
  CHECK_THAT(refusal("\xE2\x82"), Contains("0xE2"));
  CHECK_THAT(refusal(std::string("a\n\n\0b", 5)), StartsWith("x.sql:3: the file holds a NUL byte"));
  CHECK_THAT(refusal(std::string("\xFF\xFE"
                                 "a\0",
                                 4)),
             Contains("UTF-16"));
  CHECK_THAT(refusal("PGDMP\x01\x0E"), Contains("pg_restore"));
  CHECK_THAT(refusal(std::string(max_file_bytes + 1, ' ')), Contains("schema-only"));
}

TEST_CASE("many files are parsed in order", "[parser]") {
  catalog::SourceMap map;
  std::vector<ScriptSource> sources;
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (int n = 0; n < i % 7; ++n) text += "CREATE TABLE t" + std::to_string(i) + " (a int);\n";
    sources.push_back({map.add({std::to_string(i), text, {}}), {}, {}});
  }
  const std::vector<Script> scripts = parse_all(sources, map);
  REQUIRE(scripts.size() == 300);
  for (std::size_t i = 0; i < scripts.size(); ++i) {
    CHECK(scripts[i].file == sources[i].file);
    REQUIRE(scripts[i].statements.size() == i % 7);
    for (const Statement& statement : scripts[i].statements)
      CHECK(statement.node().as<ast::CreateStmt>().relation().relname() == "t" + std::to_string(i));
  }
}

TEST_CASE("only the parts that are to run are read", "[parser]") {
  catalog::SourceMap map;
  const std::string text = "-- up\nCREATE TABLE a ();\n-- down\nDROP TABLE a;\n-- up\nCREATE TABLE b ();";
  const catalog::FileId file = map.add({"f", text, {}});
  const auto part = [&](std::size_t from, std::size_t to) {
    return catalog::Span{file, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to - from)};
  };
  const std::size_t down = text.find("-- down");
  const Script script = parse_script({file, {part(0, down), part(text.rfind("-- up"), text.size())}, server_only}, map);
  REQUIRE(script.statements.size() == 2);
  CHECK(map.text(script.statements[1].span) == "CREATE TABLE b ()");
  CHECK(map.position(script.statements[1].span).line == 6);
}

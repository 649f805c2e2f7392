#include <string>
#include <vector>

#include "parser/leading_word.h"
#include "parser/lexer.h"
#include "parser/meta_command.h"
#include "tests/catch.h"

using namespace pgplumb::parser;

namespace {

std::vector<std::string> texts(std::string_view sql) {
  std::vector<std::string> out;
  Lexer lexer(sql);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) out.emplace_back(token.text);
  return out;
}

Token first(std::string_view sql) { return Lexer(sql).next(); }

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("quotes end where PostgreSQL ends them", "[parser]") {
  CHECK(texts("'a''b' 'c'") == Texts{"'a''b'", "'c'"});
  CHECK(texts("'a\\' c'") == Texts{"'a\\'", "c", "'"});
  CHECK(texts("E'a\\'b' c") == Texts{"E'a\\'b'", "c"});
  CHECK(texts("U&'\\' x") == Texts{"U&'\\'", "x"});
  CHECK(texts("U&\"d\\0061t\" x") == Texts{"U&\"d\\0061t\"", "x"});
  CHECK(texts("\"a\"\"b;\" x") == Texts{"\"a\"\"b;\"", "x"});
  CHECK(texts("'a'\n'b;' c") == Texts{"'a'\n'b;'", "c"});
  CHECK(texts("'a' 'b'") == Texts{"'a'", "'b'"});
  CHECK(texts("E'a'\n  '\\'b' c") == Texts{"E'a'\n  '\\'b'", "c"});
  CHECK_FALSE(first("'abc").terminated);
  CHECK_FALSE(first("\"abc\"\"").terminated);
  CHECK_FALSE(first("E'abc\\'").terminated);
  CHECK_FALSE(first("$x$ abc $y$").terminated);
}

TEST_CASE("dollar quotes and identifiers with dollars", "[parser]") {
  CHECK(texts("$$a;b$$ c") == Texts{"$$a;b$$", "c"});
  CHECK(texts("$a$ $b$ $$ ; $a$ c") == Texts{"$a$ $b$ $$ ; $a$", "c"});
  CHECK(texts("$\xC3\xA9$;$\xC3\xA9$ c") == Texts{"$\xC3\xA9$;$\xC3\xA9$", "c"});
  CHECK(texts("a$$b c") == Texts{"a$$b", "c"});
  CHECK(texts("$1;") == Texts{"$1", ";"});
  CHECK(first("$1").kind == TokenKind::parameter);
}

TEST_CASE("comments nest, and operators end at them", "[parser]") {
  CHECK(texts("a /* b /* c */ ; */ d -- e\nf") == Texts{"a", "d", "f"});
  CHECK(texts("a--b\rc") == Texts{"a", "c"});
  CHECK(texts("1+--x\n2") == Texts{"1", "+", "2"});
  CHECK(texts("1*/* x */2") == Texts{"1", "*", "2"});
  CHECK(texts("'/*' a") == Texts{"'/*'", "a"});
  CHECK(texts("a::b[1:2] <= 1.5e3") == Texts{"a", ":", ":", "b", "[", "1", ":", "2", "]", "<=", "1.5e3"});
  Lexer open("a /* b /* c */");
  open.next();
  open.next();
  CHECK(open.open_comment() == 2);
}

TEST_CASE("statements that change no schema are known by their words", "[parser]") {
  using pgplumb::parser::ast::NodeTag;
  CHECK(data_statement("/* x */ InSeRt INTO t") == NodeTag::InsertStmt);
  CHECK(data_statement("insertion") == NodeTag::none);
  CHECK(data_statement("SELECT 1") == NodeTag::none);
  CHECK(is_harmless_query("((SELECT a FROM b WHERE c IN (1, 2)))"));
  CHECK_FALSE(is_harmless_query("SELECT 1 INTO t"));
  CHECK_FALSE(is_harmless_query("SELECT set_config('a', 'b', false)"));
  CHECK_FALSE(is_harmless_query("SELECT \"f\" (1)"));
  CHECK_FALSE(is_harmless_query("CREATE TABLE t"));
  CHECK(only_changes_rows("INSERT INTO s.t (a, b) VALUES (1, 'f()'), (2, $$g()$$) ON CONFLICT (a) DO NOTHING"));
  CHECK(only_changes_rows("INSERT INTO \"t\" VALUES (1)"));
  CHECK_FALSE(only_changes_rows("INSERT INTO t (a) VALUES (now())"));
  CHECK_FALSE(only_changes_rows("INSERT INTO t VALUES (s.f(1))"));
  CHECK_FALSE(only_changes_rows("INSERT INTO t SELECT \"F\"(1)"));
  CHECK(only_changes_rows("UPDATE t SET a = 1 WHERE b IN (1, 2)"));
  CHECK_FALSE(only_changes_rows("DELETE FROM t WHERE f(a)"));
  CHECK_FALSE(only_changes_rows("TRUNCATE t"));
  for (const char* odd : {"INSERT", "INSERT INTO", "INSERT INTO t.", "INSERT INTO t. ("})
    CHECK_NOTHROW(only_changes_rows(odd));
  CHECK(psql_variable("SELECT a::text, b[1:2], :'x y'") == "'x y'");
  CHECK(psql_variable("CREATE TABLE :name (a int)") == "name");
  CHECK(psql_variable("SELECT a::text, b[1 : c]").empty());
}

TEST_CASE("psql's commands are sorted by what they do", "[parser]") {
  CHECK(read_meta_command("\\restrict aB3").effect == MetaEffect::none);
  CHECK(read_meta_command("\\dt+ public.*").effect == MetaEffect::none);
  CHECK(read_meta_command("\\i other.sql").effect == MetaEffect::control);
  CHECK(read_meta_command("\\frobnicate").effect == MetaEffect::unsupported);
  CHECK(read_meta_command("\\!rm -rf x").name == "!");
  CHECK(read_meta_command("\\encoding UTF8").effect == MetaEffect::none);
  CHECK(read_meta_command("\\encoding latin1").effect == MetaEffect::unsupported);
  const MetaCommand connect = read_meta_command("\\connect -reuse-previous=on \"dbname='it''s'\"  'a''b'");
  CHECK(connect.effect == MetaEffect::connect);
  CHECK(connect.arguments == Texts{"-reuse-previous=on", "dbname='it''s'", "a'b"});
}

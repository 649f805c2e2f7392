#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "parser/ast/ast.h"
#include "parser/expression.h"
#include "parser/isolation.h"
#include "parser/pg_query.h"
#include "parser/shape.h"
#include "tests/catch.h"

using namespace pgplumb::parser;

namespace {

std::string repeat(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("errors are values, with their place in bytes", "[parser]") {
  const ParseResult result = parse("SELECT '\xC3\xA9\xE2\x82\xAC' x y z");
  REQUIRE(result.error);
  CHECK(result.error->message == "syntax error at or near \"y\"");
  CHECK(result.error->offset == 17);
  CHECK(result.error->sqlstate == "42601");
  CHECK(result.tree.size() == 0);
  CHECK_FALSE(result.tree.statement());
  CHECK(parse("SELECT").error == std::nullopt);
  CHECK(parse("").tree.size() == 0);
  CHECK(parse("CREATE ASSERTION a CHECK (true)").error->sqlstate == "0A000");
}

TEST_CASE("deep nesting is refused, not died of", "[parser]") {
  const std::string parentheses = "SELECT " + repeat("(", 10000) + "1" + repeat(")", 10000);
  CHECK(parse(parentheses).error->message.substr(0, 16) == "memory exhausted");
  for (const int levels : {20000, 200000}) {
    const ParseResult chain = parse("SELECT 1" + repeat("+1", levels));
    REQUIRE(chain.error);
    CHECK(chain.error->sqlstate == "54001");
  }
  CHECK_FALSE(parse("SELECT 1" + repeat("+1", 5000)).error);
  CHECK_FALSE(parse("SELECT -1" + repeat("+1", 5000)).error);
  CHECK_FALSE(parse("SELECT 1" + repeat(" OR x = 1", 20000)).error);
  CHECK_FALSE(parse("SELECT x IN (1" + repeat(",1", 50000) + ")").error);
  CHECK(parse("SELECT 1" + repeat(",1", 1500000)).error->sqlstate == "54000");
}

TEST_CASE("the shape of a text bounds its tree", "[parser]") {
  CHECK(shape_of("a, b, c").tokens == 5);
  CHECK(shape_of(repeat("a, ", 100) + "b").levels < 5);
  CHECK(shape_of("a" + repeat("+a", 100)).levels >= 100);
  CHECK(shape_of(repeat("f(", 100) + "1, 2" + repeat(")", 100)).levels >= 100);
  CHECK(shape_of(repeat("SELECT a, b UNION ", 100)).levels >= 100);
  CHECK(shape_of("'" + repeat("+a", 100) + "'").levels < 5);
  CHECK(shape_of(repeat("(", 100)).levels >= 100);
}

TEST_CASE("parsing in many threads leaves standard error alone", "[parser]") {
  const bool own = GENERATE(false, true);
  std::atomic<std::size_t> parsed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([own, &parsed] {
      if (own) take_own_descriptors();
      for (int n = 0; n < 200; ++n) parsed += parse("CREATE TABLE t (a int)").tree.size();
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(parsed == 800);
  CHECK(fcntl(STDERR_FILENO, F_GETFD) != -1);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const int saved = dup(STDERR_FILENO);
  dup2(ends[1], STDERR_FILENO);
  parse("SELECT 1");
  CHECK(write(STDERR_FILENO, "x", 1) == 1);
  dup2(saved, STDERR_FILENO);
  char read_back = 0;
  CHECK(read(ends[0], &read_back, 1) == 1);
  CHECK(read_back == 'x');
  for (const int fd : {ends[0], ends[1], saved}) close(fd);
}

TEST_CASE("expressions and type names by themselves", "[parser]") {
  const ParsedExpression sum = parse_expression("a + 1 -- one");
  REQUIRE(sum.node.is<ast::A_Expr>());
  CHECK(sum.node.location() - sum.base == 2);
  CHECK(parse_expression("a +").error);
  CHECK(parse_expression("1), (2").error);
  CHECK(parse_expression("a b").error->offset == 2);
  CHECK(parse_expression("").error);
  const ParsedTypeName type = parse_type_name("timestamp(3) with time zone[]");
  REQUIRE(type.type);
  CHECK(type.type.names()[1].str() == "timestamptz");
  CHECK(type.type.array_bounds().size() == 1);
  CHECK(parse_type_name("\"My.Schema\".\"T\"").type.names()[0].str() == "My.Schema");
  CHECK(parse_type_name("int) , (x").error);
}

TEST_CASE("syntax is checked without a tree, and PL/pgSQL is parsed", "[parser]") {
  CHECK_FALSE(check_syntax("INSERT INTO t VALUES (1), (2)"));
  CHECK(check_syntax("INSERT INTO t VALUE (1)")->offset == 14);
  const PlpgsqlResult result = parse_plpgsql("DO $$ BEGIN PERFORM 1; END $$");
  CHECK_FALSE(result.error);
  CHECK(result.json.find("PLpgSQL_stmt_perform") != std::string::npos);
  CHECK(parse_plpgsql("DO $$ BEGIN PERFORM 1; END").error);
  CHECK((grammar_version() >= 15 && grammar_version() < 30));
}

// Work done ahead of its use.
#include "parser/read_ahead.h"

#include <atomic>
#include <stdexcept>

#include "parser/statement_stream.h"
#include "tests/catch.h"

using namespace pgplumb;
using namespace pgplumb::parser;

TEST_CASE("what is waited for has been done, once, and little else", "[parser]") {
  for (std::size_t count : {0, 1, 15, 17, 1000}) {
    INFO(count);
    std::vector<std::atomic<int>> done(count);
    std::atomic<std::size_t> begun = 0;
    ReadAhead ahead(count, 64, [&](std::size_t i) {
      ++begun;
      ++done[i];
    });
    for (std::size_t i = 0; i < count; ++i) {
      ahead.wait(i);
      CHECK(done[i] == 1);
      CHECK(begun <= i + 64 + 16 * (1 + std::thread::hardware_concurrency()));
    }
  }
}

TEST_CASE("what the work throws comes to whoever waits for it, and to nobody else", "[parser]") {
  for (std::size_t count : {3, 300}) {
    ReadAhead ahead(count, 64, [](std::size_t i) {
      if (i == 2) throw std::runtime_error("two");
    });
    ahead.wait(0);
    CHECK_THROWS_WITH(ahead.wait(2), "two");
    if (count > 3) ahead.wait(3);
  }
}

TEST_CASE("a source may be left before its end", "[parser]") {
  catalog::SourceMap map;
  std::vector<ScriptSource> sources;
  for (int i = 0; i < 40; ++i) {
    std::string text;
    for (int n = 0; n < 40; ++n) text += "CREATE TABLE t" + std::to_string(i) + " (a int);\n";
    sources.push_back({map.add({std::to_string(i), text, {}}), {}, {}});
  }
  StatementStream stream(sources, map);
  for (std::size_t i = 0; i < sources.size(); i += 3) {
    for (std::size_t n = 0; n < i; ++n) {
      const auto statement = stream.next(i);
      REQUIRE(statement);
      CHECK(statement->node().as<ast::CreateStmt>().relation().relname() == "t" + std::to_string(i));
    }
  }
}

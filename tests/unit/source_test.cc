#include "catalog/base/source.h"

#include "tests/catch.h"

using namespace pgplumb::catalog;

TEST_CASE("positions count lines and UTF-8 characters from 1", "[source]") {
  SourceMap sources;
  const FileId file = sources.add({"a.sql", "one\nzwölf\r\nthree", ""});
  auto at = [&](std::uint32_t offset) {
    const Position position = sources.position(file, offset);
    return std::pair(position.line, position.column);
  };
  CHECK(at(0) == std::pair(1u, 1u));
  CHECK(at(3) == std::pair(1u, 4u));
  CHECK(at(4) == std::pair(2u, 1u));
  CHECK(at(8) == std::pair(2u, 4u));  // behind the two bytes of ö
  CHECK(at(12) == std::pair(3u, 1u));
  CHECK(sources.line_at(file, 6) == "zwölf");
  CHECK(sources.line_at(file, 0) == "one");
  CHECK(sources.line_at(file, 16) == "three");
}

TEST_CASE("statements are numbered from 1, and none has no place", "[source]") {
  SourceMap sources;
  const FileId file = sources.add({"a.sql", "select 1", ""});
  CHECK(sources.add_statement({file, 0, 8}) == StatementId{1});
  CHECK(sources.text(sources.statement(StatementId{1})) == "select 1");
  CHECK(sources.statement(StatementId::none).empty());
}

#include "catalog/type_name.h"

#include "tests/catch.h"

using namespace pgplumb::catalog;

TEST_CASE("types print as format_type prints them, and are read back", "[type]") {
  const Catalog catalog(15);
  const std::pair<TypeRef, const char*> cases[] = {
      {{23, -1}, "integer"},
      {{16, -1}, "boolean"},
      {{18, -1}, "\"char\""},
      {{1042, -1}, "bpchar"},
      {{1042, 7}, "character(3)"},
      {{1043, -1}, "character varying"},
      {{1043, 259}, "character varying(255)"},
      {{1015, 14}, "character varying(10)[]"},
      {{1700, -1}, "numeric"},
      {{1700, (10 << 16) + 2 + 4}, "numeric(10,2)"},
      {{1700, ((3 << 16) | (-2 & 0x7ff)) + 4}, "numeric(3,-2)"},
      {{1114, 3}, "timestamp(3) without time zone"},
      {{1184, -1}, "timestamp with time zone"},
      {{1083, 0}, "time(0) without time zone"},
      {{1186, -1}, "interval"},
      {{1186, (0x7fff << 16) | 3}, "interval(3)"},
      {{1186, ((8 | 1024) << 16) | 0xffff}, "interval day to hour"},
      {{1186, (4096 << 16) | 2}, "interval second(2)"},
      {{1560, 5}, "bit(5)"},
      {{1560, -1}, "\"bit\""},
      {{1562, -1}, "bit varying"},
      {{1007, -1}, "integer[]"},
      {{3802, -1}, "jsonb"},
  };
  for (const auto& [type, name] : cases) {
    CHECK(format_type(catalog, type) == name);
    CHECK(parse_builtin_type(catalog, name) == type);
  }
  CHECK_FALSE(parse_builtin_type(catalog, "no such type"));
}

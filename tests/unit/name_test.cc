#include "catalog/base/name.h"

#include "tests/catch.h"

using namespace pgplumb::catalog;

TEST_CASE("identifiers are quoted where they must be", "[name]") {
  CHECK(quote_identifier("orders") == "orders");
  CHECK(quote_identifier("_a1") == "_a1");
  CHECK(quote_identifier("Orders") == "\"Orders\"");
  CHECK(quote_identifier("1a") == "\"1a\"");
  CHECK(quote_identifier("a b") == "\"a b\"");
  CHECK(quote_identifier("a\"b") == "\"a\"\"b\"");
  CHECK(quote_identifier("select") == "\"select\"");
  CHECK(quote_identifier("name") == "name");        // unreserved
  CHECK(quote_identifier("between") == "\"between\"");  // may be a column's name, and is quoted all the same
  CHECK(quote_identifier("größe") == "\"größe\"");
  CHECK(quote_identifier("a$b") == "\"a$b\"");
  CHECK(quote_identifier("") == "\"\"");
}

TEST_CASE("literals double their quotes, and backslashes make them E strings", "[name]") {
  CHECK(quote_literal("it's") == "'it''s'");
  CHECK(quote_literal("a\\b") == "E'a\\\\b'");
}

TEST_CASE("names are cut at a character's boundary", "[name]") {
  CHECK(clip_utf8("abc", 2) == "ab");
  CHECK(clip_utf8("äöü", 3) == "ä");
  CHECK(clip_utf8("äöü", 4) == "äö");
  CHECK(clip_utf8("ab", 5) == "ab");
}

TEST_CASE("names are interned", "[name]") {
  CHECK(Name("a") == Name(std::string("a")));
  CHECK(Name("a") != Name("b"));
  CHECK(Name("").empty());
  CHECK(Name("a") < Name("b"));
}

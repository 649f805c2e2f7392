// What servers print for everyday expressions; tests/differential asks them.
#include "tests/unit/analyze_catalog.h"
#include "tests/catch.h"

using pgplumb::tests::AnalyzeCatalog;
namespace types = pgplumb::catalog::types;

namespace {

struct Case {
  const char* source;
  const char* printed;
};

void check_all(const AnalyzeCatalog& catalog, const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    INFO(one.source);
    CHECK(catalog.expression(one.source) == one.printed);
  }
}

}  // namespace

TEST_CASE("literals take their type's output form", "[analyze]") {
  AnalyzeCatalog catalog;
  check_all(catalog, {
      {"d = '2020-1-1'", "(d = '2020-01-01'::date)"},
      {"interval '1 week'", "'7 days'::interval"},
      {"'{\"b\":1,\"a\":[2,3]}'::jsonb", "'{\"a\": [2, 3], \"b\": 1}'::jsonb"},
      {"'{\"b\":1,\"a\":2}'::json", "'{\"b\":1,\"a\":2}'::json"},
      {"'{a, b}'::text[]", "'{a,b}'::text[]"},
      {"'yes'::boolean", "true"},
      {"1.50::numeric(5,1)", "1.50::numeric(5,1)"},
      {"'2004-10-19 10:23:54+02'::timestamptz", "'2004-10-19 08:23:54+00'::timestamp with time zone"},
      {"'A0EEBC999C0B4EF8BB6D6BB9BD380A11'::uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid"},
      {"-1", "'-1'::integer"},
      {"9223372036854775808", "'9223372036854775808'::numeric"},
      {"float8 '1e15'", "'1e+15'::double precision"},
      {"'[1,5]'::int4range", "'[1,6)'::int4range"},
      {"m = 'nope'", "22P02: invalid input value for enum mood: \"nope\""},
      {"'abc'::int", "22P02: invalid input syntax for type integer: \"abc\""},
  });
}

TEST_CASE("operators and functions are found as PostgreSQL finds them", "[analyze]") {
  AnalyzeCatalog catalog;
  check_all(catalog, {
      {"v = 'x'", "((v)::text = 'x'::text)"},
      {"n >= 0", "(n >= (0)::numeric)"},
      {"id + i8", "(id + i8)"},
      {"id || s", "(id || s)"},
      {"s || 'x'", "(s || 'x'::text)"},
      {"tz > d", "(tz > d)"},
      {"jb ->> 'a'", "(jb ->> 'a'::text)"},
      {"lower(v)", "lower((v)::text)"},
      {"length(v) > 2", "(length((v)::text) > 2)"},
      {"f(id)", "public.f(id)"},
      {"f('x')", "public.f('x'::text)"},
      {"ia || 1", "(ia || 1)"},
      {"pos > 0", "((pos)::integer > 0)"},
      {"lower(id)", "42883: function lower(integer) does not exist"},
      {"id = s", "42883: operator does not exist: integer = text"},
      {"nope", "42703: column \"nope\" does not exist"},
      {"f()", "42883: function f() does not exist"},
  });
}

TEST_CASE("SQL forms become what is stored", "[analyze]") {
  AnalyzeCatalog catalog;
  check_all(catalog, {
      {"v IN ('a', 'b')",
       "((v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"},
      {"id NOT IN (1, 2)", "(id <> ALL (ARRAY[1, 2]))"},
      {"id IN (1)", "(id = 1)"},
      {"id IN (1, i8)", "((id = 1) OR (id = i8))"},
      {"id BETWEEN 1 AND 2", "((id >= 1) AND (id <= 2))"},
      {"s LIKE 'a%'", "(s ~~ 'a%'::text)"},
      {"s IS NOT DISTINCT FROM 'a'", "(NOT (s IS DISTINCT FROM 'a'::text))"},
      {"id IS DISTINCT FROM NULL", "(id IS NOT NULL)"},
      {"NULLIF(s, '')", "NULLIF(s, ''::text)"},
      {"COALESCE(n, 0)", "COALESCE(n, (0)::numeric)"},
      {"GREATEST(id, n)", "GREATEST((id)::numeric, n)"},
      {"CASE WHEN b THEN 'a' END", "\nCASE\n    WHEN b THEN 'a'::text\n    ELSE NULL::text\nEND"},
      {"EXTRACT(year FROM d)", "EXTRACT(year FROM d)"},
      {"tz AT TIME ZONE 'UTC'", "(tz AT TIME ZONE 'UTC'::text)"},
      {"(id, s) = (1, 'a')", "((id = 1) AND (s = 'a'::text))"},
      {"(id, n) < (1, 2)", "(ROW(id, n) < ROW(1, (2)::numeric))"},
      {"ARRAY[1, 2.5]", "ARRAY[(1)::numeric, 2.5]"},
      {"ia[1:2]", "ia[1:2]"},
      {"jb['a']", "jb['a'::text]"},
      {"now() - interval '1 day' < tz", "((now() - '1 day'::interval) < tz)"},
      {"id AND b", "42804: argument of AND must be type boolean, not type integer"},
      {"count(*)", "42803: aggregate functions are not allowed in statistics expressions"},
      {"(SELECT 1)", "0A000: cannot use subquery in statistics expression"},
  });
  AnalyzeCatalog older(13);
  CHECK(older.expression("EXTRACT(year FROM d)") == "date_part('year'::text, d)");
  CHECK(older.expression("tz AT TIME ZONE 'UTC'") == "timezone('UTC'::text, tz)");
}

TEST_CASE("defaults are assigned to their column", "[analyze]") {
  AnalyzeCatalog catalog;
  CHECK(catalog.column_default("NULL", {types::int4, -1}).empty());
  CHECK(catalog.column_default("'5'", {types::int4, -1}) == "5");
  CHECK(catalog.column_default("5", {types::int8, -1}) == "5");
  CHECK(catalog.column_default("-1", {types::int8, -1}) == "'-1'::integer");
  CHECK(catalog.column_default("0", {types::numeric, 655366}) == "0");
  CHECK(catalog.column_default("'abc'", {types::varchar, 14}) == "'abc'::character varying");
  CHECK(catalog.column_default("now()", {types::timestamp, -1}) == "now()");
  CHECK(catalog.column_default("nextval('counter')", {types::int4, -1}) == "nextval('public.counter'::regclass)");
  CHECK(catalog.column_default("id", {types::int4, -1}) ==
        "0A000: cannot use column reference in DEFAULT expression");
  CHECK(catalog.column_default("'x'::text", {types::int4, -1}) ==
        "42804: column \"c\" is of type integer but default expression is of type text");
}

TEST_CASE("a tree refers to objects, not names", "[analyze]") {
  AnalyzeCatalog catalog;
  auto parsed = pgplumb::parser::parse_expression("f(id) > 0 AND m = 'ok'");
  auto analyzed = catalog.analyzer().table_check(parsed.node, catalog.t);
  const auto* column = catalog.objects.find_named<pgplumb::catalog::Column>(catalog.t, "id");
  CHECK(std::find(analyzed.refs.begin(), analyzed.refs.end(), column->oid) != analyzed.refs.end());
  CHECK(std::find(analyzed.refs.begin(), analyzed.refs.end(), catalog.mood) != analyzed.refs.end());
  catalog.objects.edit(pgplumb::catalog::Ref<pgplumb::catalog::Column>{column->oid})
      .set<&pgplumb::catalog::Object::name>(pgplumb::catalog::Name("renamed"));
  auto printing = catalog.printer();
  CHECK(pgplumb::engine::deparse::print_expression(printing.cache(), *analyzed.tree,
                                                   pgplumb::engine::deparse::Scope::of_relation(catalog.t)) ==
        "((public.f(renamed) > 0) AND (m = 'ok'::public.mood))");
}

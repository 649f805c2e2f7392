// What servers of 15 print for everyday views; tests/differential asks them.
#include "tests/unit/analyze_catalog.h"
#include "tests/catch.h"

using pgplumb::tests::AnalyzeCatalog;

TEST_CASE("queries keep their meaning when stored", "[analyze]") {
  AnalyzeCatalog catalog;
  struct Case {
    const char* source;
    const char* printed;
  };
  const std::vector<Case> cases{
      {"SELECT * FROM t2", "SELECT t2.id, t2.t_id, t2.label FROM public.t2;"},
      {"SELECT a.id, b.label AS l FROM t a JOIN t2 b ON a.id = b.t_id WHERE b.label LIKE 'x%'",
       "SELECT a.id, b.label AS l FROM (public.t a JOIN public.t2 b ON ((a.id = b.t_id))) WHERE (b.label ~~ 'x%'::text);"},
      {"SELECT id, label, count(*) FROM t2 GROUP BY id ORDER BY 3 DESC",
       "SELECT t2.id, t2.label, count(*) AS count FROM public.t2 GROUP BY t2.id ORDER BY (count(*)) DESC;"},
      {"SELECT id FROM t2 UNION ALL SELECT 1.5", "SELECT t2.id FROM public.t2 UNION ALL SELECT 1.5;"},
      {"WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT n FROM r",
       "WITH RECURSIVE r(n) AS ( SELECT 1 AS \"?column?\" UNION ALL SELECT (r_1.n + 1) FROM r r_1 WHERE (r_1.n < 10) ) SELECT r.n FROM r;"},
      {"SELECT sum(id) OVER (PARTITION BY label ORDER BY id) AS s FROM t2",
       "SELECT sum(t2.id) OVER (PARTITION BY t2.label ORDER BY t2.id) AS s FROM public.t2;"},
      {"SELECT id FROM t2 WHERE EXISTS (SELECT 1 FROM t WHERE t.id = t2.t_id)",
       "SELECT t2.id FROM public.t2 WHERE (EXISTS ( SELECT 1 FROM public.t WHERE (t.id = t2.t_id)));"},
      {"SELECT e FROM t, unnest(t.sa) AS e", "SELECT e.e FROM public.t, LATERAL unnest(t.sa) e(e);"},
      {"SELECT label FROM t2 GROUP BY t_id",
       "42803: column \"t2.label\" must appear in the GROUP BY clause or be used in an aggregate function"},
      {"SELECT id, id FROM t2", "42701: column \"id\" specified more than once"},
      {"SELECT nope.id FROM t2", "42P01: missing FROM-clause entry for table \"nope\""},
      {"SELECT id FROM nope", "42P01: relation \"nope\" does not exist"},
      {"SELECT id FROM t2 UNION SELECT label FROM t2", "42804: UNION types integer and text cannot be matched"},
  };
  for (const Case& one : cases) {
    INFO(one.source);
    CHECK(catalog.query(one.source) == one.printed);
  }
}

TEST_CASE("a view's columns have names, types and what they depend on", "[analyze]") {
  AnalyzeCatalog catalog;
  auto parsed = pgplumb::parser::parse("SELECT id, lower(label), 1 + 1.5, 'x' FROM t2 GROUP BY id");
  auto analyzed = catalog.analyzer().query(parsed.tree.statement());
  REQUIRE(analyzed.columns.size() == 4);
  CHECK(analyzed.columns[1].name == "lower");
  CHECK(analyzed.columns[2].name == "?column?");
  CHECK(analyzed.columns[2].type.type == pgplumb::catalog::types::numeric);
  CHECK(analyzed.columns[3].type.type == pgplumb::catalog::types::text);
  // Grouping by the primary key makes the query depend on it.
  CHECK(analyzed.query.tree->constraint_dependencies.size() == 1);
}

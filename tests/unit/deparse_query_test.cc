// Queries: layout, and the names that everything in them is printed by.
#include "tests/catch.h"
#include "tests/unit/deparse_trees.h"

using namespace pgplumb;
using namespace pgplumb::tests;

namespace {

// SELECT a, b FROM s.t WHERE a > 1
expr::Query simple_query(const Trees& trees) {
  expr::Query query;
  query.range_table = {trees.entry(trees.t)};
  query.join_tree.from = {Trees::item(1)};
  query.join_tree.where = trees.operation(">", Trees::column(1, 1), Trees::integer("1"));
  query.targets = {Trees::target(Trees::column(1, 1), "a", 1), Trees::target(Trees::column(1, 2), "b", 2)};
  return query;
}

// SELECT … FROM s.t JOIN s.u USING (a), with the given alias for the join
expr::Query using_query(const Trees& trees, expr::JoinKind kind, const char* alias = nullptr) {
  expr::RangeTblEntry joined;
  joined.kind = expr::RteKind::join;
  joined.in_from_clause = true;
  joined.join_kind = kind;
  joined.merged_columns = 1;
  joined.join_alias_vars = {Trees::column(1, 1), Trees::column(1, 2), Trees::column(2, 2)};
  if (kind == expr::JoinKind::full)
    joined.join_alias_vars[0] =
        expr::make(expr::CoalesceExpr{types::int4, catalog::invalid_oid, {Trees::column(1, 1), Trees::column(2, 1)}});
  joined.left_columns = {1, 2};
  joined.right_columns = {1, 2};
  joined.eref = {alias ? alias : "unnamed_join", {"a", "b", "c"}};
  if (alias) joined.alias = expr::Alias{alias, {}};
  expr::JoinExpr join;
  join.kind = kind;
  join.sides = {Trees::item(1), Trees::item(2)};
  join.using_columns = {"a"};
  join.rt_index = 3;
  join.alias = joined.alias;
  join.on = trees.operation("=", Trees::column(1, 1), Trees::column(2, 1));
  expr::Query query;
  query.range_table = {trees.entry(trees.t), trees.entry(trees.u), joined};
  query.join_tree.from = {{join}};
  query.targets = {Trees::target(Trees::column(3, 1), "a", 1), Trees::target(Trees::column(3, 3), "c", 2)};
  return query;
}

}  // namespace

TEST_CASE("columns are qualified by need from 16 on, always before", "[deparse]") {
  Trees newer(16), older(15);
  CHECK(newer.view(simple_query(newer)) == " SELECT a,\n    b\n   FROM s.t\n  WHERE (a > 1);");
  CHECK(older.view(simple_query(older)) == " SELECT t.a,\n    t.b\n   FROM s.t\n  WHERE (t.a > 1);");
}

TEST_CASE("a view's columns keep their names while the table's change", "[deparse]") {
  Trees trees(16);
  trees.add_column(trees.v, "a", types::int4);
  trees.add_column(trees.v, "label", types::text);
  trees.rename(trees.column_oid(trees.t.oid, "a"), "Z");
  trees.rename(trees.t.oid, "select");
  CHECK(trees.view(simple_query(trees)) ==
        " SELECT \"Z\" AS a,\n    b AS label\n   FROM s.\"select\"\n  WHERE (\"Z\" > 1);");
}

TEST_CASE("the same table twice gets a number behind its name", "[deparse]") {
  Trees trees;
  expr::Query query = simple_query(trees);
  query.range_table.push_back(trees.entry(trees.t));
  query.join_tree.from.push_back(Trees::item(2));
  query.join_tree.where = trees.operation("=", Trees::column(1, 1), Trees::column(2, 1));
  CHECK(trees.view(query) == " SELECT t.a,\n    t.b\n   FROM s.t,\n    s.t t_1\n  WHERE (t.a = t_1.a);");
}

TEST_CASE("tables called old and new give way in views, until 15", "[deparse]") {
  for (int major : {15, 16}) {
    Trees trees(major);
    trees.rename(trees.t.oid, "old");
    const std::string text = trees.view(simple_query(trees));
    CHECK(text == (major == 15 ? " SELECT old_1.a,\n    old_1.b\n   FROM s.old old_1\n  WHERE (old_1.a > 1);"
                               : " SELECT a,\n    b\n   FROM s.old\n  WHERE (a > 1);"));
  }
}

TEST_CASE("a subquery's names avoid those around it", "[deparse]") {
  Trees trees;
  expr::Query query = simple_query(trees);
  expr::Query inner = simple_query(trees);
  inner.join_tree.where = trees.operation("=", Trees::column(1, 1), Trees::column(1, 1, 1));
  expr::SubLink exists;
  exists.query = expr::QueryPtr(std::make_shared<const expr::Query>(inner));
  exists.type = types::bool_;
  query.join_tree.where = expr::make(exists);
  CHECK(trees.view(query) ==
        " SELECT t.a,\n    t.b\n   FROM s.t\n  WHERE (EXISTS ( SELECT t_1.a,\n            t_1.b\n"
        "           FROM s.t t_1\n          WHERE (t_1.a = t.a)));");
}

TEST_CASE("USING: merged columns follow renames on both sides", "[deparse]") {
  Trees trees;
  const expr::Query query = using_query(trees, expr::JoinKind::inner);
  CHECK(trees.view(query) == " SELECT t.a,\n    u.c\n   FROM (s.t\n     JOIN s.u USING (a));");
  trees.rename(trees.column_oid(trees.u.oid, "a"), "x");
  CHECK(trees.view(query) == " SELECT t.a,\n    u.c\n   FROM (s.t\n     JOIN s.u u(a, c) USING (a));");
  CHECK(trees.view(using_query(trees, expr::JoinKind::left, "j")) ==
        " SELECT j.a,\n    j.c\n   FROM (s.t\n     LEFT JOIN s.u u(a, c) USING (a)) j;");
}

TEST_CASE("USING in a full join: the merged column has no qualified name, so it is unique", "[deparse]") {
  Trees trees;
  const auto third = trees.table("w", {{"a", types::int4}});
  expr::Query query = using_query(trees, expr::JoinKind::full);
  query.range_table.push_back(trees.entry(third));
  query.join_tree.from.push_back(Trees::item(4));
  CHECK(trees.view(query) ==
        " SELECT a,\n    u.c\n   FROM (s.t\n     FULL JOIN s.u USING (a)),\n    s.w w(a_1);");
}

TEST_CASE("columns added since come into the alias list that has to be printed", "[deparse]") {
  Trees trees;
  const expr::Query query = using_query(trees, expr::JoinKind::inner);
  trees.rename(trees.column_oid(trees.u.oid, "a"), "x");
  trees.add_column(trees.u, "a", types::int4);
  CHECK(trees.view(query) == " SELECT t.a,\n    u.c\n   FROM (s.t\n     JOIN s.u u(a, c, a_1) USING (a));");
}

TEST_CASE("ORDER BY qualifies a name that means an output column", "[deparse]") {
  Trees trees(16);
  expr::Query query = simple_query(trees);
  query.join_tree.where = {};
  query.targets = {Trees::target(Trees::column(1, 2), "a", 1), Trees::target(Trees::column(1, 1), "n", 2, 1)};
  query.targets[1].junk = true;
  expr::SortGroupClause clause;
  clause.sort_group_ref = 1;
  clause.sort_op = 97;  // int4 <
  query.sort = {clause};
  CHECK(trees.view(query) == " SELECT b AS a\n   FROM s.t\n  ORDER BY t.a;");
  query.sort[0].sort_op = 521;  // int4 >
  CHECK(trees.view(query) == " SELECT b AS a\n   FROM s.t\n  ORDER BY t.a DESC NULLS LAST;");
}

TEST_CASE("a rule prints its condition and its actions", "[deparse]") {
  Trees trees;
  expr::RangeTblEntry old_row = trees.entry(trees.t, "old"), new_row = trees.entry(trees.t, "new");
  old_row.in_from_clause = new_row.in_from_clause = false;
  expr::Query insert;
  insert.command = expr::CommandType::insert;
  insert.range_table = {old_row, new_row, trees.entry(trees.u)};
  insert.range_table[2].in_from_clause = false;
  insert.result_relation = 3;
  insert.targets = {Trees::target(Trees::column(2, 1), "a", 1)};
  expr::Query actions;
  actions.command = expr::CommandType::compound;
  actions.condition = trees.operation(">", Trees::column(2, 1), Trees::integer("0"));
  const deparse::RuleHead head{"log", "INSERT", trees.t.oid, false};
  CHECK(deparse::print_rule(trees.cache(), head, actions) ==
        "CREATE RULE log AS\n    ON INSERT TO s.t\n   WHERE (new.a > 0) DO NOTHING;");
  actions.statements = {expr::QueryPtr(std::make_shared<const expr::Query>(insert))};
  CHECK(deparse::print_rule(trees.cache(), head, actions) ==
        "CREATE RULE log AS\n    ON INSERT TO s.t\n   WHERE (new.a > 0) DO  INSERT INTO s.u (a)\n  VALUES (new.a);");
}

// Expressions as ruleutils prints them: what was seen on real servers.
#include "tests/catch.h"
#include "tests/unit/deparse_trees.h"

using namespace pgplumb;
using namespace pgplumb::tests;
using expr::CoercionForm;

TEST_CASE("constants carry a type where they would be read as another", "[deparse]") {
  Trees trees;
  const std::vector<std::pair<NodePtr, std::string>> table = {
      {Trees::integer("5"), "5"},
      {Trees::integer("-5"), "'-5'::integer"},
      {Trees::constant(types::int8, "5"), "'5'::bigint"},
      {Trees::constant(types::int2, "5"), "'5'::smallint"},
      {Trees::constant(types::numeric, "1.50"), "1.50"},
      {Trees::constant(types::numeric, "-1.5"), "'-1.5'::numeric"},
      {Trees::constant(types::numeric, "15"), "'15'::numeric"},
      {Trees::constant(types::numeric, "NaN"), "'NaN'::numeric"},
      {Trees::constant(types::numeric, "1.50", ((5 << 16) | 2) + 4), "1.50::numeric(5,2)"},
      {Trees::constant(types::float8, "1.5"), "'1.5'::double precision"},
      {Trees::constant(types::bool_, "t"), "true"},
      {Trees::constant(types::bool_, "f"), "false"},
      {Trees::constant(types::bit, "101", 3), "'101'::bit(3)"},
      {Trees::constant(types::bit, "101"), "'101'::\"bit\""},
      {Trees::constant(types::unknown, "x"), "'x'"},
      {Trees::text("it's \\ so"), "'it''s \\ so'::text"},
      {Trees::constant(types::varchar, "x", 14), "'x'::character varying(10)"},
      {Trees::constant(types::bpchar, "x"), "'x'::bpchar"},
      {Trees::constant(types::char_, "x"), "'x'::\"char\""},
      {Trees::constant(types::text, std::nullopt), "NULL::text"},
      {Trees::constant(types::bool_, std::nullopt), "NULL::boolean"},
      {Trees::constant(types::text_array, "{a,b}"), "'{a,b}'::text[]"},
      {Trees::constant(types::json, "{}"), "'{}'::json"},
  };
  for (const auto& [node, text] : table) CHECK(trees.expression(node) == text);
}

TEST_CASE("a constant that names an object prints its present name", "[deparse]") {
  Trees trees;
  expr::Const constant{types::regclass, -1, catalog::invalid_oid, "s.t"};
  constant.object = trees.t.oid;
  const NodePtr node = expr::make(constant);
  CHECK(trees.expression(node) == "'s.t'::regclass");
  trees.rename(trees.t.oid, "Other");
  CHECK(trees.expression(node) == "'s.\"Other\"'::regclass");
}

TEST_CASE("operators, calls and casts", "[deparse]") {
  Trees trees;
  const NodePtr a = Trees::column(1, 1), b = Trees::column(1, 2);
  const NodePtr lower = trees.call("lower", {b});
  auto cast = [](NodePtr arg, Oid type, std::int32_t typmod, CoercionForm form) {
    return expr::make(expr::RelabelType{std::move(arg), type, typmod, catalog::invalid_oid, form});
  };
  const NodePtr varying = cast(b, types::varchar, 14, CoercionForm::explicit_cast);
  const NodePtr hidden = cast(varying, types::text, -1, CoercionForm::implicit_cast);
  const std::vector<std::pair<NodePtr, std::string>> table = {
      {trees.operation("+", a, Trees::integer("1")), "(a + 1)"},
      {lower, "lower(b)"},
      {trees.call("left", {b, a}), "\"left\"(b, a)"},
      {varying, "(b)::character varying(10)"},
      {hidden, "(b)::character varying(10)"},
      {trees.operation("=", hidden, Trees::text("x")), "(((b)::character varying(10))::text = 'x'::text)"},
      {cast(Trees::constant(types::varchar, "x"), types::varchar, 14, CoercionForm::explicit_cast),
       "'x'::character varying(10)"},
      {expr::make(expr::NullTest{a, true, false}), "(a IS NULL)"},
      {expr::make(expr::BoolExpr{expr::BoolOp::not_op, {expr::make(expr::NullTest{a, false, false})}}),
       "(NOT (a IS NOT NULL))"},
      {expr::make(expr::CoalesceExpr{types::text, 100, {b, Trees::text("")}}), "COALESCE(b, ''::text)"},
      {expr::make(expr::CollateExpr{b, catalog::collations::c}), "(b COLLATE \"C\")"},
  };
  for (const auto& [node, text] : table) CHECK(trees.expression(node) == text);
  CHECK(deparse::print_key_expression(trees.cache(), *lower, trees.t.oid) == "lower(b)");
  CHECK(deparse::print_key_expression(trees.cache(), *varying, trees.t.oid) == "((b)::character varying(10))");
}

TEST_CASE("CASE breaks lines, but not in the default of an argument", "[deparse]") {
  Trees trees;
  expr::CaseExpr made;
  made.type = types::int4;
  made.whens = {{trees.operation(">", Trees::column(1, 1), Trees::integer("1")), Trees::integer("1")}};
  made.otherwise = Trees::integer("2");
  CHECK(trees.expression(expr::make(made)) == "\nCASE\n    WHEN (a > 1) THEN 1\n    ELSE 2\nEND");
  CHECK(deparse::print_trigger_condition(trees.cache(), *expr::make(made), trees.t.oid) ==
        "(\n        CASE\n            WHEN (old.a > 1) THEN 1\n            ELSE 2\n        END)");
  made.whens = {{Trees::constant(types::bool_, "t"), Trees::integer("1")}};
  CHECK(deparse::print_argument_default(trees.cache(), *expr::make(made)) == "CASE WHEN true THEN 1 ELSE 2 END");
}

TEST_CASE("SQL syntax comes back from 14 on", "[deparse]") {
  Trees trees(14);
  const NodePtr b = Trees::column(1, 2);
  const NodePtr trimmed = trees.call("btrim", {b}, CoercionForm::sql_syntax);
  CHECK(trees.expression(trimmed) == "TRIM(BOTH FROM b)");
  CHECK(trees.expression(trees.call("substring", {b, Trees::text("x")}, CoercionForm::sql_syntax)) ==
        "\"substring\"(b, 'x'::text)");
  CHECK(trees.expression(trees.call("substring", {b, Trees::integer("2")}, CoercionForm::sql_syntax)) ==
        "SUBSTRING(b FROM 2)");
  CHECK(trees.expression(trees.call("position", {b, Trees::text("x")}, CoercionForm::sql_syntax)) ==
        "POSITION(('x'::text) IN (b))");
}

TEST_CASE("identifiers are quoted by the key words of the major", "[deparse]") {
  for (int major : {15, 17}) {
    Trees trees(major);
    trees.rename(trees.column_oid(trees.t.oid, "a"), "json_table");
    trees.rename(trees.column_oid(trees.t.oid, "b"), "User");
    CHECK(trees.expression(Trees::column(1, 1)) == (major == 17 ? "\"json_table\"" : "json_table"));
    CHECK(trees.expression(Trees::column(1, 2)) == "\"User\"");
  }
}

TEST_CASE("partition bounds", "[deparse]") {
  Trees trees;
  auto bound = [&](const expr::PartitionBoundSpec& spec) {
    return deparse::print_expression(trees.cache(), *expr::make(spec), deparse::Scope::of_relation(trees.t.oid));
  };
  using Datum = expr::PartitionRangeDatum;
  expr::PartitionBoundSpec spec;
  CHECK(bound(spec) == "DEFAULT");
  spec.kind = expr::PartitionBoundKind::hash;
  spec.modulus = 4;
  CHECK(bound(spec) == "FOR VALUES WITH (modulus 4, remainder 0)");
  spec.kind = expr::PartitionBoundKind::list;
  spec.list = {Trees::text("x"), Trees::constant(types::text, std::nullopt)};
  CHECK(bound(spec) == "FOR VALUES IN ('x', NULL)");
  spec.kind = expr::PartitionBoundKind::range;
  spec.lower = {{Datum::Kind::value, Trees::integer("-1")}, {Datum::Kind::minvalue, {}}};
  spec.upper = {{Datum::Kind::value, Trees::constant(types::date, "2024-01-01")}, {Datum::Kind::maxvalue, {}}};
  CHECK(bound(spec) == "FOR VALUES FROM ('-1', MINVALUE) TO ('2024-01-01', MAXVALUE)");
}

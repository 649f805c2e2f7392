#include "parser/ast/ast.h"
#include "parser/expression.h"
#include "parser/node.h"
#include "parser/pg_query.h"
#include "tests/catch.h"

using namespace pgplumb::parser;

TEST_CASE("views read what libpg_query's JSON holds", "[parser]") {
  const ParseResult result =
      parse("CREATE TEMP TABLE s.t (a int NOT NULL DEFAULT 5, \"B\" text[] COLLATE \"C\", CHECK (a > 0))");
  REQUIRE_FALSE(result.error);
  REQUIRE(result.tree.size() == 1);
  const ast::Node node = result.tree.statement();
  REQUIRE(node.is<ast::CreateStmt>());
  CHECK(node.tag() == ast::NodeTag::CreateStmt);
  CHECK(to_string(node.tag()) == "CreateStmt");
  const auto create = node.as<ast::CreateStmt>();
  CHECK(create.relation().schemaname() == "s");
  CHECK(create.relation().relname() == "t");
  CHECK(create.relation().relpersistence() == "t");
  CHECK(create.relation().location() == 18);
  CHECK(create.oncommit() == ast::OnCommitAction::ONCOMMIT_NOOP);
  REQUIRE(create.table_elts().size() == 3);
  const auto a = create.table_elts()[0].as<ast::ColumnDef>();
  CHECK(a.colname() == "a");
  CHECK(a.type_name().names()[1].str() == "int4");
  CHECK(a.type_name().typemod() == -1);
  REQUIRE(a.constraints().size() == 2);
  const auto by_default = a.constraints()[1].as<ast::Constraint>();
  CHECK(by_default.contype() == ast::ConstrType::CONSTR_DEFAULT);
  CHECK(to_string(by_default.contype()) == "CONSTR_DEFAULT");
  CHECK(by_default.raw_expr().as<ast::A_Const>().ival().ival() == 5);
  CHECK_FALSE(by_default.raw_expr().as<ast::A_Const>().sval());
  const auto b = create.table_elts()[1].as<ast::ColumnDef>();
  CHECK(b.colname() == "B");
  CHECK(b.type_name().array_bounds().size() == 1);
  CHECK(b.coll_clause().collname()[0].str() == "C");
}

TEST_CASE("what is absent reads as nothing", "[parser]") {
  const ParseResult result = parse("DROP TABLE a, b.c");
  const auto drop = result.tree.statement().as<ast::DropStmt>();
  CHECK_FALSE(drop.missing_ok());
  CHECK(drop.behavior() == ast::DropBehavior::DROP_RESTRICT);
  CHECK(drop.objects()[1].items()[1].str() == "c");
  CHECK(drop.location() == -1);
  const auto create = result.tree.statement().as<ast::CreateStmt>();
  CHECK_FALSE(create);
  CHECK_FALSE(create.relation());
  CHECK(create.relation().location() == -1);
  CHECK(create.relation().relname().data() == nullptr);
  CHECK(create.table_elts().empty());
  CHECK(create.table_elts().begin() == create.table_elts().end());
  CHECK(create.oncommit() == ast::OnCommitAction::ON_COMMIT_ACTION_UNDEFINED);
  CHECK_FALSE(create.table_elts()[3]);
  CHECK(create.table_elts()[3].tag() == ast::NodeTag::none);
}

TEST_CASE("constants of all forms", "[parser]") {
  const auto constant = [](std::string_view text, auto check) {
    const ParsedExpression parsed = parse_expression(text);
    REQUIRE_FALSE(parsed.error);
    INFO(text);
    REQUIRE(parsed.node.is<ast::A_Const>());
    check(parsed.node.as<ast::A_Const>());
  };
  constant("0", [](ast::A_Const c) { CHECK((c.ival() && c.ival().ival() == 0)); });
  constant("-1", [](ast::A_Const c) { CHECK(c.ival().ival() == -1); });
  constant("-(2147483647)", [](ast::A_Const c) { CHECK(c.ival().ival() == -2147483647); });
  constant("99999999999", [](ast::A_Const c) { CHECK(c.fval().fval() == "99999999999"); });
  constant("-1.50", [](ast::A_Const c) { CHECK(c.fval().fval() == "-1.50"); });
  constant("true", [](ast::A_Const c) { CHECK(c.boolval().boolval()); });
  constant("false", [](ast::A_Const c) { CHECK((c.boolval() && !c.boolval().boolval())); });
  constant("NULL", [](ast::A_Const c) { CHECK((c.isnull() && !c.sval())); });
  constant("''", [](ast::A_Const c) { CHECK((c.sval() && c.sval().sval().empty() && !c.isnull())); });
  constant("b'101'", [](ast::A_Const c) { CHECK(c.bsval().bsval() == "b101"); });
  constant("E'\\t\"<\\\\>\\x01\\u00e9\xF0\x9F\x90\x98'",
           [](ast::A_Const c) { CHECK(c.sval().sval() == "\t\"<\\>\x01\xC3\xA9\xF0\x9F\x90\x98"); });
}

TEST_CASE("negative integers arrive wherever the grammar has them", "[parser]") {
  const ParseResult result = parse(
      "CREATE SEQUENCE s INCREMENT BY -2 MINVALUE -100 START -3 CACHE 1; ALTER TABLE t ALTER c SET STATISTICS -1;"
      "CREATE TABLE t (a int DEFAULT -7, b int[] DEFAULT ARRAY[0, -1, 2, - 3], c numeric(5, -2)) WITH (fillfactor = "
      "-5)");
  REQUIRE_FALSE(result.error);
  std::vector<int> options;
  for (const ast::Node option : result.tree.statement(0).as<ast::CreateSeqStmt>().options())
    options.push_back(option.as<ast::DefElem>().arg().as<ast::Integer>().ival());
  CHECK(options == std::vector<int>{-2, -100, -3, 1});
  const auto alter = result.tree.statement(1).as<ast::AlterTableStmt>().cmds()[0].as<ast::AlterTableCmd>();
  CHECK(alter.def().as<ast::Integer>().ival() == -1);
  const auto create = result.tree.statement(2).as<ast::CreateStmt>();
  const auto column = [&](std::size_t n) { return create.table_elts()[n].as<ast::ColumnDef>(); };
  CHECK(column(0).constraints()[0].as<ast::Constraint>().raw_expr().as<ast::A_Const>().ival().ival() == -7);
  std::vector<int> elements;
  for (const ast::Node element :
       column(1).constraints()[0].as<ast::Constraint>().raw_expr().as<ast::A_ArrayExpr>().elements())
    elements.push_back(element.as<ast::A_Const>().ival().ival());
  CHECK(elements == std::vector<int>{0, -1, 2, -3});
  CHECK(column(2).type_name().typmods()[1].as<ast::A_Const>().ival().ival() == -2);
  CHECK(create.options()[0].as<ast::DefElem>().arg().as<ast::Integer>().ival() == -5);
}

TEST_CASE("what the grammars say in different ways", "[parser]") {
  const auto strategy = [](const char* sql) {
    const ParseResult result = parse(sql);
    return partition_strategy(result.tree.statement().as<ast::CreateStmt>().partspec());
  };
  CHECK(strategy("CREATE TABLE t (a int) PARTITION BY RANGE (a)") == 'r');
  CHECK(strategy("CREATE TABLE t (a int) PARTITION BY list (a)") == 'l');
  CHECK(strategy("CREATE TABLE t (a int) PARTITION BY Hash (a)") == 'h');
  const auto target = [](const char* sql) {
    const ParseResult result = parse(sql);
    return statistics_target(result.tree.statement().as<ast::AlterStatsStmt>());
  };
  CHECK(target("ALTER STATISTICS s SET STATISTICS 0") == 0);
  CHECK(target("ALTER STATISTICS s SET STATISTICS 99") == 99);
  const ParseResult check = parse("ALTER TABLE t ADD CONSTRAINT c CHECK (true)");
  const auto cmd = check.tree.statement().as<ast::AlterTableStmt>().cmds()[0].as<ast::AlterTableCmd>();
  CHECK(is_enforced(cmd.def().as<ast::Constraint>()));
}

// Sealing: texts follow from trees, and from the names of the moment.
#include "catalog/kinds/column_default.h"
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/function.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/trigger.h"
#include "engine/seal.h"
#include "tests/catch.h"
#include "tests/unit/deparse_trees.h"

using namespace pgplumb;
using namespace pgplumb::tests;

namespace {

catalog::Expr of_tree(const NodePtr& tree) {
  catalog::Expr made;
  made.tree = tree.shared();
  return made;
}

struct SealedTexts : Trees {
  SealedTexts() {
    const NodePtr positive = operation(">", Trees::column(1, 1), integer("0"));
    catalog::Constraint constraint;
    constraint.parent = t;
    constraint.name = "positive";
    constraint.expression = of_tree(positive);
    check = catalog.insert(std::move(constraint));
    catalog::ColumnDefault value;
    value.parent = {catalog::Kind::column, column_oid(t.oid, "a")};
    value.expression = of_tree(integer("-1"));
    column_default = catalog.insert(std::move(value));
    catalog::Index made;
    made.parent = t;
    made.name = "i";
    made.columns.resize(2);
    made.columns[0].expression = of_tree(positive);
    made.columns[1].expression = of_tree(call("lower", {Trees::column(1, 2)}));
    made.predicate = of_tree(positive);
    index = catalog.insert(std::move(made));
    catalog::Trigger fires;
    fires.parent = t;
    fires.name = "fires";
    fires.when = of_tree(operation("=", Trees::column(1, 1), Trees::column(2, 1)));
    trigger = catalog.insert(std::move(fires));
    catalog.forget_undo();
  }
  catalog::Ref<catalog::Constraint> check;
  catalog::Ref<catalog::ColumnDefault> column_default;
  catalog::Ref<catalog::Index> index;
  catalog::Ref<catalog::Trigger> trigger;
};

}  // namespace

TEST_CASE("sealing prints every tree where it stands", "[deparse][seal]") {
  SealedTexts texts;
  engine::seal(texts.catalog);
  const catalog::Catalog& sealed = texts.catalog;
  CHECK(sealed.get(texts.check).expression.text == "(a > 0)");
  CHECK(sealed.get(texts.column_default).expression.text == "'-1'::integer");
  CHECK(sealed.get(texts.index).columns[0].expression.text == "((a > 0))");
  CHECK(sealed.get(texts.index).columns[1].expression.text == "lower(b)");
  CHECK(sealed.get(texts.index).predicate.text == "(a > 0)");
  CHECK(sealed.get(texts.trigger).when.text == "((old.a = new.a))");
}

TEST_CASE("sealing again follows a rename, and leaves nothing to undo", "[deparse][seal]") {
  SealedTexts texts;
  engine::seal(texts.catalog);
  const catalog::Catalog before = texts.catalog;
  texts.rename(texts.column_oid(texts.t.oid, "a"), "Amount");
  const auto mark = texts.catalog.mark();
  engine::seal(texts.catalog);
  CHECK(texts.catalog.mark() == mark);
  CHECK(texts.catalog.get(texts.check).expression.text == "(\"Amount\" > 0)");
  CHECK(before.get(texts.check).expression.text == "(a > 0)");
}

TEST_CASE("what has no tree keeps its text", "[deparse][seal]") {
  SealedTexts texts;
  texts.catalog.edit(texts.check).change<&catalog::Constraint::expression>([](catalog::Expr& expression) {
    expression.tree = nullptr;
    expression.text = "as it was read";
  });
  engine::seal(texts.catalog);
  CHECK(texts.catalog.get(texts.check).expression.text == "as it was read");
}

TEST_CASE("a partition key is printed from its parts", "[deparse][seal]") {
  SealedTexts texts;
  std::vector<catalog::PartitionKeyPart> parts(3);
  parts[0].column = {texts.column_oid(texts.t.oid, "a")};
  parts[1].expression = of_tree(texts.call("lower", {Trees::column(1, 2)}));
  parts[1].collation = {catalog::Kind::collation, catalog::collations::c};
  parts[2].expression = of_tree(texts.operation("+", Trees::column(1, 1), Trees::integer("1")));
  texts.catalog.edit(texts.t)
      .set<&catalog::Table::partition_strategy>(catalog::PartitionStrategy::range)
      .set<&catalog::Table::partition_key_parts>(parts);
  engine::seal(texts.catalog);
  CHECK(texts.catalog.get(texts.t).partition_key.text == "RANGE (a, lower(b) COLLATE \"C\", ((a + 1)))");
}

#include "catalog/catalog.h"

#include "catalog/kinds/column.h"
#include "catalog/kinds/column_default.h"
#include "catalog/kinds/index.h"
#include "catalog/kinds/schema.h"
#include "catalog/kinds/table.h"
#include "tests/catch.h"
#include "tests/unit/small_catalog.h"

using namespace pgplumb::catalog;
using pgplumb::tests::SmallCatalog;

TEST_CASE("objects are found by name within their container", "[catalog]") {
  SmallCatalog small;
  const Catalog& catalog = small.catalog;
  CHECK(catalog.find_named<Table>(small.schema.oid, "t") != nullptr);
  CHECK(catalog.find_named<Table>(small.schema.oid, "T") == nullptr);
  CHECK(catalog.find_named<Column>(small.table.oid, "a") != nullptr);
  CHECK(catalog.find_named<Column>(invalid_oid, "a") == nullptr);
}

TEST_CASE("relations of all kinds share one name space, and an index is named within its table's schema", "[catalog]") {
  SmallCatalog small;
  CHECK(small.catalog.lookup(NameSpace::relation, Kind::table, small.schema.oid, "t_a_idx").size() == 1);
  CHECK(small.catalog.schema_of(*small.catalog.find(small.index.oid)) == small.schema.oid);
}

TEST_CASE("an edit stamps the field and leaves the others' origin", "[catalog]") {
  SmallCatalog small;
  small.catalog.set_statement(StatementId{7});
  small.catalog.edit(small.column).set<&Column::not_null>(true);
  const Column& column = small.catalog.get(small.column);
  CHECK(column.not_null);
  CHECK(column.origin_of(tag_of<&Column::not_null>()) == StatementId{7});
  CHECK(column.origin_of(tag_of<&Column::type>()) == StatementId{1});
}

TEST_CASE("a rename is found under its new name only, and children keep their order", "[catalog]") {
  SmallCatalog small;
  const std::vector<Oid> before(small.catalog.children(small.table.oid).begin(), small.catalog.children(small.table.oid).end());
  small.catalog.edit(small.column).set<&Object::name>(Name("z"));
  CHECK(small.catalog.find_named<Column>(small.table.oid, "a") == nullptr);
  CHECK(small.catalog.find_named<Column>(small.table.oid, "z") != nullptr);
  const std::vector<Oid> after(small.catalog.children(small.table.oid).begin(), small.catalog.children(small.table.oid).end());
  CHECK(before == after);
}

TEST_CASE("what is named in its parent's schema moves with the parent", "[catalog]") {
  SmallCatalog small;
  Schema other;
  other.name = "other";
  const Ref<Schema> target = small.catalog.insert(std::move(other));
  small.catalog.edit(small.table).set<&Object::parent>(AnyRef(target));
  CHECK(small.catalog.find_named<Index>(target.oid, "t_a_idx") != nullptr);
  CHECK(small.catalog.find_named<Index>(small.schema.oid, "t_a_idx") == nullptr);
}

TEST_CASE("a rollback undoes inserts, edits and erasures, indexes included", "[catalog]") {
  SmallCatalog small;
  const std::size_t size = small.catalog.size();
  const Catalog::Mark mark = small.catalog.mark();
  small.catalog.edit(small.table).set<&Object::name>(Name("renamed"));
  small.catalog.erase(small.index.oid);
  Table extra;
  extra.parent = small.schema;
  extra.name = "extra";
  small.catalog.insert(std::move(extra));
  CHECK(small.catalog.of_kind(Kind::table).size() == 2);
  CHECK(small.catalog.of_kind(Kind::index).empty());
  small.catalog.rollback_to(mark);
  CHECK(small.catalog.size() == size);
  CHECK(small.catalog.find_named<Table>(small.schema.oid, "t") != nullptr);
  CHECK(small.catalog.find_named<Table>(small.schema.oid, "extra") == nullptr);
  CHECK(small.catalog.find_named<Index>(small.schema.oid, "t_a_idx") != nullptr);
  CHECK(small.catalog.of_kind(Kind::table).size() == 1);
  CHECK(small.catalog.of_kind(Kind::index).size() == 1);
  CHECK(small.catalog.dependents(small.column.oid).size() == 2);
}

TEST_CASE("dependents follow from references, with the strongest hold", "[catalog]") {
  SmallCatalog small;
  const std::vector<Dependent> dependents = small.catalog.dependents(small.column.oid);
  REQUIRE(dependents.size() == 2);
  CHECK(dependents[0] == Dependent{small.index.oid, EdgeType::automatic});
  CHECK(dependents[1] == Dependent{small.column_default.oid, EdgeType::automatic});
  CHECK(small.catalog.dependents(small.index.oid).empty());
}

TEST_CASE("a copy of a catalog is independent", "[catalog]") {
  SmallCatalog small;
  Catalog copy = small.catalog;
  copy.edit(small.table).set<&Object::name>(Name("copied"));
  CHECK(small.catalog.find_named<Table>(small.schema.oid, "t") != nullptr);
  CHECK(copy.find_named<Table>(small.schema.oid, "copied") != nullptr);
}

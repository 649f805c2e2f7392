#include "diff/compare.h"

#include "catalog/kinds/constraint.h"
#include "catalog/kinds/domain.h"
#include "catalog/kinds/function.h"
#include "catalog/kinds/range_type.h"
#include "catalog/kinds/sequence.h"
#include "catalog/snapshot.h"
#include "tests/catch.h"
#include "tests/unit/small_catalog.h"

using namespace pgplumb;
using namespace pgplumb::catalog;
using pgplumb::tests::SmallCatalog;

namespace {

SealedCatalog sealed(const SmallCatalog& small) { return freeze(std::make_shared<const Catalog>(small.catalog)); }

std::vector<std::string> differences(const SmallCatalog& expected, const SmallCatalog& actual) {
  const SealedCatalog a = sealed(expected);
  const SealedCatalog b = sealed(actual);
  std::vector<std::string> out;
  for (const diff::Change& change : diff::compare(a, b, {}, nullptr).changes) {
    std::string text = change.key.text();
    text += change.type == diff::ChangeType::missing ? " missing" : change.type == diff::ChangeType::unexpected ? " unexpected" : "";
    if (change.contained) text += " +" + std::to_string(change.contained);
    for (const diff::FieldChange& field : change.fields)
      text += " " + std::string(field.field->name) + ": " + field.expected + " -> " + field.actual;
    if (change.counterpart) text += " ~ " + change.counterpart->key.identity;
    out.push_back(text);
  }
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("equal catalogs have equal hashes and no differences", "[compare]") {
  SmallCatalog a, b;
  CHECK(sealed(a).root() == sealed(b).root());
  CHECK(differences(a, b).empty());
}

TEST_CASE("provenance is neither hashed nor compared", "[compare]") {
  SmallCatalog a, b;
  b.catalog.set_statement(StatementId{99});
  b.catalog.edit(b.column).set<&Column::not_null>(true);
  b.catalog.edit(b.column).set<&Column::not_null>(false);
  CHECK(sealed(a).root() == sealed(b).root());
}

TEST_CASE("a difference names the field and both values", "[compare]") {
  SmallCatalog a, b;
  b.catalog.edit(b.column).set<&Column::not_null>(true);
  CHECK(differences(a, b) == Texts{"column s.t.a not_null: false -> true"});
  CHECK(sealed(a).root() != sealed(b).root());
}

TEST_CASE("what is missing with its container is counted there", "[compare]") {
  SmallCatalog a, b;
  for (Oid oid : {b.column_default.oid, b.index.oid}) b.catalog.erase(oid);
  for (const Column* column : b.catalog.children_of<Column>(b.table.oid)) b.catalog.erase(column->oid);
  b.catalog.erase(b.table.oid);
  CHECK(differences(a, b) == Texts{"table s.t missing +4"});
  CHECK(differences(b, a) == Texts{"table s.t unexpected +4"});
}

TEST_CASE("the same contents under another name are a likely rename", "[compare]") {
  SmallCatalog a, b;
  b.catalog.edit(b.index).set<&Object::name>(Name("other_idx"));
  CHECK(differences(a, b) == Texts{"index s.other_idx unexpected ~ s.t_a_idx", "index s.t_a_idx missing ~ s.other_idx"});
}

namespace {

SmallCatalog with_not_null(const char* name, bool generated) {
  SmallCatalog small;
  Constraint constraint;
  constraint.type = ConstraintType::not_null;
  constraint.parent = small.table;
  constraint.name = name;
  constraint.columns = {small.column};
  if (generated) constraint.generated_name = constraint.name;
  small.catalog.insert(std::move(constraint));
  return small;
}

}  // namespace

TEST_CASE("names of NOT NULL that the server chose are equal, and no others", "[compare]") {
  const SmallCatalog now = with_not_null("t_a_not_null", false), once = with_not_null("old_a_not_null", true);
  CHECK(differences(once, now).empty());
  CHECK(differences(now, once).empty());
  CHECK(differences(once, with_not_null("t_a_not_null1", false)).empty());
  for (const SmallCatalog& given : {with_not_null("old_a_not_null", false), with_not_null("t_a_not_null_", false)}) {
    CHECK(differences(given, now).size() == 2);
    CHECK(differences(now, given).size() == 2);
  }
}

TEST_CASE("owners and the order of columns are compared on request only", "[compare]") {
  SmallCatalog a, b;
  b.catalog.edit(b.table).set<&Object::owner>(Name("somebody"));
  b.catalog.edit(b.column).set<&Column::position>(9);
  CHECK(differences(a, b).empty());
  diff::CompareOptions options;
  options.owners = true;
  options.column_order = true;
  CHECK(diff::compare(sealed(a), sealed(b), options, nullptr).changes.size() == 2);
}

TEST_CASE("a set compares without order", "[compare]") {
  SmallCatalog a, b;
  a.catalog.edit(a.table).set<&Table::options>(Options{"fillfactor=70", "autovacuum_enabled=false"});
  b.catalog.edit(b.table).set<&Table::options>(Options{"autovacuum_enabled=false", "fillfactor=70"});
  CHECK(differences(a, b).empty());
}

TEST_CASE("a snapshot gives back an equal catalog", "[snapshot]") {
  SmallCatalog small;
  small.catalog.edit(small.table).set<&Object::comment>(std::string("quote \" newline \n and ünïcode"));
  small.catalog.edit(small.column).set<&Column::type>(TypeRef{1700, (10 << 16) + 2 + 4});
  const SealedCatalog before = sealed(small);
  SnapshotInfo info;
  info.major = 15;
  info.unsure = {"something"};
  const Snapshot read = read_snapshot(write_snapshot(before, info, nullptr));
  CHECK(read.info.unsure == info.unsure);
  CHECK(freeze(read.catalog).root() == before.root());
}

TEST_CASE("a column of a domain keeps it in a snapshot beside a sequence of the domain's name", "[snapshot]") {
  SmallCatalog small;
  Domain domain;
  domain.parent = small.catalog.get(small.table).parent;
  domain.name = Name("shared");
  domain.base = {23, -1};
  Sequence sequence;
  sequence.parent = domain.parent;
  sequence.name = domain.name;
  const Ref<Domain> type = small.catalog.insert(std::move(domain));
  small.catalog.insert(std::move(sequence));
  small.catalog.edit(small.column).set<&Column::type>(TypeRef{type.oid, -1});
  const SealedCatalog before = sealed(small);
  const Snapshot read = read_snapshot(write_snapshot(before, {.major = 15}, nullptr));
  CHECK(freeze(read.catalog).root() == before.root());
}

TEST_CASE("constructors of ranges are in a snapshot, but not compared", "[snapshot]") {
  SmallCatalog small;
  RangeType range;
  range.parent = range.multirange_schema = small.catalog.get(small.table).parent;
  range.name = Name("span");
  range.multirange_name = Name("spans");
  range.subtype = {23, -1};
  const Ref<RangeType> type = small.catalog.insert(std::move(range));
  const Hash128 without = sealed(small).root();
  Function function;
  function.parent = small.catalog.get(type).parent;
  function.name = Name("made");
  function.signature = {{23, -1}, {23, -1}};
  function.result = {type.oid, -1};
  function.constructs = type;
  small.catalog.insert(std::move(function));
  const SealedCatalog before = sealed(small);
  CHECK(before.root() == without);
  const Snapshot read = read_snapshot(write_snapshot(before, {.major = 15}, nullptr));
  CHECK(freeze(read.catalog).root() == before.root());
  std::vector<std::string> made;
  read.catalog->for_each<Function>([&](const Function& each) {
    made.push_back(each.name.str() + " of " + read.catalog->find(each.constructs.oid)->name.str());
  });
  CHECK(made == Texts{"made of span"});
}

TEST_CASE("what is no snapshot is refused with a reason", "[snapshot]") {
  CHECK_THROWS_WITH(read_snapshot("{"), Catch::Contains("not valid JSON"));
  CHECK_THROWS_WITH(read_snapshot("{}"), Catch::Contains("no pgplumb snapshot"));
  CHECK_THROWS_WITH(read_snapshot(R"({"format":"pgplumb-snapshot","version":99})"), Catch::Contains("newer pgplumb"));
}

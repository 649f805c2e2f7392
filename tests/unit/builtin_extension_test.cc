// What CREATE EXTENSION creates.
#include <algorithm>
#include <set>

#include "catalog/builtin/builtin.h"
#include "catalog/builtin/extension_data.h"
#include "tests/catch.h"

using namespace pgplumb::catalog;
using namespace pgplumb::catalog::builtin;

namespace {

template <class T, class Name>
const T* named(Rows<T> rows, Name name, std::string_view wanted) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const T& row) { return row.*name == wanted; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("the control file's facts depend on the major", "[builtin]") {
  CHECK(find_extension("citext", "", 13)->version() == "1.6");
  CHECK(find_extension("citext", "", 18)->version() == "1.8");
  CHECK(find_extension("citext", "1.4", 18)->version() == "1.4");
  CHECK(find_extension("citext", "", 15)->trusted());
  CHECK(find_extension("citext", "", 15)->relocatable());
  CHECK(find_extension("citext", "", 15)->schema().is_null());
  CHECK(find_extension("plpgsql", "", 15)->schema() == "pg_catalog");
  CHECK_FALSE(find_extension("dblink", "", 15)->trusted());
  CHECK_FALSE(find_extension("citext", "9.9", 18));
  CHECK_FALSE(find_extension("no_such_extension", "", 18));
  CHECK(find_extension("adminpack", "", 16));
  CHECK_FALSE(find_extension("adminpack", "", 17));
  REQUIRE(find_extension("earthdistance", "", 14)->required().size() == 1);
  CHECK(find_extension("earthdistance", "", 14)->required()[0] == "cube");
}

TEST_CASE("each major lists its extensions, one version of each the default", "[builtin]") {
  for (int major = oldest_major; major <= newest_major; ++major) {
    std::set<std::string_view> all, with_default;
    for (const ExtensionVersion& row : extension_versions(major)) {
      all.insert(row.name);
      if (row.is_default) CHECK(with_default.insert(row.name).second);
    }
    CHECK(all == with_default);
    CHECK(all.size() > 50);
  }
}

TEST_CASE("members refer to each other, to built-in objects and to required extensions", "[builtin]") {
  const ExtensionData* citext = find_extension("citext", "", 15);
  const Type* type = named(citext->types(), &Type::typname, "citext");
  REQUIRE(type);
  CHECK(is_member(type->oid));
  CHECK(type->typnamespace == member_oid(citext->number(), 0));
  CHECK(type->typcategory == 'S');
  CHECK(type->typcollation == 100);
  const Proc* input = named(citext->procs(), &Proc::proname, "citextin");
  REQUIRE(input);
  CHECK(type->typinput == input->oid);
  CHECK(input->proargtypes[0] == 2275);
  CHECK(input->prorettype == type->oid);
  CHECK(citext->casts().size() == 8);
  CHECK(citext->opclasses().size() == 3);

  const ExtensionData* cube = find_extension("cube", "", 15);
  const Type* earth = named(find_extension("earthdistance", "", 15)->types(), &Type::typname, "earth");
  REQUIRE(earth);
  CHECK(earth->typtype == 'd');
  CHECK(earth->typbasetype == named(cube->types(), &Type::typname, "cube")->oid);
}

TEST_CASE("views, foreign-data wrappers, templates and languages of extensions", "[builtin]") {
  const ExtensionData* statements = find_extension("pg_stat_statements", "", 15);
  const Relation* view = named(statements->relations(), &Relation::relname, "pg_stat_statements");
  REQUIRE(view);
  CHECK(view->relkind == 'v');
  const auto columns = statements->columns();
  CHECK(std::count_if(columns.begin(), columns.end(), [&](auto& row) { return row.attrelid == view->oid; }) == 43);
  CHECK(find_extension("postgres_fdw", "", 15)->fdws().front().fdwname == "postgres_fdw");
  CHECK(find_extension("unaccent", "", 15)->ts_dicts().front().dictname == "unaccent");
  CHECK(find_extension("plperl", "", 17)->languages().front().lanpltrusted);
  CHECK(find_extension("hstore_plperl", "", 13)->transforms().size() == 1);
  CHECK(find_extension("bloom", "", 15)->ams().front().amname == "bloom");
  CHECK(find_extension("tablefunc", "", 15)->relations().front().relkind == 'c');
}

TEST_CASE("a member's references lead to members or built-in rows", "[builtin]") {
  for (int major = oldest_major; major <= newest_major; ++major) {
    for (const ExtensionVersion& row : extension_versions(major)) {
      const ExtensionData* extension = find_extension(row.name, row.version, major);
      REQUIRE(extension);
      std::set<Oid> types;
      for (const Type& type : extension->types()) types.insert(type.oid);
      for (const Proc& proc : extension->procs()) {
        CHECK(member_extension(proc.oid) == extension->number());
        for (const Oid argument : proc.proargtypes) {
          if (!is_member(argument)) CHECK(of(major).type_by_oid(argument));
          if (is_member(argument) && member_extension(argument) == extension->number()) CHECK(types.count(argument));
        }
      }
    }
  }
}

// The parts of the reader that need no server.
#include "catalog/builtin/builtin.h"
#include "engine/introspect/acl.h"
#include "engine/introspect/connection_string.h"
#include "engine/introspect/link.h"
#include "engine/introspect/select.h"
#include "tests/catch.h"

using namespace pgplumb;
using namespace pgplumb::engine;
using catalog::Kind;
using catalog::Name;
using Catch::Contains;

namespace {

std::vector<Name> names(std::initializer_list<const char*> texts) { return {texts.begin(), texts.end()}; }

const KindSelect& select_of(const std::vector<KindSelect>& selects, Kind kind) {
  for (const KindSelect& select : selects)
    if (select.kind->kind == kind) return select;
  throw std::logic_error("no such kind");
}

}  // namespace

TEST_CASE("addresses of objects, with and without their catalog", "[introspect]") {
  CHECK(parse_address(Kind::none, "1259/16400/3") == LiveAddress{1259, 16400, 3});
  CHECK(parse_address(Kind::none, "2615/2200") == LiveAddress{2615, 2200, 0});
  CHECK(parse_address(Kind::column, "16400/3") == LiveAddress{1259, 16400, 3});
  CHECK(parse_address(Kind::table, "4294967295") == LiveAddress{1259, 4294967295u, 0});
}

TEST_CASE("references to built-in rows keep their oid, and those to nothing are remembered", "[introspect]") {
  Linker linker(15);
  linker.add({class_relation, 16400, 0}, {Kind::table, 16384});
  linker.add({class_relation, 16400, 2}, {Kind::column, 16388});
  linker.add_type(16402, 16384);
  linker.add_type(16401, 16385);
  CHECK(linker.resolve(Kind::table, "16400") == AnyRef{Kind::table, 16384});
  CHECK(linker.resolve(Kind::column, "16400/2") == AnyRef{Kind::column, 16388});
  CHECK(linker.resolve(Kind::none, "1255/870") == AnyRef{Kind::function, 870});     // lower(text)
  CHECK(linker.resolve(Kind::none, "1255/2108") == AnyRef{Kind::aggregate, 2108});  // sum(integer)
  CHECK(linker.resolve(Kind::none, "2612/14") == AnyRef{Kind::language, 14});
  CHECK(linker.resolve_type("16401,-1") == catalog::TypeRef{16385, -1});
  CHECK(linker.resolve_type("1043,259") == catalog::TypeRef{1043, 259});
  CHECK(linker.resolve_type("23") == catalog::TypeRef{23, -1});
  CHECK(linker.dangling().empty());
  CHECK_FALSE(linker.resolve(Kind::table, "99999"));
  CHECK_FALSE(linker.resolve_type("88888,5"));
  CHECK(linker.dangling() == std::vector<std::string>{"pg_class/99999", "pg_type/88888"});
}

TEST_CASE("grants are what differs from the privileges that an object has by itself", "[introspect]") {
  const RoleNames roles{{10, "postgres"}, {16385, "alice"}, {16386, "bob \"b\" = x"}};
  CHECK(grants_from_acl(R"([[true,"10","EXECUTE",false],[true,"0","EXECUTE",false],
                            [false,"10","EXECUTE",false],[false,"0","EXECUTE",false]])",
                        roles)
            .empty());
  const auto grants = grants_from_acl(R"([[true,"10","SELECT",false],[true,"16385","SELECT",true],
      [true,"16385","INSERT",false],[true,"16386","SELECT",false],[true,"16385","SELECT",false],
      [false,"10","SELECT",false],[false,"0","USAGE",false]])",
                                      roles);
  REQUIRE(grants.size() == 3);
  CHECK(grants[0].grantee.empty());
  CHECK(grants[0].privileges.empty());
  CHECK(grants[1].grantee == Name("alice"));
  CHECK(grants[1].privileges == names({"INSERT", "SELECT"}));
  CHECK(grants[1].grantable == names({"SELECT"}));
  CHECK(grants[2].grantee == Name("bob \"b\" = x"));
}

TEST_CASE("a server is asked only for what its major has", "[introspect]") {
  const auto old_selects = kind_selects(13), new_selects = kind_selects(18);
  CHECK(new_selects.size() == catalog::all_kinds().size() - 1);  // grants come with their targets
  CHECK(old_selects.size() == new_selects.size() - 1);           // no publications of schemas
  CHECK_THAT(select_of(old_selects, Kind::constraint).sql, !Contains("conenforced"));
  CHECK_THAT(select_of(new_selects, Kind::constraint).sql, Contains("conenforced"));
  CHECK_THAT(select_of(old_selects, Kind::collation).sql, !Contains("co.colllocale"));
  CHECK_THAT(select_of(new_selects, Kind::collation).sql, Contains("co.colllocale"));
  for (const KindSelect& select : new_selects) CHECK_THAT(select.sql, !Contains("conninfo"));
}

TEST_CASE("a target is described without its password", "[introspect]") {
  CHECK(describe_target("alice", "db.example.com", "5432", "shop") == "postgres://alice@db.example.com:5432/shop");
  CHECK(describe_target("a@b", "::1", "5", "x/y") == "postgres://a%40b@[::1]:5/x%2Fy");
  CHECK(describe_target("a", "/tmp", "5432", "d") == "postgres://a@/d?host=/tmp&port=5432");
}

// The built-in catalogs against facts of PostgreSQL's own sources (pg_proc.dat, pg_operator.dat, …).
#include "catalog/builtin/builtin.h"

#include <algorithm>
#include <set>
#include <string>

#include "catalog/base/keywords.h"
#include "tests/catch.h"

using namespace pgplumb::catalog;
using namespace pgplumb::catalog::builtin;

namespace {

std::set<std::string> names_of(Array<Text> texts) { return {texts.begin(), texts.end()}; }

}  // namespace

TEST_CASE("a major out of range gets the nearest", "[builtin]") {
  CHECK(of(13).major() == 13);
  CHECK(of(18).major() == 18);
  CHECK(of(12).major() == 13);
  CHECK(of(99).major() == 18);
  CHECK(&of(15) == &of(15));
}

TEST_CASE("types are found by oid and by name", "[builtin]") {
  const Type* text = of(15).type_by_oid(25);
  REQUIRE(text);
  CHECK(text->typname == "text");
  CHECK(text->typcategory == 'S');
  CHECK(text->typispreferred);
  CHECK(text->typcollation == 100);
  CHECK(of(15).type_by_name(pg_catalog_namespace, "text") == text);
  CHECK(of(15).type_by_oid(text->typarray)->typelem == 25);
  CHECK_FALSE(of(15).type_by_name(public_namespace, "text"));
  CHECK_FALSE(of(15).type_by_oid(1));
  CHECK_FALSE(of(15).type_by_oid(4294967295u));
  CHECK_FALSE(of(15).type_by_name(pg_catalog_namespace, ""));
}

TEST_CASE("a major has what its PostgreSQL has, and no more", "[builtin]") {
  CHECK_FALSE(of(13).type_by_name(pg_catalog_namespace, "int4multirange"));
  CHECK(of(14).type_by_name(pg_catalog_namespace, "int4multirange"));
  CHECK(of(13).type_by_oid(18)->typcategory == 'S');
  CHECK(of(15).type_by_oid(18)->typcategory == 'Z');
  CHECK(of(13).range_by_type(3904)->rngmultitypid == 0);
  CHECK(of(14).range_by_multirange(4451)->rngtypid == 3904);
  CHECK_FALSE(of(13).range_by_multirange(0));
  CHECK(of(17).procs_by_name("uuidv7").empty());
  CHECK(of(18).procs_by_name("uuidv7").size() == 2);
  CHECK(of(14).role_by_name("pg_read_all_data"));
  CHECK_FALSE(of(13).role_by_name("pg_read_all_data"));
}

TEST_CASE("functions carry arguments, defaults and properties", "[builtin]") {
  const auto overloads = of(16).procs_by_name("lower");
  CHECK(overloads.size() == 3);
  CHECK(std::is_sorted(overloads.begin(), overloads.end(), [](auto& a, auto& b) { return a.oid < b.oid; }));
  const auto found = of(16).procs_by_name("make_interval");
  REQUIRE(found.size() == 1);
  const Proc& make_interval = found.front();
  CHECK(make_interval.pronargs == 7);
  CHECK(make_interval.pronargdefaults == 7);
  CHECK(make_interval.proargtypes.size() == 7);
  CHECK(make_interval.proargtypes.back() == 701);
  CHECK(make_interval.proargnames[0] == "years");
  CHECK(make_interval.proargdefaults.view().substr(0, 4) == "0, 0");
  CHECK(make_interval.prorettype == 1186);
  CHECK(make_interval.proisstrict);
  CHECK(make_interval.provolatile == 'i');
  const auto concat = of(16).procs_by_name("concat");
  REQUIRE(concat.size() == 1);
  CHECK(concat.front().provariadic == 2276);
  CHECK(of(16).procs_by_name("no_such_function").empty());
}

TEST_CASE("output arguments stand in proallargtypes", "[builtin]") {
  const auto found = of(13).procs_by_name("pg_get_keywords");
  REQUIRE(found.size() == 1);
  CHECK(found.front().proargtypes.empty());
  CHECK(found.front().proallargtypes.size() == 3);
  CHECK(std::string(found.front().proargmodes.begin(), found.front().proargmodes.end()) == "ooo");
  CHECK(found.front().proargdefaults.is_null());
  CHECK(of(14).procs_by_name("pg_get_keywords").front().proallargtypes.size() == 5);
}

TEST_CASE("an internal function is known by its C function", "[builtin]") {
  CHECK(of(15).has_internal_function("int4pl"));
  CHECK(of(15).has_internal_function("array_to_text"));
  CHECK_FALSE(of(15).has_internal_function("array_to_string"));
  CHECK_FALSE(of(15).has_internal_function("no_such_function"));
  CHECK_FALSE(of(15).has_internal_function(""));
  CHECK_FALSE(of(15).has_internal_function("plpgsql_validator"));
}

TEST_CASE("aggregates", "[builtin]") {
  const auto percentiles = of(17).procs_by_name("percentile_cont");
  REQUIRE(percentiles.size() == 4);
  for (const Proc& proc : percentiles) {
    CHECK(proc.prokind == 'a');
    REQUIRE(of(17).aggregate(proc.oid));
    CHECK(of(17).aggregate(proc.oid)->aggkind == 'o');
    CHECK(of(17).aggregate(proc.oid)->aggnumdirectargs == 1);
  }
  CHECK_FALSE(of(17).aggregate(870));
}

TEST_CASE("operators and the families that give them meaning", "[builtin]") {
  const Builtin& pg = of(15);
  const Operator* equal = pg.operator_exact("=", 23, 23);
  REQUIRE(equal);
  CHECK(equal->oid == 96);
  CHECK(equal->oprresult == 16);
  CHECK(equal->oprcanhash);
  CHECK(pg.operator_by_oid(equal->oprnegate)->oprname == "<>");
  CHECK(pg.operator_exact("-", 0, 23)->oprkind == 'l');
  CHECK_FALSE(pg.operator_exact("=", 23, 25));

  const Oid btree = pg.am_by_name("btree")->oid;
  const OperatorClass* int4_ops = pg.default_opclass(btree, 23);
  REQUIRE(int4_ops);
  CHECK(int4_ops->opcname == "int4_ops");
  CHECK(pg.opclass_by_name(btree, "int4_ops") == int4_ops);
  CHECK(pg.amop(int4_ops->opcfamily, 23, 23, 3)->amopopr == 96);
  CHECK(pg.amop(int4_ops->opcfamily, 23, 20, 1)->amopopr == 37);
  CHECK_FALSE(pg.amop(int4_ops->opcfamily, 23, 25, 1));
  CHECK(pg.amproc(int4_ops->opcfamily, 23, 23, 1));
  const auto members = pg.amops_of_operator(96);
  CHECK(std::any_of(members.begin(), members.end(), [&](auto& row) { return row.amopmethod == btree; }));
  CHECK_FALSE(pg.opclass_by_name(btree, "text_pattern_ops")->opcdefault);
  CHECK_FALSE(pg.default_opclass(btree, 600));
}

TEST_CASE("an ordering operator is no search operator", "[builtin]") {
  const Builtin& pg = of(15);
  const OperatorClass* point_ops = pg.opclass_by_name(783, "point_ops");
  REQUIRE(point_ops);
  const auto rows = pg.amops_of_family(point_ops->opcfamily);
  const auto ordering = std::find_if(rows.begin(), rows.end(), [](auto& row) { return row.amoppurpose == 'o'; });
  REQUIRE(ordering != rows.end());
  CHECK_FALSE(pg.amop(point_ops->opcfamily, ordering->amoplefttype, ordering->amoprighttype, ordering->amopstrategy));
}

TEST_CASE("casts are found from both ends", "[builtin]") {
  const Builtin& pg = of(18);
  CHECK(pg.cast(23, 20)->castcontext == 'i');
  CHECK(pg.cast(20, 23)->castcontext == 'a');
  CHECK(pg.cast(25, 1043)->castmethod == 'b');
  CHECK_FALSE(pg.cast(23, 25));
  for (const Cast& cast : pg.casts_from(23)) CHECK(cast.castsource == 23);
  for (const Cast& cast : pg.casts_to(23)) CHECK(cast.casttarget == 23);
  CHECK(pg.cast(17, 23));
  CHECK_FALSE(of(17).cast(17, 23));
}

TEST_CASE("system relations have columns", "[builtin]") {
  const Builtin& pg = of(18);
  const Oid information_schema = pg.namespace_by_name("information_schema")->oid;
  const Relation* columns = pg.relation_by_name(information_schema, "columns");
  REQUIRE(columns);
  CHECK(columns->relkind == 'v');
  const auto rows = pg.columns(columns->oid);
  REQUIRE(rows.size() == 44);
  CHECK(rows[3].attname == "column_name");
  CHECK(pg.type_by_oid(rows[3].atttypid)->typname == "sql_identifier");
  for (std::size_t i = 0; i < rows.size(); ++i) CHECK(rows[i].attnum == static_cast<int>(i) + 1);
  CHECK(pg.relation_by_oid(1259)->relname == "pg_class");
  CHECK(pg.type_by_oid(pg.relation_by_oid(1259)->reltype)->typrelid == 1259);
  CHECK_FALSE(of(16).relation_by_name(pg_catalog_namespace, "pg_wait_events"));
}

TEST_CASE("what initdb numbers is numbered alike in all majors", "[builtin]") {
  const auto tables = [](int major) {
    return of(major).relation_by_name(of(major).namespace_by_name("information_schema")->oid, "tables");
  };
  for (int major = oldest_major; major <= newest_major; ++major) {
    CHECK(tables(major)->oid == tables(oldest_major)->oid);
    CHECK(is_builtin(tables(major)->oid));
    CHECK(of(major).ts_config_by_name("english")->cfgparser == 3722);
    CHECK(of(major).language_by_name("plpgsql"));
  }
}

TEST_CASE("text search configurations map the parser's tokens", "[builtin]") {
  const Builtin& pg = of(15);
  const auto map = pg.ts_config_map(pg.ts_config_by_name("english")->oid);
  CHECK(map.size() == 19);
  CHECK(pg.ts_dict_by_oid(map.front().mapdict)->dictname == "english_stem");
  CHECK(pg.ts_token_types(3722).size() == 23);
  CHECK(pg.ts_dict_by_name("simple")->dictinitoption.is_null());
}

TEST_CASE("settings are found in any case, with what SET needs", "[builtin]") {
  CHECK(of(15).setting("datestyle") == of(15).setting("DateStyle"));
  CHECK(of(15).setting("SEARCH_PATH")->list_quote);
  CHECK(of(15).setting("DateStyle")->list_input);
  CHECK_FALSE(of(15).setting("DateStyle")->list_quote);
  CHECK_FALSE(of(15).setting("TimeZone")->list_input);
  CHECK(of(15).setting("work_mem")->unit == "kB");
  CHECK(of(15).setting("application_name")->boot_val.empty());
  CHECK(names_of(of(15).setting("wal_compression")->enumvals).count("zstd") == 1);
  CHECK_FALSE(of(16).setting("transaction_timeout"));
  CHECK(of(17).setting("transaction_timeout"));
  CHECK(of(13).setting("role"));
  CHECK_FALSE(of(13).setting("no_such_setting"));
  CHECK_FALSE(of(13).setting("zzz"));
}

TEST_CASE("the words that are quoted are those some major reserves", "[builtin]") {
  for (int major = oldest_major; major <= newest_major; ++major) {
    for (const Keyword& row : of(major).keywords()) {
      if (row.catcode != 'U') CHECK(keyword_needs_quotes(row.word));
    }
  }
  CHECK(of(18).keyword("select")->catcode == 'R');
  CHECK(of(18).keyword("year")->catcode == 'U');
  CHECK_FALSE(of(18).keyword("year")->barelabel);
  CHECK_FALSE(of(18).keyword("SELECT"));
}

TEST_CASE("condition names may have several codes", "[builtin]") {
  CHECK(of(13).conditions_by_name("duplicate_object").front().sqlstate == "42710");
  CHECK(of(13).conditions_by_name("null_value_not_allowed").size() == 2);
  CHECK(of(13).conditions_by_sqlstate("23505").front().condname == "unique_violation");
}

TEST_CASE("every reference leads to a row", "[builtin]") {
  for (int major = oldest_major; major <= newest_major; ++major) {
    const Builtin& pg = of(major);
    for (const Proc& row : pg.procs()) {
      CHECK(pg.type_by_oid(row.prorettype));
      CHECK(row.pronargs == static_cast<int>(row.proargtypes.size()));
      CHECK((row.prokind == 'a') == (pg.aggregate(row.oid) != nullptr));
    }
    for (const Operator& row : pg.operators()) CHECK((row.oprcode == 0 || pg.proc_by_oid(row.oprcode)));
    for (const Attribute& row : pg.columns(1259)) CHECK(pg.type_by_oid(row.atttypid));
    for (const Type& row : pg.types()) CHECK((row.typarray == 0 || pg.type_by_oid(row.typarray)->typelem == row.oid));
    for (const OperatorClass& row : pg.opclasses()) CHECK(pg.opfamily_by_oid(row.opcfamily));
    for (const FamilyOperator& row : pg.amops()) CHECK(pg.operator_by_oid(row.amopopr));
    for (const FamilyFunction& row : pg.amprocs()) CHECK(pg.proc_by_oid(row.amproc));
  }
}

// The embedded block against the checked-in files: every row of every major arrives, in the order that lookups need.
#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "catalog/builtin/builtin.h"
#include "tests/catch.h"

using namespace pgplumb::catalog;
using namespace pgplumb::catalog::builtin;

namespace {

using Cells = std::vector<std::string>;

Cells split(const std::string& line, char separator) {
  Cells cells(1);
  for (const char c : line) {
    if (c == separator) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

bool holds(const std::string& majors, int major) {
  if (majors.empty()) return true;
  for (const std::string& part : split(majors, ',')) {
    const Cells ends = split(part, '-');
    if (std::stoi(ends.front()) <= major && major <= std::stoi(ends.back())) return true;
  }
  return false;
}

/// A file's rows of one major, each cell under its column's name, defaults filled in.
std::vector<std::map<std::string, std::string>> rows_of(const std::string& catalog, int major) {
  std::ifstream file(std::string(PGPLUMB_SOURCE_DIR) + "/catalog/builtin/data/" + catalog + ".tsv");
  std::string line;
  REQUIRE(std::getline(file, line));
  const Cells columns = split(line, '\t');
  std::vector<std::map<std::string, std::string>> rows;
  while (std::getline(file, line)) {
    const Cells cells = split(line, '\t');
    if (!holds(cells[0], major)) continue;
    rows.emplace_back();
    for (std::size_t i = 1; i < columns.size(); ++i) {
      const auto equals = columns[i].find('=');
      const std::string filled = equals == std::string::npos ? "" : columns[i].substr(equals + 1);
      rows.back()[columns[i].substr(0, equals)] = i < cells.size() && !cells[i].empty() ? cells[i] : filled;
    }
  }
  return rows;
}

Oid oid_in(const std::string& cell) { return cell.empty() ? 0 : static_cast<Oid>(std::stoul(cell)); }

std::string joined(Array<Oid> oids) {
  std::string text;
  for (const Oid oid : oids) text += (text.empty() ? "" : " ") + std::to_string(oid);
  return text;
}

}  // namespace

TEST_CASE("every row of every major is there", "[builtin]") {
  for (int major = oldest_major; major <= newest_major; ++major) {
    const Builtin& pg = of(major);
    CHECK(pg.namespaces().size() == rows_of("namespace", major).size());
    CHECK(pg.types().size() == rows_of("type", major).size());
    CHECK(pg.procs().size() == rows_of("proc", major).size());
    CHECK(pg.operators().size() == rows_of("operator", major).size());
    CHECK(pg.casts().size() == rows_of("cast", major).size());
    CHECK(pg.ams().size() == rows_of("am", major).size());
    CHECK(pg.opfamilies().size() == rows_of("opfamily", major).size());
    CHECK(pg.opclasses().size() == rows_of("opclass", major).size());
    CHECK(pg.amops().size() == rows_of("amop", major).size());
    CHECK(pg.amprocs().size() == rows_of("amproc", major).size());
    CHECK(pg.collations().size() == rows_of("collation", major).size());
    CHECK(pg.ranges().size() == rows_of("range", major).size());
    CHECK(pg.relations().size() == rows_of("relation", major).size());
    CHECK(pg.conversions().size() == rows_of("conversion", major).size());
    CHECK(pg.ts_dicts().size() == rows_of("ts_dict", major).size());
    CHECK(pg.ts_configs().size() == rows_of("ts_config", major).size());
    CHECK(pg.roles().size() == rows_of("role", major).size());
    CHECK(pg.keywords().size() == rows_of("keyword", major).size());
    CHECK(pg.settings().size() == rows_of("setting", major).size());
    CHECK(pg.conditions().size() == rows_of("condition", major).size());
  }
}

TEST_CASE("functions arrive whole, by oid and by name", "[builtin]") {
  const Builtin& pg = of(18);
  for (auto& row : rows_of("proc", 18)) {
    const Proc* proc = pg.proc_by_oid(oid_in(row["oid"]));
    REQUIRE(proc);
    CHECK(proc->proname == row["proname"]);
    CHECK(proc->pronamespace == oid_in(row["pronamespace"]));
    CHECK(proc->prolang == oid_in(row["prolang"]));
    CHECK(std::string(1, proc->provolatile) == row["provolatile"]);
    CHECK(proc->proisstrict == (row["proisstrict"] == "t"));
    CHECK(proc->prorettype == oid_in(row["prorettype"]));
    CHECK(joined(proc->proargtypes) == row["proargtypes"]);
    CHECK(joined(proc->proallargtypes) == row["proallargtypes"]);
    CHECK(std::string(proc->proargmodes.begin(), proc->proargmodes.end()) == row["proargmodes"]);
    CHECK(proc->proargdefaults.is_null() == row["proargdefaults"].empty());
    const auto same_name = pg.procs_by_name(row["proname"]);
    CHECK(std::count_if(same_name.begin(), same_name.end(), [&](auto& other) { return &other == proc; }) == 1);
  }
}

TEST_CASE("columns and operators arrive whole", "[builtin]") {
  const Builtin& pg = of(13);
  for (auto& row : rows_of("attribute", 13)) {
    const auto columns = pg.columns(oid_in(row["attrelid"]));
    REQUIRE(columns.size() >= std::stoul(row["attnum"]));
    const Attribute& column = columns[std::stoul(row["attnum"]) - 1];
    CHECK(column.attname == row["attname"]);
    CHECK(column.atttypid == oid_in(row["atttypid"]));
    CHECK(column.attnotnull == (row["attnotnull"] == "t"));
  }
  for (auto& row : rows_of("operator", 13)) {
    const Operator* found = pg.operator_exact(row["oprname"], oid_in(row["oprleft"]), oid_in(row["oprright"]));
    REQUIRE(found);
    CHECK(found->oid == oid_in(row["oid"]));
    CHECK(found->oprcode == oid_in(row["oprcode"]));
    CHECK(found->oprcom == oid_in(row["oprcom"]));
  }
}

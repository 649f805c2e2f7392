// Every format, held to approved output for the same reports. PGPLUMB_APPROVE=1 writes the baselines anew.
#include "diff/render/render.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/catch.h"

using namespace pgplumb::diff;

namespace {

Report in_sync() {
  Report report;
  report.command = "check";
  report.verdict = Verdict::in_sync;
  report.expected = "migrations";
  report.actual = "postgres://127.0.0.1:5432/app";
  report.tool_version = "0.1.0";
  report.grammar_version = "15";
  report.major = 15;
  report.server_version_num = 150004;
  report.expected_hash = report.actual_hash = std::string(32, '0');
  report.stats = {120, 40, 30, 29, 1, 0, 0, {{"array_coercion", 1}}};
  return report;
}

Report drift() {
  Report report = in_sync();
  report.verdict = Verdict::drift;
  report.actual_hash = std::string(32, '1');
  ReportChange column;
  column.kind = column.label = "column";
  column.identity = "public.users.email";
  column.change = "altered";
  column.origin = {"migrations/0001_users.sql", 3, "0001"};
  column.fields.push_back({"not_null", "true", "false", {"migrations/0042_users.sql", 17, "0042"}});
  column.fields.push_back({"options", "[\"n_distinct=5\"]", "", {}});
  ReportChange table;
  table.kind = table.label = "table";
  table.identity = "public.orders";
  table.change = "missing";
  table.contained = 7;
  table.origin = {"migrations/0002_orders.sql", 1, "0002"};
  table.renamed = "public.purchases";
  ReportChange hostile;
  hostile.kind = hostile.label = "function";
  hostile.identity = "public.\"\033[31m|<b>`::error::%0A\nx\"()";
  hostile.change = "unexpected";
  report.changes = {column, table, hostile};
  return report;
}

Report undecided() {
  Report report = in_sync();
  report.verdict = Verdict::undecided;
  report.not_simulated.push_back({"DO block: reads user data", "migrations/0003_fix, again.sql", 4, 1, "not-simulated"});
  report.errors.push_back({"relation \"x\" does not exist (42P01)", "migrations/0004.sql", 2, 13, "sql-error"});
  report.unresolved.push_back({"view public.v, query: expected …, actual …", "", 0, 0, "unresolved"});
  report.unseen.push_back({"the role may not read pg_user_mapping", "", 0, 0, "unseen"});
  report.pending.push_back({"not yet applied", "migrations/0005.sql", 1, 1, "pending"});
  report.clock.push_back({"column_default public.t.c, expression", "migrations/0001.sql", 7, 1, "clock"});
  report.ignored.push_back({"table public._prisma_migrations: the migration tool's own bookkeeping", "", 0, 0, "ignored"});
  return report;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void hold_to_baseline(const std::string& name, const std::string& text) {
  const std::filesystem::path path = std::filesystem::path(PGPLUMB_SOURCE_DIR) / "tests/unit/baselines" / name;
  if (std::getenv("PGPLUMB_APPROVE")) std::ofstream(path, std::ios::binary) << text;
  INFO(path.string());
  REQUIRE(std::filesystem::exists(path));
  CHECK(read(path) == text);
}

}  // namespace

TEST_CASE("formats keep to their baselines", "[render]") {
  for (const Format& format : formats()) {
    RenderOptions options;
    options.stats = true;
    hold_to_baseline("in_sync." + std::string(format.word), format.render(in_sync(), options));
    hold_to_baseline("drift." + std::string(format.word), format.render(drift(), options));
    hold_to_baseline("undecided." + std::string(format.word), format.render(undecided(), options));
  }
}

TEST_CASE("no format lets a terminal escape or a line feed of a name through", "[render]") {
  for (const Format& format : formats()) {
    INFO(format.word);
    const std::string text = format.render(drift(), {});
    CHECK(text.find('\033') == std::string::npos);
    CHECK(text.find("%0A\nx") == std::string::npos);
  }
}

TEST_CASE("one reason that holds for many statements is told with its first places, and counted", "[render]") {
  Report report = undecided();
  for (std::uint32_t line = 1; line <= 100; ++line) {
    report.not_simulated.push_back({"calls f()", "a.sql", line, 1, "not-simulated"});
    report.pending.push_back({"not yet applied", "b" + std::to_string(line) + ".sql", 1, 1, "pending"});
  }
  const std::string text = find_format("text")->render(report, {});
  CHECK(text.find("not simulated (101)") != std::string::npos);
  CHECK(text.find("a.sql:5:1: calls f()") != std::string::npos);
  CHECK(text.find("a.sql:6:1: calls f()") == std::string::npos);
  CHECK(text.find("and 95 more like the last: --format json lists them all") != std::string::npos);
  CHECK(text.find("DO block: reads user data") != std::string::npos);
  CHECK(text.find("b100.sql") != std::string::npos);
  const std::string json = find_format("json")->render(report, {});
  std::size_t listed = 0;
  for (std::size_t at = json.find("calls f()"); at != std::string::npos; at = json.find("calls f()", at + 1)) ++listed;
  CHECK(listed == 100);
}

TEST_CASE("colour is used only when asked for", "[render]") {
  const Format* text = find_format("text");
  REQUIRE(text);
  RenderOptions colored;
  colored.color = true;
  CHECK(text->render(in_sync(), colored).find("\033[32m") != std::string::npos);
  CHECK(text->render(in_sync(), {}).find('\033') == std::string::npos);
}

TEST_CASE("values are shown as a person reads them", "[render]") {
  CHECK(display_value("") == "(none)");
  CHECK(display_value("\"a\"") == "a");
  CHECK(display_value("true") == "true");
  CHECK(display_value("[\"a\",\"b\"]") == "[a, b]");
  CHECK(display_value("{\"a\":1}") == "{\"a\":1}");
}

TEST_CASE("control characters are made visible", "[render]") {
  CHECK(visible("a\nb\tc\x01") == "a\\nb\\tc\\x01");
  CHECK(visible("\xC2\x9B") == "\\x9b");
  CHECK(visible("größe") == "größe");
}

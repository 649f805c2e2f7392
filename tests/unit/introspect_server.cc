#include "tests/unit/introspect_server.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/catch.h"

namespace pgplumb::tests {

namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// The statements for a major: each ends at an empty line, and may begin with comment lines.
std::vector<std::string> statements(const std::string& text, int major) {
  std::vector<std::string> all;
  std::stringstream lines(text);
  std::string line, statement;
  bool wanted = true;
  const auto flush = [&] {
    if (wanted && !statement.empty()) all.push_back(statement);
    statement.clear();
    wanted = true;
  };
  while (std::getline(lines, line)) {
    std::smatch since;
    if (line.empty())
      flush();
    else if (std::regex_match(line, since, std::regex("-- since (\\d+)")))
      wanted = std::stoi(since[1]) <= major;
    else if (line.rfind("--", 0) != 0)
      statement += line + "\n";
  }
  flush();
  return all;
}

}  // namespace

std::optional<std::string> server_from(const char* variable) {
  if (const char* url = std::getenv(variable)) return url;
  WARN(variable << " is not set: skipped. Run the tests under python3 -m tests.pg.servers.");
  return std::nullopt;
}

std::vector<TestServer> test_servers() {
  std::vector<TestServer> servers;
  for (int major = 13; major <= 18; ++major)
    if (const char* url = std::getenv(("PGPLUMB_TEST_PG" + std::to_string(major)).c_str()))
      servers.push_back({major, url});
  if (servers.empty())
    WARN("no PGPLUMB_TEST_PG13 … 18 is set: skipped. Run the tests under python3 -m tests.pg.servers.");
  return servers;
}

std::string with_database(const std::string& url, const std::string& database, const std::string& user) {
  const std::size_t start = url.find("://") + 3;
  const std::size_t at = url.find('@', start);
  const std::string host = url.substr(at + 1, url.find('/', start) - at - 1);
  const std::string login = user.empty() ? url.substr(start, at - start) : user;
  return "postgres://" + login + "@" + host + "/" + database;
}

ScratchDatabase::ScratchDatabase(const std::string& server_url, const std::string& options) : server_url_(server_url) {
  static int serial = 0;
  name_ = "pgplumb_unit_" + std::to_string(getpid()) + "_" + std::to_string(++serial);
  engine::Connection::open({server_url_}).query("CREATE DATABASE " + name_ + " TEMPLATE template0 " + options);
  connection_ = std::make_unique<engine::Connection>(engine::Connection::open({url()}));
}

ScratchDatabase::~ScratchDatabase() {
  try {
    connection_.reset();
    engine::Connection server = engine::Connection::open({server_url_});
    server.query("DROP DATABASE " + name_ + " WITH (FORCE)");
    for (const std::string& sql : afterwards_) server.query(sql);
  } catch (const std::exception& error) {
    WARN("cleaning up failed: " << error.what());
  }
}

std::string ScratchDatabase::make_role(const std::string& suffix, const std::string& options) {
  std::string role = name_ + "_" + suffix;
  execute("CREATE ROLE " + role + " " + options);
  afterwards_.push_back("DROP ROLE " + role);
  return role;
}

void make_every_kind(ScratchDatabase& database, int major) {
  std::string text = read_file(std::string(PGPLUMB_SOURCE_DIR) + "/tests/unit/introspect_every_kind.sql");
  // The tablespace has to go before its grantee.
  database.afterwards("DROP TABLESPACE " + database.name() + "_owner_space");
  for (const char* role : {"owner", "reader", "admin"})
    replace_all(text, ":" + std::string(role) + ":", database.make_role(role, "NOLOGIN"));
  replace_all(text, ":database:", database.name());
  database.execute("GRANT " + database.name() + "_reader TO " + database.name() + "_admin");
  for (const std::string& statement : statements(text, major)) {
    INFO("PostgreSQL " << major << ": " << statement);
    REQUIRE_NOTHROW(database.execute(statement));
  }
}

}  // namespace pgplumb::tests

#pragma once
// Real servers for tests: found in the environment, where `python3 -m tests.pg.servers` puts them.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/introspect/connection.h"

namespace pgplumb::tests {

/// The variable's value; says that the test is skipped where there is none.
std::optional<std::string> server_from(const char* variable);

struct TestServer {
  int major = 0;
  std::string url;
};
/// One of each major that the environment names (PGPLUMB_TEST_PG13 …); says so where there is none.
std::vector<TestServer> test_servers();

/// The URL with another database, and with another user (and no password) where one is given.
std::string with_database(const std::string& url, const std::string& database, const std::string& user = {});

/// A database of its own, dropped with everything that was made for it in the cluster.
class ScratchDatabase {
 public:
  explicit ScratchDatabase(const std::string& server_url, const std::string& options = {});
  ~ScratchDatabase();
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;

  const std::string& name() const { return name_; }
  std::string url(const std::string& user = {}) const { return with_database(server_url_, name_, user); }
  void execute(const std::string& sql) { connection_->query(sql); }
  /// A new role, dropped with the database.
  std::string make_role(const std::string& suffix, const std::string& options = "LOGIN");
  /// What to do on the server once the database is gone.
  void afterwards(std::string sql) { afterwards_.push_back(std::move(sql)); }

 private:
  std::string server_url_;
  std::string name_;
  std::vector<std::string> afterwards_;
  std::unique_ptr<engine::Connection> connection_;
};

/// Fills the database with the objects of introspect_every_kind.sql.
void make_every_kind(ScratchDatabase& database, int major);

}  // namespace pgplumb::tests

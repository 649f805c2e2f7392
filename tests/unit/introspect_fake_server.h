#pragma once
// Something that listens like a PostgreSQL server and answers as little of its protocol as a test needs.
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace pgplumb::tests {

class FakeServer {
 public:
  /// `serve` is called in a thread for each connection, one after the other; it does not close the socket.
  explicit FakeServer(std::function<void(int socket)> serve);
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;
  int port() const { return port_; }
  std::string url(const std::string& parameters = {}) const;

 private:
  std::function<void(int)> serve_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

/// Goes through the start of a session as a server of that version would, up to "ready for query".
void greet(int socket, const std::string& version);
/// Waits for a query, and answers with one row of text for each of `rows`, or with an error where there is none.
void answer(int socket, const std::vector<std::string>& row);
/// Reads whatever is there.
std::string receive(int socket);
void send_text(int socket, const std::string& bytes);

}  // namespace pgplumb::tests

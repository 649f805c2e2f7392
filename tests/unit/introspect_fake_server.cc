#include "tests/unit/introspect_fake_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace pgplumb::tests {

namespace {

std::string be32(std::uint32_t value) {
  value = htonl(value);
  return std::string(reinterpret_cast<const char*>(&value), sizeof value);
}
std::string be16(std::uint16_t value) {
  value = htons(value);
  return std::string(reinterpret_cast<const char*>(&value), sizeof value);
}

/// A message of the protocol: its type, its length, its body.
std::string message(char type, const std::string& body) {
  return type + be32(static_cast<std::uint32_t>(body.size() + 4)) + body;
}

const std::string nul(1, '\0');

std::string error_message() { return message('E', "SERROR" + nul + "C0A000" + nul + "Mnot here" + nul + nul); }

std::string one_row(const std::vector<std::string>& row) {
  std::string description = be16(static_cast<std::uint16_t>(row.size()));
  std::string values = description;
  for (const std::string& value : row) {
    description += "c" + nul + be32(0) + be16(0) + be32(25) + be16(0xffff) + be32(0xffffffff) + be16(0);
    values += be32(static_cast<std::uint32_t>(value.size())) + value;
  }
  return message('T', description) + message('D', values) + message('C', "SELECT 1" + nul);
}

}  // namespace

FakeServer::FakeServer(std::function<void(int)> serve) : serve_(std::move(serve)) {
  listener_ = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || bind(listener_, plain, length) != 0 || listen(listener_, 8) != 0 ||
      getsockname(listener_, plain, &length) != 0)
    throw std::runtime_error("can't listen on 127.0.0.1");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] {
    while (!done_) {
      pollfd waiting{listener_, POLLIN, 0};
      if (poll(&waiting, 1, 50) <= 0) continue;
      const int connection = accept(listener_, nullptr, nullptr);
      if (connection < 0) continue;
      serve_(connection);
      shutdown(connection, SHUT_WR);
      close(connection);
    }
  });
}

FakeServer::~FakeServer() {
  done_ = true;
  thread_.join();
  close(listener_);
}

std::string FakeServer::url(const std::string& parameters) const {
  return "postgres://user:hush-hush@127.0.0.1:" + std::to_string(port_) + "/db?sslmode=disable" + parameters;
}

std::string receive(int socket) {
  std::string buffer(8192, '\0');
  const ssize_t length = recv(socket, buffer.data(), buffer.size(), 0);
  buffer.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  return buffer;
}

void send_text(int socket, const std::string& bytes) { (void)!send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL); }

void greet(int socket, const std::string& version) {
  receive(socket);
  send_text(socket, message('R', be32(0)) + message('S', "server_version" + nul + version + nul) +
                        message('S', "client_encoding" + nul + "UTF8" + nul) + message('K', be32(1) + be32(2)) +
                        message('Z', "I"));
}

void answer(int socket, const std::vector<std::string>& row) {
  if (receive(socket).empty()) return;
  send_text(socket, (row.empty() ? error_message() : one_row(row)) + message('Z', "I"));
}

}  // namespace pgplumb::tests

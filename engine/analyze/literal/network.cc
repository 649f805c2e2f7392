// Network addresses: inet_net_pton.c, network.c, mac.c, mac8.c.
#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <vector>

#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

struct Address {
  bool v6 = false;
  std::array<unsigned char, 16> bytes{};
  int bits = 0;
  int max_bits() const { return v6 ? 128 : 32; }
};

// cidr may leave out trailing bytes: 10.1 is 10.1.0.0/16.
bool read_short_v4(std::string_view text, Address& out, int& given) {
  given = 0;
  while (!text.empty()) {
    unsigned value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || value > 255 || given == 4) return false;
    out.bytes[static_cast<std::size_t>(given++)] = static_cast<unsigned char>(value);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty()) break;
    if (text.front() != '.' || text.size() == 1) return false;
    text.remove_prefix(1);
  }
  return given > 0;
}

// Without a mask, an old class decides: inet_cidr_pton_ipv4.
int class_bits(const Address& address, int given) {
  unsigned first = address.bytes[0];
  int bits = first >= 240 ? 32 : first >= 224 ? 8 : first >= 192 ? 24 : first >= 128 ? 16 : 8;
  bits = std::max(bits, given * 8);
  return bits == 8 && first == 224 ? 4 : bits;
}

bool read_address(std::string_view text, bool is_cidr, Address& out) {
  std::size_t slash = text.find('/');
  std::string host(text.substr(0, slash));
  out.v6 = host.find(':') != std::string::npos;
  int given = 4;
  if (out.v6) {
    if (inet_pton(AF_INET6, host.c_str(), out.bytes.data()) != 1) return false;
  } else if (!read_short_v4(host, out, given) || (!is_cidr && given != 4 && slash == std::string_view::npos)) {
    return false;
  }
  out.bits = is_cidr && !out.v6 ? class_bits(out, given) : out.max_bits();
  if (slash == std::string_view::npos) return true;
  std::string_view mask = text.substr(slash + 1);
  auto [end, error] = std::from_chars(mask.data(), mask.data() + mask.size(), out.bits);
  const bool is_number = error == std::errc() && end == mask.data() + mask.size();
  if (!is_number || out.bits < 0 || out.bits > out.max_bits()) return false;
  // Of inet, 10/8 is enough, and 10/16 is not: inet_net_pton_ipv4.
  return out.v6 || is_cidr || out.bits / 8 <= given;
}

bool has_host_bits(const Address& address) {
  for (int bit = address.bits; bit < address.max_bits(); ++bit) {
    if (address.bytes[static_cast<std::size_t>(bit / 8)] & (0x80 >> (bit % 8))) return true;
  }
  return false;
}

std::string host_text(const Address& address) {
  char buffer[INET6_ADDRSTRLEN];
  inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), buffer, sizeof buffer);
  return buffer;
}

// sscanf decides, one form after the other: macaddr_in.
std::vector<unsigned> mac_bytes(std::string_view text) {
  static constexpr const char* forms[] = {
      "%x:%x:%x:%x:%x:%x%1s",    "%x-%x-%x-%x-%x-%x%1s",    "%2x%2x%2x:%2x%2x%2x%1s", "%2x%2x%2x-%2x%2x%2x%1s",
      "%2x%2x.%2x%2x.%2x%2x%1s", "%2x%2x-%2x%2x-%2x%2x%1s", "%2x%2x%2x%2x%2x%2x%1s"};
  std::string whole(text);
  std::vector<unsigned> b(6);
  char junk[2];
  for (const char* form : forms) {
    if (std::sscanf(whole.c_str(), form, &b[0], &b[1], &b[2], &b[3], &b[4], &b[5], junk) != 6) continue;
    for (unsigned byte : b) {
      if (byte > 255) {
        fail(errcode::numeric_value_out_of_range,
             fmt::format("invalid octet value in \"macaddr\" value: \"{}\"", text));
      }
    }
    return b;
  }
  invalid_syntax("macaddr", text);
}

// Pairs of digits, with the same separator wherever there is one: macaddr8_in.
std::vector<unsigned> mac8_bytes(std::string_view text) {
  std::vector<unsigned> bytes;
  std::string_view rest = text;
  while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
  char separator = '\0';
  while (rest.size() >= 2) {
    int high = hex_digit(rest[0]), low = hex_digit(rest[1]);
    if (high < 0 || low < 0 || bytes.size() == 8) invalid_syntax("macaddr8", text);
    bytes.push_back(static_cast<unsigned>(high * 16 + low));
    rest.remove_prefix(2);
    if (!rest.empty() && (rest[0] == ':' || rest[0] == '-' || rest[0] == '.')) {
      if (separator != '\0' && separator != rest[0]) invalid_syntax("macaddr8", text);
      separator = rest[0];
      rest.remove_prefix(1);
    }
    if ((bytes.size() != 6 && bytes.size() != 8) || rest.empty() || !is_space(rest[0])) continue;
    if (!trimmed(rest).empty()) invalid_syntax("macaddr8", text);
    rest = {};
  }
  if (bytes.size() == 6) bytes.insert(bytes.begin() + 3, {0xff, 0xfe});
  if (bytes.size() != 8) invalid_syntax("macaddr8", text);
  return bytes;
}

}  // namespace

std::string inet_in(std::string_view text, bool is_cidr) {
  Address address;
  if (!read_address(text, is_cidr, address)) invalid_syntax(is_cidr ? "cidr" : "inet", text);
  if (is_cidr && has_host_bits(address)) {
    fail(errcode::invalid_text_representation, fmt::format("invalid cidr value: \"{}\"", text), -1,
         "Value has bits set to right of mask.");
  }
  std::string out = host_text(address);
  return is_cidr || address.bits < address.max_bits() ? fmt::format("{}/{}", out, address.bits) : out;
}

std::string macaddr_in(std::string_view text, bool eight_bytes) {
  std::vector<unsigned> bytes = eight_bytes ? mac8_bytes(text) : mac_bytes(text);
  std::string out;
  for (unsigned byte : bytes) out += fmt::format("{}{:02x}", out.empty() ? "" : ":", byte);
  return out;
}

}  // namespace pgplumb::engine::analyze::literal

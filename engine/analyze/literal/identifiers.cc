// Numbers of transactions, rows and places in the log, and lists of numbers: xid.c, xid8funcs.c, tid.c, pg_lsn.c,
// int.c, oid.c.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <optional>
#include <vector>

#include "engine/analyze/literal/input.h"

namespace pgplumb::engine::analyze::literal {

namespace {

template <class T>
std::optional<T> take_number(std::string_view& text, int base = 10) {
  T value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// Only what stands behind the parenthesis and the comma is looked at, as strtoul does.
std::string tid_in(std::string_view text) {
  std::string whole(text);
  std::size_t close = std::min(whole.find(')'), whole.size()), open = whole.find_first_of("(,");
  std::size_t comma = open == std::string::npos ? open : whole.find(',', open + 1);
  if (comma == std::string::npos || comma > close) invalid_syntax("tid", text);
  auto number = [&](std::size_t from, char delimiter) {
    char* end = nullptr;
    errno = 0;
    unsigned long value = std::strtoul(whole.c_str() + from, &end, 10);
    if (errno != 0 || *end != delimiter) invalid_syntax("tid", text);
    return value;
  };
  unsigned long block = number(open + 1, ','), offset = number(comma + 1, ')');
  auto narrow = static_cast<std::uint32_t>(block);
  bool block_fits = block == narrow || block == static_cast<unsigned long>(static_cast<std::int32_t>(narrow));
  if (!block_fits || offset > UINT16_MAX) invalid_syntax("tid", text);
  return fmt::format("({},{})", narrow, offset);
}

std::string lsn_in(std::string_view text) {
  std::string_view rest = text;
  auto half = [&]() -> std::uint32_t {
    std::size_t size = std::min(rest.find_first_not_of("0123456789abcdefABCDEF"), rest.size());
    auto value = size == 0 || size > 8 ? std::nullopt : take_number<std::uint32_t>(rest, 16);
    if (!value) invalid_syntax("pg_lsn", text);
    return *value;
  };
  std::uint32_t high = half();
  if (!take(rest, '/')) invalid_syntax("pg_lsn", text);
  std::uint32_t low = half();
  if (!rest.empty()) invalid_syntax("pg_lsn", text);
  return fmt::format("{:X}/{:X}", high, low);
}

// xmin:xmax:xip,xip,…
std::string snapshot_in(std::string_view text, const char* type_name) {
  std::string_view rest = text;
  auto number = [&]() -> std::uint64_t {
    auto value = take_number<std::uint64_t>(rest);
    if (!value) invalid_syntax(type_name, text);
    return *value;
  };
  std::uint64_t low = number();
  if (!take(rest, ':')) invalid_syntax(type_name, text);
  std::uint64_t high = number();
  if (!take(rest, ':') || low == 0 || high == 0 || high < low) invalid_syntax(type_name, text);
  std::string out = fmt::format("{}:{}:", low, high);
  std::uint64_t last = 0;
  while (!rest.empty()) {
    std::uint64_t one = number();
    if (one < low || one >= high || one < last) invalid_syntax(type_name, text);
    if (one != last) out += (last == 0 ? "" : ",") + std::to_string(one);
    last = one;
    if (!take(rest, ',') && !rest.empty()) invalid_syntax(type_name, text);
  }
  return out;
}

template <class Element>
std::string vector_in(std::string_view text, Element element) {
  std::string out;
  for (std::string_view rest = trimmed(text); !rest.empty(); rest = trimmed(rest)) {
    std::size_t size = 0;
    while (size < rest.size() && !is_space(rest[size])) ++size;
    out += (out.empty() ? "" : " ") + element(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  return out;
}

}  // namespace

std::string identifier_in(Oid type, std::string_view text, int major) {
  switch (type) {
    case types::xid: return unsigned_in(text, UINT32_MAX, "xid", major, true);
    case types::cid: return unsigned_in(text, UINT32_MAX, "cid", major, true);
    case types::xid8: return unsigned_in(text, UINT64_MAX, "xid8", major, true);
    case types::tid: return tid_in(text);
    case types::pg_lsn: return lsn_in(text);
    case types::txid_snapshot: return snapshot_in(text, "txid_snapshot");
    case types::pg_snapshot: return snapshot_in(text, "pg_snapshot");
    case types::oidvector:
      return vector_in(text, [&](auto one) { return unsigned_in(one, UINT32_MAX, "oid", major, false); });
    default:
      return vector_in(
          text, [&](auto one) { return integer_in(one, INT16_MIN, INT16_MAX, "smallint", std::min(major, 15)); });
  }
}

bool is_identifier_type(Oid type) {
  switch (type) {
    case types::xid:
    case types::cid:
    case types::xid8:
    case types::tid:
    case types::pg_lsn:
    case types::txid_snapshot:
    case types::pg_snapshot:
    case types::oidvector:
    case types::int2vector: return true;
    default: return false;
  }
}

}  // namespace pgplumb::engine::analyze::literal

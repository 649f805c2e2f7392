// The inverse of type_name.cc, for reading snapshots: names of built-in types back to oids and modifiers.
#include <array>
#include <charconv>
#include <mutex>
#include <unordered_map>

#include "catalog/builtin/builtin.h"
#include "catalog/type_name.h"
#include "catalog/type_oids.h"

namespace pgplumb::catalog {

namespace {

using TypesByName = std::unordered_map<std::string, Oid>;

const TypesByName& types_by_name(const Catalog& catalog) {
  static std::mutex mutex;
  static std::array<TypesByName, 8> by_major;
  std::lock_guard lock(mutex);
  TypesByName& types = by_major[static_cast<std::size_t>(catalog.major() - builtin::oldest_major) % by_major.size()];
  if (types.empty()) {
    for (const builtin::Type& type : builtin::of(catalog.major()).types())
      types.emplace(format_type(catalog, {type.oid, -1}), type.oid);
    types.emplace("character", types::bpchar);
    types.emplace("bit", types::bit);
  }
  return types;
}

int number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// The few hundred modifiers that an interval can have, tried one by one.
TypeRef parse_interval(const Catalog& catalog, std::string_view text) {
  constexpr int fields[] = {0x7fff, 4, 2, 6, 8, 1024, 2048, 4096, 1032, 3080, 7176, 3072, 7168, 6144};
  for (int mask : fields)
    for (int precision : {0xffff, 0, 1, 2, 3, 4, 5, 6}) {
      const TypeRef candidate{types::interval, (mask << 16) | precision};
      if (format_type(catalog, candidate) == text) return candidate;
    }
  return {};
}

}  // namespace

std::int32_t parse_typmod(Oid type, std::string_view arguments) {
  if (arguments.empty()) return -1;
  if (type == types::bpchar || type == types::varchar) return number(arguments) + 4;
  if (type != types::numeric) return number(arguments);
  const std::size_t comma = arguments.find(',');
  const int scale = comma == std::string_view::npos ? 0 : number(arguments.substr(comma + 1));
  return ((number(arguments) << 16) | (scale & 0x7ff)) + 4;
}

TypeRef parse_builtin_type(const Catalog& catalog, std::string_view text) {
  if (text.ends_with("[]")) {
    const TypeRef element = parse_builtin_type(catalog, text.substr(0, text.size() - 2));
    const builtin::Type* row = element ? builtin::of(catalog.major()).type_by_oid(element.type) : nullptr;
    return row ? TypeRef{row->typarray, element.typmod} : TypeRef{};
  }
  std::string name(text);
  std::string arguments;
  const std::size_t open = name.find('(');
  const std::size_t close = name.find(')', open);
  if (open != std::string::npos && close != std::string::npos && name.front() != '"') {
    arguments = name.substr(open + 1, close - open - 1);
    name.erase(open, close - open + 1);
  }
  const auto& types = types_by_name(catalog);
  if (const auto found = types.find(name); found != types.end() && found->second != types::interval)
    return {found->second, parse_typmod(found->second, arguments)};
  if (text == "interval") return {types::interval, -1};
  return parse_interval(catalog, text);
}

}  // namespace pgplumb::catalog

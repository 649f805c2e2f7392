#pragma once
// The head of the block: for builtin.cc and extension_data.cc only. generate.py writes it, and numbers the catalogs.
#include <algorithm>
#include <string_view>
#include <tuple>

#include "catalog/builtin/builtin.h"
#include "catalog/builtin/extension_data.h"

namespace pgplumb::catalog::builtin {

#include "builtin_catalogs.h"

inline constexpr int major_count = newest_major - oldest_major + 1;

struct Head {
  std::uint32_t records[catalog_count];  ///< where each catalog's records begin
  Array<ExtensionData> extensions;
  Array<ExtensionVersion> versions[major_count];
  Builtin majors[major_count];
};

inline const Head& head() { return *reinterpret_cast<const Head*>(block()); }

inline int major_index(int major) { return std::clamp(major, oldest_major, newest_major) - oldest_major; }

template <class T>
Rows<T> rows_in(const Array<typename Rows<T>::Number>& order) {
  static_assert(catalog_number<T> >= 0, "no catalog has such records");
  return {reinterpret_cast<const T*>(block() + head().records[catalog_number<T>]), order};
}

inline std::string_view comparable(Text text) { return text.view(); }
template <class T>
T comparable(T number) {
  return number;
}

/// The rows whose `members` equal `wanted`, among rows that are sorted by them.
template <auto... members, class T, class... Wanted>
Rows<T> matching(Rows<T> rows, Wanted... wanted) {
  const auto key = [](const T& row) { return std::tuple(comparable(row.*members)...); };
  const std::tuple<Wanted...> sought(wanted...);
  const auto first = std::lower_bound(rows.begin(), rows.end(), sought,
                                      [&](const T& row, const auto& other) { return key(row) < other; });
  auto last = first;  // few rows share a key: a second search among all of them would cost more than the steps
  while (last != rows.end() && key(*last) == sought) ++last;
  return {first, last};
}

template <class T>
const T* first_of(Rows<T> rows) {
  return rows.empty() ? nullptr : &rows.front();
}

}  // namespace pgplumb::catalog::builtin

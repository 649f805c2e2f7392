#pragma once
// From the oids of a live server to those of a Catalog. Several catalogs use the same oid: what names an object is its
// catalog (pg_depend.classid), its oid and, for columns, its number.
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/field_ops.h"

namespace pgplumb::engine {

using catalog::AnyRef;
using catalog::Oid;

/// An object as the server's catalogs name it.
struct LiveAddress {
  Oid classid = 0;
  Oid oid = 0;
  std::int32_t subid = 0;
  friend bool operator==(const LiveAddress&, const LiveAddress&) = default;
};

/// "classid/oid[/subid]", or for an expected kind "oid[/subid]".
LiveAddress parse_address(catalog::Kind expected, std::string_view text);

inline constexpr Oid class_type = 1247, class_proc = 1255, class_relation = 1259, class_namespace = 2615;

/// Filled by one thread; then any number of threads may resolve.
class Linker : public catalog::RefResolver {
 public:
  explicit Linker(int major) : major_(major) {}

  void reserve(std::size_t objects) { objects_.reserve(objects); }
  void add(const LiveAddress& address, AnyRef ref) { objects_[address] = ref; }
  void add_type(Oid live, Oid type) { types_[live] = type; }

  /// Empty where the Catalog has no such object and PostgreSQL brings none.
  AnyRef find(const LiveAddress& address) const;
  Oid find_type(Oid live) const;

  /// As `find`, for fields: what can't be found is remembered, and the reference stays empty.
  AnyRef resolve(catalog::Kind expected, std::string_view text) override;
  catalog::TypeRef resolve_type(std::string_view text) override;

  /// "catalog/oid" of what references led to and was not there, in order.
  std::vector<std::string> dangling() const { return {dangling_.begin(), dangling_.end()}; }

 private:
  struct Hash {
    std::size_t operator()(const LiveAddress& address) const {
      const std::uint64_t sub = static_cast<std::uint32_t>(address.subid);
      return ((std::uint64_t{address.classid} << 32 | address.oid) * 0x9E3779B97F4A7C15ULL) ^
             (sub * 0xC2B2AE3D27D4EB4FULL);
    }
  };
  void miss(const LiveAddress& address);

  int major_;
  std::unordered_map<LiveAddress, AnyRef, Hash> objects_;
  std::unordered_map<Oid, Oid> types_;
  std::mutex mutex_;
  std::set<std::string> dangling_;
};

}  // namespace pgplumb::engine

#pragma once
// XXH3 over canonical bytes. Not a cryptographic hash: it guards against accidents, not against an adversary.
#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace pgplumb::catalog {

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const Hash128&, const Hash128&) = default;
  /// 32 lower-case hexadecimal digits.
  std::string hex() const;
};

std::uint64_t hash64(std::string_view bytes);
Hash128 hash128(std::string_view bytes);

/// Feeds several byte strings into one hash; each is preceded by its length, so that ("a","bc") is not ("ab","c").
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;
  Hasher& add(std::string_view bytes);
  Hasher& add(const Hash128& hash);
  Hash128 finish() const;

 private:
  void* state_;
};

}  // namespace pgplumb::catalog

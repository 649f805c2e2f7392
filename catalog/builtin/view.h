#pragma once
// Views over the one block of constant bytes that holds the built-in catalogs. The block is linked into the
// program (catalog/builtin/generate.py lays it out), so a view is a place in it: copying one copies two integers, and
// nothing is parsed, allocated or freed. Places are offsets from the block's start, so the block needs no relocation.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace pgplumb::catalog::builtin {

/// The block's first byte. Only the views below need it.
const std::byte* block();

/// A string of the block, or NULL as SQL knows it (which reads as the empty string).
struct Text {
  std::uint32_t offset;  ///< 0 means NULL
  std::uint32_t length;  ///< bytes

  bool is_null() const { return offset == 0; }
  bool empty() const { return length == 0; }
  std::string_view view() const { return {reinterpret_cast<const char*>(block() + offset), length}; }
  operator std::string_view() const { return view(); }
  friend bool operator==(Text text, std::string_view other) { return text.view() == other; }
};

/// Consecutive values of the block. NULL and empty arrays are alike.
template <class T>
struct Array {
  std::uint32_t offset;
  std::uint32_t count;

  const T* begin() const { return reinterpret_cast<const T*>(block() + offset); }
  const T* end() const { return begin() + count; }
  std::size_t size() const { return count; }
  bool empty() const { return count == 0; }
  const T& operator[](std::size_t i) const { return begin()[i]; }
  const T& back() const { return begin()[count - 1]; }
};

/// Some rows of one catalog, in an order of their own: what a lookup answers. Valid for the program's life.
template <class T>
class Rows {
 public:
  using Number = std::uint16_t;  ///< a row's place in its catalog

  class iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    iterator() = default;
    iterator(const T* rows, const Number* at) : rows_(rows), at_(at) {}
    reference operator*() const { return rows_[*at_]; }
    pointer operator->() const { return rows_ + *at_; }
    reference operator[](difference_type n) const { return rows_[at_[n]]; }
    iterator& operator++() { return ++at_, *this; }
    iterator operator++(int) { return {rows_, at_++}; }
    iterator& operator--() { return --at_, *this; }
    iterator operator--(int) { return {rows_, at_--}; }
    iterator& operator+=(difference_type n) { return at_ += n, *this; }
    iterator& operator-=(difference_type n) { return at_ -= n, *this; }
    friend iterator operator+(iterator i, difference_type n) { return i += n; }
    friend iterator operator+(difference_type n, iterator i) { return i += n; }
    friend iterator operator-(iterator i, difference_type n) { return i -= n; }
    friend difference_type operator-(iterator a, iterator b) { return a.at_ - b.at_; }
    friend bool operator==(iterator a, iterator b) { return a.at_ == b.at_; }
    friend auto operator<=>(iterator a, iterator b) { return a.at_ <=> b.at_; }

   private:
    const T* rows_ = nullptr;
    const Number* at_ = nullptr;
  };

  Rows() = default;
  Rows(iterator first, iterator last) : first_(first), last_(last) {}
  Rows(const T* rows, const Array<Number>& order) : first_(rows, order.begin()), last_(rows, order.end()) {}

  iterator begin() const { return first_; }
  iterator end() const { return last_; }
  std::size_t size() const { return static_cast<std::size_t>(last_ - first_); }
  bool empty() const { return first_ == last_; }
  const T& operator[](std::size_t i) const { return first_[static_cast<std::ptrdiff_t>(i)]; }
  const T& front() const { return *first_; }

 private:
  iterator first_, last_;
};

}  // namespace pgplumb::catalog::builtin

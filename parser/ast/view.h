#pragma once
// What the generated views (ast.h) stand on: a view is a pointer into the JSON that libpg_query made of a statement,
// and each accessor looks its field up when it is asked. Views are cheap to copy and live no longer than their
// ParseTree.
//
// What the JSON leaves out reads as PostgreSQL's zero: a null pointer as an empty view (test with `if (view)`), a null
// string as an empty string_view whose data() is null, a number as 0, a flag as false, a list as an empty one.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "parser/ast/ast_fwd.h"

namespace pgplumb::parser::ast {

namespace detail {

const void* member(const void* object, std::string_view name);
std::string_view text(const void* object, std::string_view name);
bool boolean(const void* object, std::string_view name);
int integer(const void* object, std::string_view name);
std::uint32_t unsigned_integer(const void* object, std::string_view name);
std::int64_t long_integer(const void* object, std::string_view name);
std::uint64_t unsigned_long(const void* object, std::string_view name);
double number(const void* object, std::string_view name);
int enumeration(const void* object, std::string_view name, std::size_t type);
int location(const void* object);

std::size_t list_size(const void* array);
const void* list_at(const void* array, std::size_t index);

}  // namespace detail

/// What all views share.
class View {
 public:
  View() = default;
  explicit View(const void* value) : value_(value) {}
  /// Whether the parse tree holds the thing at all.
  explicit operator bool() const { return value_ != nullptr; }
  /// Byte offset in the statement's text, for the nodes that PostgreSQL gives one; -1 where unknown.
  int location() const { return -1; }
  /// The JSON value behind the view, for parser/ alone.
  const void* raw() const { return value_; }

 protected:
  const void* value_ = nullptr;
};

/// The elements of a repeated field. An element that is a null pointer in PostgreSQL is an empty view.
template <class T>
class List {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = T;
    Iterator(const void* array, std::size_t index) : array_(array), index_(index) {}
    T operator*() const { return T(detail::list_at(array_, index_)); }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++index_;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }
    friend bool operator!=(const Iterator& a, const Iterator& b) { return a.index_ != b.index_; }

   private:
    const void* array_;
    std::size_t index_;
  };

  List() = default;
  explicit List(const void* array) : array_(array), size_(detail::list_size(array)) {}
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T operator[](std::size_t index) const { return T(detail::list_at(array_, index)); }
  T front() const { return (*this)[0]; }
  T back() const { return (*this)[size_ - 1]; }
  Iterator begin() const { return {array_, 0}; }
  Iterator end() const { return {array_, size_}; }

 private:
  const void* array_ = nullptr;
  std::size_t size_ = 0;
};

/// A node of any kind: `node.is<CreateStmt>()`, `node.as<CreateStmt>()`.
class Node {
 public:
  Node() = default;
  explicit Node(const void* tagged);
  explicit operator bool() const { return value_ != nullptr; }
  NodeTag tag() const { return tag_; }

  template <class T>
  bool is() const {
    return tag_ == T::node_tag;
  }
  /// The node as what it is; an empty view if it is something else.
  template <class T>
  T as() const {
    return tag_ == T::node_tag ? T(value_) : T();
  }

  /// Where the node has a location of its own; -1 otherwise.
  int location() const;
  /// The text of a String node; empty for any other.
  std::string_view str() const;
  /// The elements of a List node; none for any other.
  List<Node> items() const;
  const void* raw() const { return value_; }

 private:
  const void* value_ = nullptr;
  NodeTag tag_ = NodeTag::none;
};

}  // namespace pgplumb::parser::ast

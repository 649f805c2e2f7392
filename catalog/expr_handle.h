#pragma once
// How one node of an analysed tree holds another: shared, immutable, compared by value.
#include <memory>
#include <utility>

namespace pgplumb::catalog::expr {

struct Node;
struct Query;

/// Same meaning, whatever the spelling and the position in the source: PostgreSQL's equal() (equalfuncs.c).
bool equal(const Node& a, const Node& b);
bool equal(const Query& a, const Query& b);

/// A shared, immutable part of a tree; may be null. `==` compares what is held, not where it lies.
template <class T>
class Handle {
 public:
  Handle() = default;
  Handle(std::nullptr_t) {}                                               // NOLINT: null is a handle
  Handle(std::shared_ptr<const T> held) : held_(std::move(held)) {}       // NOLINT: as is every shared tree
  explicit operator bool() const { return held_ != nullptr; }
  const T& operator*() const { return *held_; }
  const T* operator->() const { return held_.get(); }
  const T* get() const { return held_.get(); }
  const std::shared_ptr<const T>& shared() const { return held_; }

  friend bool operator==(const Handle& a, const Handle& b) {
    if (a.held_ == b.held_) return true;
    return a.held_ && b.held_ && equal(*a.held_, *b.held_);
  }

 private:
  std::shared_ptr<const T> held_;
};

using NodePtr = Handle<Node>;
using QueryPtr = Handle<Query>;

/// A field that says how something was written and not what it means: it never makes two nodes differ.
template <class T>
struct Spelling {
  T value{};
  Spelling() = default;
  Spelling(T v) : value(std::move(v)) {}  // NOLINT: reads as the value that it is
  operator const T&() const { return value; }
  friend bool operator==(const Spelling&, const Spelling&) { return true; }
  friend bool operator==(const Spelling& spelling, const T& written) { return spelling.value == written; }
};

}  // namespace pgplumb::catalog::expr

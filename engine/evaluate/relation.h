#pragma once
// Rows that a query reads: of a system catalog, of a subquery, of a function.
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/evaluate/value.h"

namespace pgplumb::engine::evaluate {

/// Rows in a fixed order, whose columns are computed when asked for. Attributes count from 1.
class Relation {
 public:
  Relation() = default;
  Relation(const Relation&) = delete;
  Relation& operator=(const Relation&) = delete;
  virtual ~Relation() = default;

  virtual std::size_t size() const = 0;
  virtual Value value(std::size_t row, int attribute) const = 0;

  using Numbers = std::vector<std::uint32_t>;
  /// The rows whose attribute is known and has the text. Nothing where some row's is unknown: then all must be looked
  /// at.
  const Numbers* rows_with(int attribute, const std::string& text) const;

 private:
  struct Index {
    bool complete = true;
    std::unordered_map<std::string, Numbers> rows;
  };
  const Index& index(int attribute) const;
  mutable std::unordered_map<int, Index> indexes_;
};

using RelationPtr = std::shared_ptr<const Relation>;

/// Rows that are all there.
class RowSet : public Relation {
 public:
  explicit RowSet(std::vector<std::vector<Value>> rows) : rows_(std::move(rows)) {}
  std::size_t size() const override { return rows_.size(); }
  Value value(std::size_t row, int attribute) const override {
    return rows_[row][static_cast<std::size_t>(attribute - 1)];
  }

 private:
  std::vector<std::vector<Value>> rows_;
};

}  // namespace pgplumb::engine::evaluate

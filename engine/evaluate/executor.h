#pragma once
// Computes analysed trees. One Executor runs one statement: the catalog does not change meanwhile.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/analyze/settings.h"
#include "engine/evaluate/evaluate.h"
#include "engine/evaluate/frame.h"

namespace pgplumb::engine::evaluate {

using Rows = std::vector<std::vector<Value>>;
using Values = std::vector<Value>;
using expr::NodePtr;

class Executor {
 public:
  Executor(Interpreter& interpreter, const Parameters& parameters);

  Interpreter& interpreter() { return interpreter_; }
  const analyze::Syscache& cache() const { return interpreter_.cache(); }
  const analyze::Settings& settings() const { return settings_; }

  // expression.cc
  Value evaluate(const NodePtr& node, Frame& frame);
  Values evaluate(const std::vector<NodePtr>& nodes, Frame& frame);
  /// Evaluates with the value under test of a CASE, or of an array's element expression.
  Value evaluate_with(const NodePtr& node, Frame& frame, const Value& under_test);

  // call.cc
  Value call(Oid function, Oid result, std::span<const Value> arguments, bool variadic = false);
  Rows call_set(Oid function, Oid result, std::span<const Value> arguments);
  Value call_operator(Oid op, Oid function, Oid result, std::span<const Value> arguments);

  // query.cc: at most `limit` rows, where the caller needs no more
  Rows run(const expr::Query& query, Frame& frame, std::size_t limit = SIZE_MAX);

  // sublink.cc
  Value sublink(const expr::SubLink& link, Frame& frame);

  // from.cc: the rows of a range-table entry, as the outer rows stand
  RelationPtr rows_of(Frame& frame, int rt_index);

 private:
  friend struct Evaluation;
  friend class SubLinkRun;
  Interpreter& interpreter_;
  const Parameters& parameters_;
  analyze::Settings settings_;
  std::vector<Value> under_test_;
  std::vector<const Values*> sublink_rows_;
  std::unordered_map<Oid, RelationPtr> catalogs_;

  RelationPtr catalog_relation(Oid relation);
};

/// A text that rows share whose values are all equal, NULL equal to NULL.
std::string row_key(const analyze::Syscache& cache, const Values& row);

}  // namespace pgplumb::engine::evaluate

// A whole query: grouping, target list, DISTINCT, ORDER BY, LIMIT, set operations.
#include <algorithm>
#include <map>
#include <set>

#include "catalog/expr_walk.h"
#include "engine/analyze/node_funcs.h"
#include "engine/evaluate/aggregate.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/join.h"
#include "engine/evaluate/number.h"
#include "engine/evaluate/set_operation.h"

namespace pgplumb::engine::evaluate {

namespace {

using Nodes = std::vector<const expr::Node*>;

/// The set-returning calls in a target list that belong to no subquery.
void find_sets(const NodePtr& node, Nodes& found) {
  if (const auto* call = expr::as<expr::FuncExpr>(node); call && call->returns_set) found.push_back(node.get());
  expr::Walker walker;
  walker.node = [&](const NodePtr& part) { find_sets(part, found); };
  expr::walk(*node, walker);
}

void find_aggregates(const NodePtr& node, int depth, Nodes& found) {
  if (const auto* call = expr::as<expr::Aggref>(node); call && call->levels_up == depth) {
    found.push_back(node.get());
    return;
  }
  expr::Walker walker;
  walker.node = [&](const NodePtr& part) { find_aggregates(part, depth, found); };
  walker.query = [&](const expr::QueryPtr& query) {
    expr::Walker inner;
    inner.node = [&](const NodePtr& part) { find_aggregates(part, depth + 1, found); };
    expr::walk(*query, inner);
  };
  expr::walk(*node, walker);
}

/// Where all entries of a plan stand, to come back to.
using Place = std::vector<std::tuple<Slot*, RelationPtr, std::size_t, bool>>;

Place place(const JoinPlan& plan) {
  Place found;
  for (Slot* slot : plan.slots) found.emplace_back(slot, slot->relation, slot->row, slot->null_row);
  return found;
}

void go_to(const Place& place) {
  for (const auto& [slot, relation, row, null_row] : place) {
    slot->relation = relation;
    slot->row = row;
    slot->null_row = null_row;
  }
}

class QueryRun {
 public:
  QueryRun(Executor& executor, const expr::Query& query, Frame& frame, std::size_t limit)
      : executor_(executor), query_(query), frame_(frame), limit_(limit) {}

  Rows rows() {
    refuse_unsupported();
    find_limits();
    if (limit_ == 0) return {};
    if (query_.set_operation) {
      rows_ = set_operation_rows(executor_, query_, frame_);
    } else if (is_grouped()) {
      grouped();
    } else {
      plain();
    }
    finish();
    return std::move(rows_);
  }

 private:
  void refuse_unsupported() const {
    if (query_.command != expr::CommandType::select) throw NotSimulated("changes rows");
    if (!query_.grouping_sets.empty()) throw NotSimulated("GROUPING SETS");
    if (query_.limit_option == expr::LimitOption::with_ties) throw NotSimulated("WITH TIES");
  }

  bool is_grouped() const { return query_.has_aggs || !query_.group.empty() || query_.having; }

  std::optional<std::int64_t> bound(const NodePtr& node, const char* sqlstate, const char* what) {
    if (!node) return {};
    const Value value = executor_.evaluate(node, frame_);
    if (value.is_unknown()) throw NotSimulated(value.text);
    if (value.is_null()) return {};
    const std::int64_t number = to_integer(value);
    if (number < 0) throw SqlError(sqlstate, std::string(what) + " must not be negative");
    return number;
  }

  void find_limits() {
    skip_ = static_cast<std::size_t>(bound(query_.limit_offset, "2201X", "OFFSET").value_or(0));
    if (const auto count = bound(query_.limit_count, "2201W", "LIMIT"))
      limit_ = std::min(limit_, static_cast<std::size_t>(*count));
  }

  /// Whether the first rows that come are those that are wanted.
  bool any_order() const { return query_.sort.empty() && query_.distinct.empty() && !query_.set_operation; }

  bool enough() const { return any_order() && limit_ != SIZE_MAX && rows_.size() >= skip_ + limit_; }

  void plain() {
    for (const expr::TargetEntry& target : query_.targets)
      if (query_.has_target_srfs) find_sets(target.expr, sets_);
    for_each_row(executor_, frame_, [&] {
      emit();
      return !enough();
    });
  }

  /// One row of the target list, or as many as its sets have (nodeProjectSet.c).
  void emit() {
    if (sets_.empty()) return rows_.push_back(targets());
    std::vector<Rows> found;
    std::size_t longest = 0;
    for (const expr::Node* node : sets_) {
      const auto* call = node->as<expr::FuncExpr>();
      found.push_back(set_rows(*call));
      longest = std::max(longest, found.back().size());
    }
    for (std::size_t i = 0; i < longest; ++i) {
      for (std::size_t set = 0; set < sets_.size(); ++set)
        frame_.computed[sets_[set]] = i < found[set].size() ? row_value(*sets_[set], found[set][i]) : Value();
      rows_.push_back(targets());
    }
    for (const expr::Node* node : sets_) frame_.computed.erase(node);
  }

  /// What is not known stands for all of its rows: nothing can be said by them.
  Rows set_rows(const expr::FuncExpr& call) {
    const Values arguments = executor_.evaluate(call.args, frame_);
    for (const Value& argument : arguments)
      if (argument.is_unknown()) return {{Value::unknown(call.type, argument.text)}};
    return executor_.call_set(call.function, call.type, arguments);
  }

  static Value row_value(const expr::Node& call, const Values& row) {
    const Oid type = expr::type_of(call);
    if (row.size() != 1) return record_value(type, row);
    Value value = row.front();
    value.type = type;
    return value;
  }

  Values targets() {
    Values row;
    row.reserve(query_.targets.size());
    for (const expr::TargetEntry& target : query_.targets) row.push_back(executor_.evaluate(target.expr, frame_));
    return row;
  }

  struct Group {
    Place place;
    std::vector<Accumulator> accumulators;
  };

  void grouped() {
    for (const expr::TargetEntry& target : query_.targets) find_aggregates(target.expr, 0, aggregates_);
    if (query_.having) find_aggregates(query_.having, 0, aggregates_);
    std::map<std::string, std::size_t> numbers;
    std::vector<Group> groups;
    for_each_row(executor_, frame_, [&] {
      const auto [found, fresh] = numbers.try_emplace(group_key(), groups.size());
      if (fresh) groups.push_back(new_group());
      for (Accumulator& accumulator : groups[found->second].accumulators) accumulator.add(executor_, frame_);
      return true;
    });
    if (groups.empty() && query_.group.empty()) groups.push_back(new_group());
    for (const Group& group : groups) finish_group(group);
    for (const expr::Node* node : aggregates_) frame_.computed.erase(node);
  }

  Group new_group() const {
    Group group;
    group.place = place(*frame_.plan);
    for (const expr::Node* node : aggregates_) group.accumulators.emplace_back(*node->as<expr::Aggref>());
    return group;
  }

  std::string group_key() {
    Values keys;
    for (const SortKey& key : sort_keys(executor_.cache(), query_.group, query_.targets))
      keys.push_back(executor_.evaluate(query_.targets[key.column].expr, frame_));
    return row_key(executor_.cache(), keys);
  }

  void finish_group(const Group& group) {
    go_to(group.place);
    for (std::size_t i = 0; i < aggregates_.size(); ++i)
      frame_.computed[aggregates_[i]] = group.accumulators[i].value(executor_);
    if (query_.having && !is_true(executor_.evaluate(query_.having, frame_))) return;
    if (query_.has_target_srfs) throw NotSimulated("a set in the target list of a grouped query");
    rows_.push_back(targets());
  }

  void finish() {
    const std::vector<SortKey> order = sort_keys(executor_.cache(), query_.sort, query_.targets);
    if (!order.empty())
      std::stable_sort(rows_.begin(), rows_.end(), [&](const Values& a, const Values& b) {
        return compare_rows(executor_.cache(), order, a, b) < 0;
      });
    if (!query_.distinct.empty()) distinct();
    if (skip_ > 0)
      rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(std::min(skip_, rows_.size())));
    if (rows_.size() > limit_) rows_.resize(limit_);
    drop_junk();
  }

  void distinct() {
    const std::vector<SortKey> columns = sort_keys(executor_.cache(), query_.distinct, query_.targets);
    std::set<std::string> seen;
    std::erase_if(rows_, [&](const Values& row) {
      Values keys;
      for (const SortKey& key : columns) keys.push_back(row[key.column]);
      return !seen.insert(row_key(executor_.cache(), keys)).second;
    });
  }

  void drop_junk() {
    std::size_t kept = 0;
    for (const expr::TargetEntry& target : query_.targets) kept += target.junk ? 0 : 1;
    if (kept == query_.targets.size()) return;
    for (Values& row : rows_) {
      Values wanted;
      for (std::size_t i = 0; i < query_.targets.size(); ++i)
        if (!query_.targets[i].junk) wanted.push_back(std::move(row[i]));
      row = std::move(wanted);
    }
  }

  Executor& executor_;
  const expr::Query& query_;
  Frame& frame_;
  std::size_t limit_;
  std::size_t skip_ = 0;
  Nodes sets_, aggregates_;
  Rows rows_;
};

}  // namespace

Rows Executor::run(const expr::Query& query, Frame& frame, std::size_t limit) {
  if (frame.outer) frame.relations.clear();
  return QueryRun(*this, query, frame, limit).rows();
}

}  // namespace pgplumb::engine::evaluate

#include "engine/evaluate/set_operation.h"

#include <map>

#include "engine/evaluate/array.h"

namespace pgplumb::engine::evaluate {

namespace {

class SetOperationRun {
 public:
  SetOperationRun(Executor& executor, Frame& frame) : executor_(executor), frame_(frame) {}

  Rows rows(const expr::SetOperation& operation) {
    Rows left = side(operation.left), right = side(operation.right);
    for (Rows* each : {&left, &right})
      for (Values& row : *each)
        for (std::size_t i = 0; i < operation.columns.types.size(); ++i) row[i].type = operation.columns.types[i];
    switch (operation.op) {
      case expr::SetOp::union_op:
        return united(std::move(left), std::move(right), operation.all);
      case expr::SetOp::intersect:
        return counted(left, right, operation.all, true);
      default:
        return counted(left, right, operation.all, false);
    }
  }

 private:
  Rows side(const expr::SetOperationItem& item) {
    if (item.operation) return rows(*item.operation);
    const expr::Query& query = *frame_.entry(item.rt_index).subquery;
    Frame inner(query, &frame_);
    return executor_.run(query, inner);
  }

  std::string key(const Values& row) const { return row_key(executor_.cache(), row); }

  Rows united(Rows left, Rows right, bool all) const {
    left.insert(left.end(), std::make_move_iterator(right.begin()), std::make_move_iterator(right.end()));
    if (all) return left;
    std::map<std::string, bool> seen;
    std::erase_if(left, [&](const Values& row) { return !seen.emplace(key(row), true).second; });
    return left;
  }

  /// INTERSECT (wanted in the right side) and EXCEPT (not wanted), with ALL as often as the counts say.
  Rows counted(const Rows& left, const Rows& right, bool all, bool wanted) const {
    std::map<std::string, std::size_t> others, given;
    for (const Values& row : right) ++others[key(row)];
    Rows found;
    for (const Values& row : left) {
      const std::string text = key(row);
      std::size_t& before = given[text];
      const auto other = others.find(text);
      const std::size_t count = other == others.end() ? 0 : other->second;
      const bool take = all ? (before < count) == wanted : (count > 0) == wanted && before == 0;
      ++before;
      if (take) found.push_back(row);
    }
    return found;
  }

  Executor& executor_;
  Frame& frame_;
};

}  // namespace

Rows set_operation_rows(Executor& executor, const expr::Query& query, Frame& frame) {
  return SetOperationRun(executor, frame).rows(*query.set_operation);
}

Value record_value(Oid type, const Values& row) {
  std::vector<Element> fields;
  for (const Value& value : row) {
    if (value.is_unknown()) return Value::unknown(type, value.text);
    fields.push_back(value.is_known() ? Element(value.text) : Element());
  }
  return Value::of(type, write_record(fields));
}

}  // namespace pgplumb::engine::evaluate

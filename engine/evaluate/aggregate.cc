#include "engine/evaluate/aggregate.h"

#include <algorithm>
#include <set>

#include "catalog/type_oids.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/number.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;

namespace {

using Inputs = std::vector<const Values*>;

/// Those whose first argument is not NULL.
Inputs without_nulls(const Inputs& inputs) {
  Inputs found;
  for (const Values* row : inputs)
    if (!row->front().is_null()) found.push_back(row);
  return found;
}

Value extreme(const analyze::Syscache& cache, Oid type, const Inputs& inputs, bool greatest) {
  const Value* best = nullptr;
  for (const Values* row : inputs) {
    const Value& value = row->front();
    const int order = best ? compare(cache, value, *best) : 0;
    if (!best || (greatest ? order > 0 : order < 0)) best = &value;
  }
  return best ? Value::of(type, best->text) : Value::null(type);
}

Value all_or_any(const Inputs& inputs, bool all) {
  if (inputs.empty()) return Value::null(types::bool_);
  const bool found =
      std::any_of(inputs.begin(), inputs.end(), [&](const Values* row) { return (row->front().text == "t") != all; });
  return Value::boolean(found != all);
}

Value sum(Oid type, const Inputs& inputs) {
  if (inputs.empty()) return Value::null(type);
  Decimal total;
  for (const Values* row : inputs) total = add(total, decimal(row->front().text));
  return Value::of(type, decimal_text(total));
}

Value average(Oid type, const Inputs& inputs) {
  if (inputs.empty()) return Value::null(type);
  const Decimal total = decimal(sum(type, inputs).text);
  return Value::of(type, decimal_text(divide(total, {static_cast<Wide>(inputs.size()), 0})));
}

Value concatenated(Oid type, const Inputs& inputs) {
  if (inputs.empty()) return Value::null(type);
  std::string text;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Value& delimiter = inputs[i]->at(1);
    if (i > 0 && delimiter.is_known()) text += delimiter.text;
    text += inputs[i]->front().text;
  }
  return Value::of(type, std::move(text));
}

Value collected(Oid type, const Inputs& inputs, bool of_arrays) {
  if (inputs.empty()) return Value::null(type);
  if (of_arrays) throw NotSimulated("array_agg() of arrays");
  std::vector<Element> elements;
  for (const Values* row : inputs) elements.push_back(row->front().is_known() ? Element(row->front().text) : Element());
  return array_value(type, std::move(elements));
}

Value compute(Executor& executor, const expr::Aggref& call, const Inputs& all) {
  const auto* proc = executor.cache().builtin().proc_by_oid(call.function);
  const std::string_view name = proc ? proc->proname.view() : std::string_view();
  for (const Values* row : all)
    for (const Value& value : *row)
      if (value.is_unknown()) return Value::unknown(call.type, value.text);
  if (name == "count" && call.star) return Value::of(call.type, std::to_string(all.size()));
  if (name == "array_agg") return collected(call.type, all, call.argument_types.front() == call.type);
  const Inputs some = all.empty() ? all : without_nulls(all);
  if (name == "count") return Value::of(call.type, std::to_string(some.size()));
  if (name == "min" || name == "max") return extreme(executor.cache(), call.type, some, name == "max");
  if (name == "bool_and" || name == "every") return all_or_any(some, true);
  if (name == "bool_or") return all_or_any(some, false);
  const Oid input_type = call.argument_types.empty() ? invalid_oid : call.argument_types.front();
  const bool exact = input_type == types::int2 || input_type == types::int4 || input_type == types::int8 ||
                     input_type == types::numeric;
  if (name == "sum" && exact) return sum(call.type, some);
  if (name == "avg" && exact) return average(call.type, some);
  if (name == "string_agg" && input_type == types::text) return concatenated(call.type, some);
  const analyze::ProcRow* row = executor.cache().proc(call.function);
  throw NotSimulated("calls aggregate " + (row ? std::string(row->name) : std::to_string(call.function)));
}

}  // namespace

void Accumulator::add(Executor& executor, Frame& frame) {
  if (call_->filter && !is_true(executor.evaluate(call_->filter, frame))) return;
  Values row;
  for (const expr::TargetEntry& argument : call_->args) row.push_back(executor.evaluate(argument.expr, frame));
  rows_.push_back(std::move(row));
}

std::vector<const Values*> Accumulator::inputs(Executor& executor) const {
  std::vector<const Values*> found;
  std::set<std::string> seen;
  for (const Values& row : rows_) {
    if (!call_->distinct.empty()) {
      Values keys;
      for (const SortKey& key : sort_keys(executor.cache(), call_->distinct, call_->args))
        keys.push_back(row[key.column]);
      if (!seen.insert(row_key(executor.cache(), keys)).second) continue;
    }
    found.push_back(&row);
  }
  const auto& order = call_->order.empty() ? call_->distinct : call_->order;
  const std::vector<SortKey> keys = sort_keys(executor.cache(), order, call_->args);
  std::stable_sort(found.begin(), found.end(),
                   [&](const Values* a, const Values* b) { return compare_rows(executor.cache(), keys, *a, *b) < 0; });
  return found;
}

Value Accumulator::value(Executor& executor) const {
  if (call_->kind != expr::AggregateKind::normal) throw NotSimulated("an ordered-set aggregate");
  return compute(executor, *call_, inputs(executor));
}

}  // namespace pgplumb::engine::evaluate

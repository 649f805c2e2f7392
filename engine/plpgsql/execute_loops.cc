// Loops: exec_stmt_loop, exec_stmt_while, exec_stmt_fori, exec_for_query and exec_stmt_foreach_a.
#include <charconv>

#include "engine/analyze/lsyscache.h"
#include "engine/evaluate/array.h"
#include "engine/plpgsql/executor.h"

namespace pgplumb::engine::plpgsql {

namespace {

constexpr int max_rounds = 100'000;

std::int64_t number_of(const Value& value) {
  std::int64_t number = 0;
  std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
  return number;
}

[[noreturn]] void endless() { throw NotSimulated("a loop that goes on for very long"); }

}  // namespace

bool Executor::goes_on(Flow& flow, const std::string& label) {
  const bool mine = flow.label.empty() || flow.label == label;
  if (flow.kind == Flow::Kind::normal) return true;
  if (flow.kind == Flow::Kind::return_ || !mine) return false;
  const bool again = flow.kind == Flow::Kind::continue_;
  flow = {};
  return again;
}

Flow Executor::execute(const Loop& statement) {
  for (int round = 0; round < max_rounds; ++round) {
    Flow flow = execute(statement.body);
    if (!goes_on(flow, statement.label)) return flow;
  }
  endless();
}

Flow Executor::execute(const While& statement) {
  for (int round = 0; round < max_rounds; ++round) {
    std::string reason;
    const std::optional<bool> decision = decide(statement.condition, reason);
    if (!decision) return perhaps_repeated(reason, statement.label, [&] { return execute(statement.body); });
    if (!*decision) return {};
    Flow flow = execute(statement.body);
    if (!goes_on(flow, statement.label)) return flow;
  }
  endless();
}

Flow Executor::execute(const ForInteger& statement) {
  const TypeRef int4{catalog::types::int4, -1};
  const auto bound = [&](const Sql& sql, const char* what) {
    Value value = converted(evaluate(sql), int4);
    if (value.is_null()) throw SqlError("22004", std::string(what) + " of FOR loop cannot be null");
    return value;
  };
  const Value lower = bound(statement.lower, "lower bound"), upper = bound(statement.upper, "upper bound");
  const Value step = statement.step ? bound(statement.step, "BY value") : Value::of(int4.type, "1");
  for (const Value* value : {&lower, &upper, &step})
    if (value->is_unknown()) {
      slot(statement.variable).value = *value;
      return perhaps_repeated(value->text, statement.label, [&] { return execute(statement.body); });
    }
  const std::int64_t by = number_of(step);
  if (by <= 0) throw SqlError("22023", "BY value of FOR loop must be greater than zero");
  Flow flow;
  int rounds = 0;
  for (std::int64_t at = number_of(lower); statement.reverse ? at >= number_of(upper) : at <= number_of(upper);
       at += statement.reverse ? -by : by) {
    if (++rounds > max_rounds) endless();
    slot(statement.variable).value = Value::of(int4.type, std::to_string(at));
    flow = execute(statement.body);
    if (!goes_on(flow, statement.label)) break;
  }
  slot(function_.found).value = Value::boolean(rounds > 0);
  return flow;
}

Flow Executor::loop_over(const std::vector<ResultColumn>& columns, const std::vector<std::vector<Value>>& rows,
                         const ForRows& statement) {
  Flow flow;
  for (const std::vector<Value>& row : rows) {
    store(statement.target, columns, row);
    flow = execute(statement.body);
    if (!goes_on(flow, statement.label)) break;
  }
  // A loop over nothing leaves its variables NULL.
  if (rows.empty()) store(statement.target, columns, {});
  slot(function_.found).value = Value::boolean(!rows.empty());
  return flow;
}

Flow Executor::execute(const ForRows& statement) {
  Rows rows = statement.cursor >= 0 ? bound_cursor_rows(statement.cursor, statement.cursor_arguments)
              : statement.dynamic   ? dynamic_query(statement.query, statement.arguments)
                                    : query(statement.query);
  if (rows.unknown.empty()) return loop_over(rows.set.columns, rows.set.rows, statement);
  Flow flow = perhaps_repeated(rows.unknown, statement.label, [&] {
    store_unknown(statement.target, rows.set.columns, rows.unknown);
    return execute(statement.body);
  });
  store_unknown(statement.target, rows.set.columns, rows.unknown);
  slot(function_.found).value = Value::unknown(catalog::types::bool_, rows.unknown);
  return flow;
}

Flow Executor::execute(const ForEach& statement) {
  const Value array = evaluate(statement.array);
  if (array.is_null()) throw SqlError("22004", "FOREACH expression must not be null");
  const Oid element = analyze::base_element_type(interpreter_.cache(), array.type);
  if (element == invalid_oid) throw SqlError("42804", "FOREACH expression must yield an array, not type unknown");
  if (array.is_unknown())
    return perhaps_repeated(array.text, statement.label, [&] {
      store_unknown(statement.target, {{"", {element, -1}}}, array.text);
      return execute(statement.body);
    });
  const evaluate::Array parts = evaluate::read_array(array);
  if (statement.slice > static_cast<int>(parts.sizes.size()))
    throw SqlError("2202E", "slice dimension (" + std::to_string(statement.slice) + ") is out of the valid range 0.." +
                                std::to_string(parts.sizes.size()));
  std::size_t width = 1;
  for (std::size_t i = parts.sizes.size() - static_cast<std::size_t>(statement.slice); i < parts.sizes.size(); ++i)
    width *= static_cast<std::size_t>(parts.sizes[i]);
  if (statement.slice > 1) throw NotSimulated("FOREACH with SLICE of several dimensions");
  Flow flow;
  for (std::size_t at = 0; at < parts.elements.size(); at += width) {
    Value value;
    if (statement.slice == 0)
      value = parts.elements[at] ? Value::of(element, *parts.elements[at]) : Value::null(element);
    else
      value = evaluate::array_value(array.type, {parts.elements.begin() + static_cast<std::ptrdiff_t>(at),
                                                 parts.elements.begin() + static_cast<std::ptrdiff_t>(at + width)});
    if (statement.target.whole_row)
      assign_composite(statement.target.places.front().variable, value);
    else
      assign(statement.target.places.front(), value);
    flow = execute(statement.body);
    if (!goes_on(flow, statement.label)) break;
  }
  slot(function_.found).value = Value::boolean(!parts.elements.empty());
  return flow;
}

}  // namespace pgplumb::engine::plpgsql

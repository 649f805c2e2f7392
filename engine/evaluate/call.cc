// Calls of functions and operators: fmgr.c's part, and what each operator's place in its operator family says.
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/evaluate/calls.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/executor.h"
#include "engine/evaluate/functions.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;

namespace {

constexpr int equal_strategy = 3;

const Value* first_in(std::span<const Value> arguments, Value::State state) {
  for (const Value& argument : arguments)
    if (argument.state == state) return &argument;
  return nullptr;
}

std::string signature(const analyze::Syscache& cache, Oid function) {
  const analyze::ProcRow* row = cache.proc(function);
  if (!row) return std::to_string(function);
  std::string text(row->name);
  text += "(";
  for (std::size_t i = 0; i < row->args.size(); ++i)
    text += (i > 0 ? ", " : "") + analyze::format_type(cache, row->args[i]);
  return text + ")";
}

[[noreturn]] void not_known(const analyze::Syscache& cache, Oid function) {
  throw NotSimulated("calls function " + signature(cache, function));
}

bool holds(int strategy, int order) {
  switch (strategy) {
    case 1:
      return order < 0;
    case 2:
      return order <= 0;
    case 3:
      return order == 0;
    case 4:
      return order >= 0;
    case 5:
      return order > 0;
    default:
      return order != 0;
  }
}

/// Letters of one case and digits, whose order all usual collations agree on.
bool is_plain_text(std::string_view text) {
  const auto all = [&](char first, char last) {
    return std::all_of(text.begin(), text.end(),
                       [&](char c) { return (c >= first && c <= last) || (c >= '0' && c <= '9'); });
  };
  return all('a', 'z') || all('A', 'Z');
}

/// Which collation applies is not known here.
void require_known_order(const analyze::Syscache& cache, const Value& value) {
  const Oid type = analyze::base_type(cache, value.type);
  const bool is_text =
      type == catalog::types::text || type == catalog::types::varchar || type == catalog::types::bpchar;
  if (is_text && !is_plain_text(value.text))
    throw NotSimulated("the order of two texts, which their collation decides");
}

Value compared(const analyze::Syscache& cache, int strategy, const Value& left, const Value& right) {
  const bool equality = strategy == equal_strategy || strategy == 6;
  const bool by_text = equality && text_is_identity(cache, left.type) && text_is_identity(cache, right.type);
  if (by_text) return Value::boolean((left.text == right.text) == (strategy == equal_strategy));
  if (!equality && left.text != right.text) {
    require_known_order(cache, left);
    require_known_order(cache, right);
  }
  return Value::boolean(holds(strategy, compare(cache, left, right)));
}

bool sets_parameter(const catalog::builtin::Builtin& builtin, Oid function) {
  return c_name(builtin, function) == "set_config_by_name";
}

bool is_strict(const analyze::Syscache& cache, Oid function) {
  const analyze::ProcRow* row = cache.proc(function);
  return !row || row->strict;
}

}  // namespace

Value Executor::call(Oid function, Oid result, std::span<const Value> arguments, bool variadic) {
  // A user's function may have effects, whatever its arguments are.
  const bool may_have_effects = !catalog::is_builtin(function) && parameters_.call;
  const Value* unknown = first_in(arguments, Value::State::unknown);
  if (unknown && sets_parameter(cache().builtin(), function)) throw NotSimulated("set_config() with " + unknown->text);
  if (unknown && !may_have_effects) return Value::unknown(result, unknown->text);
  if (is_strict(cache(), function) && first_in(arguments, Value::State::null)) return Value::null(result);
  const auto implementation = find_function(c_name(cache().builtin(), function));
  if (implementation) return implementation(Call{*this, arguments, function, result, variadic});
  if (catalog::is_builtin(function) || !parameters_.call) not_known(cache(), function);
  const ResultSet found = parameters_.call(function, Values(arguments.begin(), arguments.end()));
  return found.rows.empty() ? Value::null(result) : found.rows.front().at(0);
}

Rows Executor::call_set(Oid function, Oid result, std::span<const Value> arguments) {
  if (const Value* unknown = first_in(arguments, Value::State::unknown)) throw NotSimulated(unknown->text);
  if (is_strict(cache(), function) && first_in(arguments, Value::State::null)) return {};
  const std::string_view name = c_name(cache().builtin(), function);
  const Call call{*this, arguments, function, result, false};
  if (const auto implementation = find_set_function(name)) return implementation(call);
  if (const auto implementation = find_function(name)) return {{implementation(call)}};
  if (catalog::is_builtin(function) || !parameters_.call) not_known(cache(), function);
  return parameters_.call(function, Values(arguments.begin(), arguments.end())).rows;
}

Value Executor::call_operator(Oid op, Oid function, Oid result, std::span<const Value> arguments) {
  const int strategy = arguments.size() == 2 ? comparison_strategy(cache(), op) : 0;
  if (strategy == 0) return call(function, result, arguments);
  if (first_in(arguments, Value::State::null)) return Value::null(types::bool_);
  if (const Value* unknown = first_in(arguments, Value::State::unknown))
    return Value::unknown(types::bool_, unknown->text);
  return compared(cache(), strategy, arguments[0], arguments[1]);
}

}  // namespace pgplumb::engine::evaluate

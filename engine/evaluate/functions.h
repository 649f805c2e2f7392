#pragma once
// The built-in functions that can be computed here. functions.def registers each by the name of the C function behind
// it (pg_proc.prosrc), which is different for each set of argument types; those written in SQL, by their own name.
#include <span>
#include <string_view>

#include "engine/evaluate/executor.h"

namespace pgplumb::engine::evaluate {

/// One call. Strict functions are only called with known arguments; others see NULLs too, but nothing unknown.
struct Call {
  Executor& executor;
  std::span<const Value> args;
  Oid function = invalid_oid;
  Oid result = invalid_oid;
  bool variadic = false;  // VARIADIC array: the last argument holds the rest

  Interpreter& interpreter() const { return executor.interpreter(); }
  const analyze::Syscache& cache() const { return executor.cache(); }
  std::size_t size() const { return args.size(); }
  const std::string& text(std::size_t i) const { return args[i].text; }
  bool is_null(std::size_t i) const { return args[i].is_null(); }
  bool truth(std::size_t i) const { return args[i].text == "t"; }
  std::int64_t integer(std::size_t i) const;
  Oid oid(std::size_t i) const { return static_cast<Oid>(integer(i)); }

  Value of(std::string text) const { return Value::of(result, std::move(text)); }
  Value null() const { return Value::null(result); }
  Value boolean(bool value) const { return Value::boolean(value); }
  Value number(std::int64_t value) const;
};

using Function = Value (*)(const Call&);
/// A set: rows of one or more columns.
using SetFunction = Rows (*)(const Call&);

/// Null where there is none of that name.
Function find_function(std::string_view name);
SetFunction find_set_function(std::string_view name);

#define FUNCTION(name, implementation) Value implementation(const Call& call);
#define SET_FUNCTION(name, implementation) Rows implementation(const Call& call);
#include "engine/evaluate/functions.def"
#undef FUNCTION
#undef SET_FUNCTION

}  // namespace pgplumb::engine::evaluate

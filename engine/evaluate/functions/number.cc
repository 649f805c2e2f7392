// int.c, int8.c, float.c, numeric.c.
#include "engine/evaluate/number.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "engine/analyze/literal/input.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/functions.h"

namespace pgplumb::engine::evaluate {

namespace {

Wide wide(const Call& call, std::size_t i) { return call.integer(i); }

void refuse_zero(const Call& call, std::size_t i) {
  if (call.integer(i) == 0) throw SqlError("22012", "division by zero");
}

Value numeric(const Call& call, Decimal number) { return call.of(decimal_text(number)); }

int scale_of(const Call& call) { return call.size() > 1 ? static_cast<int>(call.integer(1)) : 0; }

}  // namespace

Value integer_add(const Call& call) { return integer_value(call.result, wide(call, 0) + wide(call, 1)); }
Value integer_subtract(const Call& call) { return integer_value(call.result, wide(call, 0) - wide(call, 1)); }
Value integer_multiply(const Call& call) { return integer_value(call.result, wide(call, 0) * wide(call, 1)); }
Value integer_divide(const Call& call) {
  refuse_zero(call, 1);
  return integer_value(call.result, wide(call, 0) / wide(call, 1));
}
Value integer_modulo(const Call& call) {
  refuse_zero(call, 1);
  return integer_value(call.result, wide(call, 0) % wide(call, 1));
}
Value integer_negate(const Call& call) { return integer_value(call.result, -wide(call, 0)); }
Value integer_absolute(const Call& call) {
  const Wide number = wide(call, 0);
  return integer_value(call.result, number < 0 ? -number : number);
}
Value integer_and(const Call& call) { return call.number(call.integer(0) & call.integer(1)); }
Value integer_or(const Call& call) { return call.number(call.integer(0) | call.integer(1)); }
Value integer_cast(const Call& call) { return integer_value(call.result, wide(call, 0)); }
Value same_value(const Call& call) { return call.of(call.text(0)); }
Value larger(const Call& call) { return call.args[compare(call.cache(), call.args[0], call.args[1]) >= 0 ? 0 : 1]; }

Value numeric_add(const Call& call) { return numeric(call, add(decimal(call.text(0)), decimal(call.text(1)))); }
Value numeric_subtract(const Call& call) {
  return numeric(call, subtract(decimal(call.text(0)), decimal(call.text(1))));
}
Value numeric_multiply(const Call& call) {
  return numeric(call, multiply(decimal(call.text(0)), decimal(call.text(1))));
}
Value numeric_divide(const Call& call) { return numeric(call, divide(decimal(call.text(0)), decimal(call.text(1)))); }
Value numeric_modulo(const Call& call) {
  return numeric(call, remainder(decimal(call.text(0)), decimal(call.text(1))));
}
Value numeric_negate(const Call& call) {
  const Decimal number = decimal(call.text(0));
  return numeric(call, {-number.digits, number.scale});
}
Value numeric_absolute(const Call& call) {
  const Decimal number = decimal(call.text(0));
  return numeric(call, {number.digits < 0 ? -number.digits : number.digits, number.scale});
}
Value numeric_round(const Call& call) { return numeric(call, rescaled(decimal(call.text(0)), scale_of(call))); }
Value numeric_truncate(const Call& call) { return numeric(call, truncated(decimal(call.text(0)), scale_of(call))); }
Value numeric_floor(const Call& call) {
  const Decimal number = decimal(call.text(0));
  const Decimal cut = truncated(number, 0);
  return numeric(call, compare_decimals(cut, number) > 0 ? Decimal{cut.digits - 1, 0} : cut);
}
Value numeric_ceiling(const Call& call) {
  const Decimal number = decimal(call.text(0));
  const Decimal cut = truncated(number, 0);
  return numeric(call, compare_decimals(cut, number) < 0 ? Decimal{cut.digits + 1, 0} : cut);
}
Value numeric_to_integer(const Call& call) {
  return integer_value(call.result, rescaled(decimal(call.text(0)), 0).digits);
}

/// numeric(precision, scale), timestamp(digits) and their like: a value that has the type already.
Value fit_to_modifier(const Call& call) {
  return input(call.interpreter(), {call.result, static_cast<std::int32_t>(call.integer(1))}, call.text(0));
}

Value integer_to_boolean(const Call& call) { return call.boolean(call.integer(0) != 0); }
Value boolean_to_integer(const Call& call) { return call.number(call.truth(0) ? 1 : 0); }

namespace {

/// A float prints as the integer does as long as it has no more digits than it can hold.
Value as_float(const Call& call, std::size_t digits) {
  const std::string& text = call.text(0);
  if (text.size() - (text[0] == '-') > digits) throw NotSimulated("an integer of many digits as a floating-point number");
  return call.of(text);
}

}  // namespace

namespace {

double float8(const Call& call, std::size_t i) { return std::strtod(call.text(i).c_str(), nullptr); }

/// float8_pl and its kin: what is infinite only afterwards has overflowed, and a product that is zero of what is not
/// has underflowed.
Value float8_value(const Call& call, double result, bool may_vanish) {
  const double left = float8(call, 0), right = float8(call, 1);
  if (std::isinf(result) && !std::isinf(left) && !std::isinf(right))
    throw SqlError("22003", "value out of range: overflow");
  if (may_vanish && result == 0 && left != 0 && right != 0 && !std::isinf(right))
    throw SqlError("22003", "value out of range: underflow");
  return call.of(analyze::literal::float_out(result, true));
}

}  // namespace

Value float8_add(const Call& call) { return float8_value(call, float8(call, 0) + float8(call, 1), false); }
Value float8_subtract(const Call& call) { return float8_value(call, float8(call, 0) - float8(call, 1), false); }
Value float8_multiply(const Call& call) { return float8_value(call, float8(call, 0) * float8(call, 1), true); }
Value float8_divide(const Call& call) {
  if (float8(call, 1) == 0 && !std::isnan(float8(call, 0))) throw SqlError("22012", "division by zero");
  return float8_value(call, float8(call, 0) / float8(call, 1), true);
}
Value numeric_to_float8(const Call& call) {
  const double value = float8(call, 0);
  if (std::isinf(value) && call.text(0).find_first_of("Ii") == std::string::npos)
    throw SqlError("22003", "\"" + call.text(0) + "\" is out of range for type double precision");
  return call.of(analyze::literal::float_out(value, true));
}

/// As many digits as a double is sure of (DBL_DIG).
Value float8_to_numeric(const Call& call) {
  const double value = float8(call, 0);
  const std::string text = std::isfinite(value) ? fmt::format("{:.15g}", value) : call.text(0);
  return call.of(analyze::literal::numeric_in(text, call.cache().major()));
}

Value integer_to_float4(const Call& call) { return as_float(call, 6); }
Value integer_to_float8(const Call& call) { return as_float(call, 15); }

}  // namespace pgplumb::engine::evaluate

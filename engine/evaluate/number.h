#pragma once
// Exact numbers within 128 bits: int2 to int8, oid and numeric (numeric.c). What does not fit is not simulated.
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/evaluate/value.h"

namespace pgplumb::engine::evaluate {

__extension__ using Wide = __int128;

struct Decimal {
  Wide digits = 0;
  int scale = 0;  // digits behind the point, numeric's display scale
};

Decimal decimal(std::string_view text);
std::string decimal_text(Decimal number);
/// The same number with that many digits behind the point, rounded half away from zero.
Decimal rescaled(Decimal number, int scale);
int compare_decimals(Decimal left, Decimal right);

Decimal add(Decimal left, Decimal right);
Decimal subtract(Decimal left, Decimal right);
Decimal multiply(Decimal left, Decimal right);
/// With the scale that select_div_scale() gives; 22012 for zero.
Decimal divide(Decimal left, Decimal right);
Decimal remainder(Decimal left, Decimal right);
/// Toward zero, to that many digits.
Decimal truncated(Decimal number, int scale);

/// A known value of an integer type, oid or a reg… type.
std::int64_t to_integer(const Value& value);
/// An integer as a value of int2, int4, int8 or oid; 22003 where it does not fit.
Value integer_value(Oid type, Wide number);

}  // namespace pgplumb::engine::evaluate

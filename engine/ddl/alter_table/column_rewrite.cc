#include "engine/ddl/alter_table/column_rewrite.h"

#include <cstdlib>

#include "engine/ddl/domain_constraints.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;

enum class Modifier { length, precision_and_scale, seconds };

/// Functions that make a value fit its type's modifier, and whose support functions know when it fits anyway.
struct Fitting {
  Oid function;
  Modifier modifier;
};
constexpr Fitting fittings[] = {
    {669, Modifier::length},                // varchar
    {1687, Modifier::length},               // varbit
    {1703, Modifier::precision_and_scale},  // numeric
    {1961, Modifier::seconds},              // timestamp
    {1967, Modifier::seconds},              // timestamptz
    {1968, Modifier::seconds},              // time
    {1969, Modifier::seconds},              // timetz
};

constexpr int most_seconds_digits = 6;

/// varchar_support, varbit_support, numeric_support and TemporalSimplify
bool fits(Modifier kind, std::int32_t old_modifier, std::int32_t new_modifier) {
  if (new_modifier < 0 || (kind == Modifier::seconds && new_modifier == most_seconds_digits)) return true;
  if (old_modifier < 0 || new_modifier < old_modifier) return false;
  // The scale is in the lower half, behind the header's four.
  return kind != Modifier::precision_and_scale || ((new_modifier - 4) & 0xffff) == ((old_modifier - 4) & 0xffff);
}

bool always_fits(const expr::FuncExpr& call) {
  const auto* modifier = call.args.size() > 1 ? expr::as<expr::Const>(call.args[1]) : nullptr;
  if (!modifier || !modifier->value) return false;
  for (const Fitting& fitting : fittings)
    if (fitting.function == call.function)
      return fits(fitting.modifier, expr::typmod_of(*call.args[0]), std::atoi(modifier->value->c_str()));
  return false;
}

}  // namespace

bool requires_rewrite(const catalog::Catalog& catalog, const NodePtr& transform, int attribute) {
  if (const auto* column = expr::as<expr::Var>(transform)) return column->attribute != attribute;
  if (const auto* relabel = expr::as<expr::RelabelType>(transform)) return requires_rewrite(catalog, relabel->arg, attribute);
  if (const auto* domain = expr::as<expr::CoerceToDomain>(transform))
    return has_domain_constraints(catalog, domain->type) || requires_rewrite(catalog, domain->arg, attribute);
  const auto* call = expr::as<expr::FuncExpr>(transform);
  return !call || !always_fits(*call) || requires_rewrite(catalog, call->args[0], attribute);
}

}  // namespace pgplumb::engine::ddl

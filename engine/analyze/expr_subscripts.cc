// value[…] and value.field: transformIndirection, and parse_node.c's transformContainerSubscripts.
#include <fmt/format.h>

#include <algorithm>

#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_func.h"
#include "engine/analyze/parse_relation.h"

namespace pgplumb::engine::analyze {

using expr::make;
using expr::type_of;

namespace {

constexpr std::size_t max_dimensions = 6;  // MAXDIM

[[noreturn]] void unknown_attribute(ParseState& state, const NodePtr& base, std::string_view name, int location) {
  if (const auto* var = expr::as<expr::Var>(base); var && var->attribute == 0) {
    const expr::RangeTblEntry& entry = entry_of(state, var->rt_index, var->levels_up);
    fail(errcode::undefined_column, fmt::format("column {}.{} does not exist", entry.eref.name, name), location);
  }
  Oid type = type_of(*base);
  if (type_or_domain_relation(state.cache, type) != invalid_oid) {
    fail(errcode::undefined_column,
         fmt::format("column \"{}\" not found in data type {}", name, format_type(state.cache, type)), location);
  }
  if (type == types::record) {
    fail(errcode::undefined_column, fmt::format("could not identify column \"{}\" in record data type", name),
         location);
  }
  fail(errcode::wrong_object_type,
       fmt::format("column notation .{} applied to type {}, which is not a composite type", name,
                   format_type(state.cache, type)),
       location);
}

NodePtr integer_subscript(ParseState& state, ast::Node node) {
  NodePtr subscript = transform_expr_recurse(state, node);
  NodePtr coerced = coerce_to_target_type(state, subscript, type_of(*subscript), types::int4, -1,
                                          {CoercionContext::assignment, CoercionForm::implicit_cast, -1});
  if (coerced) return coerced;
  fail(errcode::datatype_mismatch, "array subscript must have type integer", location_of(subscript));
}

void array_subscripts(ParseState& state, expr::SubscriptingRef& ref, const std::vector<ast::A_Indices>& subscripts,
                      bool slice) {
  for (ast::A_Indices subscript : subscripts) {
    if (slice) {
      NodePtr lower;
      if (subscript.lidx()) {
        lower = integer_subscript(state, subscript.lidx());
      } else if (!subscript.is_slice()) {
        lower = make_int4_const(1);
      }
      ref.lower.push_back(lower);
    }
    ref.upper.push_back(subscript.uidx() ? integer_subscript(state, subscript.uidx()) : nullptr);
  }
  if (ref.upper.size() > max_dimensions) {
    fail(errcode::program_limit_exceeded,
         fmt::format("number of array dimensions ({}) exceeds the maximum allowed ({})", ref.upper.size(),
                     max_dimensions));
  }
  ref.type = slice ? ref.container_type : ref.element_type;
}

// jsonb takes integers and texts: jsonb_subscript_transform.
NodePtr jsonb_subscript(ParseState& state, ast::Node node) {
  NodePtr subscript = transform_expr_recurse(state, node);
  Oid type = type_of(*subscript);
  Oid target = types::text;
  if (type != types::unknown) {
    bool as_integer = can_coerce_type(state.cache, type, types::int4, CoercionContext::implicit);
    bool as_text = can_coerce_type(state.cache, type, types::text, CoercionContext::implicit);
    if (as_integer == as_text) {
      fail(errcode::datatype_mismatch, fmt::format("subscript type {} is not supported", format_type(state.cache, type)),
           location_of(subscript), {},
           as_integer ? "jsonb subscript must be coercible to only one type, integer or text."
                      : "jsonb subscript must be coercible to either integer or text.");
    }
    if (as_integer) target = types::int4;
  }
  return coerce_type(state, subscript, type, target, -1, {});
}

void jsonb_subscripts(ParseState& state, expr::SubscriptingRef& ref, const std::vector<ast::A_Indices>& subscripts,
                      bool slice) {
  if (slice) {
    for (ast::A_Indices subscript : subscripts) {
      if (!subscript.is_slice()) continue;
      ast::Node bound = subscript.uidx() ? subscript.uidx() : subscript.lidx();
      fail(errcode::datatype_mismatch, "jsonb subscript does not support slices", bound ? bound.location() : -1);
    }
  }
  for (ast::A_Indices subscript : subscripts) ref.upper.push_back(jsonb_subscript(state, subscript.uidx()));
  ref.type = types::jsonb;
  ref.typmod = -1;
}

[[noreturn]] void not_subscriptable(ParseState& state, Oid type, const NodePtr& container) {
  std::string name = format_type(state.cache, type);
  fail(errcode::datatype_mismatch,
       state.cache.major() >= 14
           ? fmt::format("cannot subscript type {} because it does not support subscripting", name)
           : fmt::format("cannot subscript type {} because it is not an array", name),
       location_of(container));
}

/// A base type's function for subscripts may be anything; it came with 14.
bool may_have_subscripts(const ParseState& state, const TypeRow* row) {
  return state.cache.major() >= 14 && row && row->kind == 'b' && !catalog::is_builtin(row->oid);
}

}  // namespace

NodePtr transform_subscripts(ParseState& state, NodePtr container, Oid container_type, std::int32_t typmod,
                             const std::vector<ast::A_Indices>& subscripts, bool for_assignment) {
  TypeRef base = for_assignment ? TypeRef{container_type, typmod}
                                : base_type_and_typmod(state.cache, container_type, typmod);
  if (base.type == types::int2vector) base.type = 1005;  // int2[]: the vectors count as domains over arrays
  if (base.type == types::oidvector) base.type = types::oid_array;
  const TypeRow* row = state.cache.type(base.type);
  expr::SubscriptingRef ref;
  ref.container_type = base.type;
  ref.typmod = base.typmod;
  ref.element_type = row ? row->element : invalid_oid;
  bool slice = std::any_of(subscripts.begin(), subscripts.end(), [](ast::A_Indices i) { return i.is_slice(); });
  Subscripting way = row ? row->subscripting : Subscripting::none;
  if (way == Subscripting::array || way == Subscripting::fixed_array) {
    array_subscripts(state, ref, subscripts, slice);
  } else if (base.type == types::jsonb && way == Subscripting::own) {
    jsonb_subscripts(state, ref, subscripts, slice);
  } else if (way == Subscripting::own) {
    not_simulated("subscripts of type " + format_type(state.cache, base.type), location_of(container));
  } else if (may_have_subscripts(state, row)) {
    not_simulated("subscripts of type " + format_type(state.cache, base.type), location_of(container));
  } else {
    not_subscriptable(state, base.type, container);
  }
  ref.container = std::move(container);
  return make(std::move(ref));
}

NodePtr transform_indirection(ParseState& state, ast::A_Indirection node) {
  NodePtr last_srf = state.last_srf;
  NodePtr result = transform_expr_recurse(state, node.arg());
  int location = location_of(result);
  std::vector<ast::A_Indices> subscripts;
  auto flush = [&] {
    if (subscripts.empty()) return;
    result = transform_subscripts(state, result, type_of(*result), expr::typmod_of(*result), subscripts, false);
    subscripts.clear();
  };
  for (ast::Node step : node.indirection()) {
    if (auto subscript = step.as<ast::A_Indices>()) {
      subscripts.push_back(subscript);
      continue;
    }
    if (step.is<ast::A_Star>()) {
      fail(errcode::feature_not_supported, "row expansion via \"*\" is not supported here", location);
    }
    flush();
    CallRequest request;
    request.name = {step.str()};
    request.args = {result};
    request.last_srf = last_srf;
    request.location = location;
    NodePtr field = parse_func_or_column(state, std::move(request));
    if (!field) unknown_attribute(state, result, step.str(), location);
    result = std::move(field);
  }
  flush();
  return result;
}

}  // namespace pgplumb::engine::analyze

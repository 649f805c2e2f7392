#include "engine/analyze/parse_coerce.h"

#include <fmt/format.h>

#include "engine/analyze/format_type.h"
#include "engine/analyze/literal/literal.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_relation.h"

namespace pgplumb::engine::analyze {

using expr::as;
using expr::make;
using expr::type_of;
using expr::typmod_of;

namespace {

NodePtr relabel(NodePtr node, Oid type, std::int32_t typmod, Oid collation, CoercionForm form, int location) {
  expr::RelabelType result;
  result.arg = std::move(node);
  result.type = type;
  result.typmod = typmod;
  result.collation = collation;
  result.form = form;
  return make(std::move(result), location);
}

// applyRelabelType: a constant is relabelled in place, and of stacked relabellings the last one stands.
NodePtr apply_relabel(NodePtr node, Oid type, std::int32_t typmod, Oid collation, CoercionForm form, int location) {
  while (const auto* inner = as<expr::RelabelType>(node)) node = inner->arg;
  if (const auto* constant = as<expr::Const>(node)) {
    expr::Const copy = *constant;
    copy.type = type;
    copy.typmod = typmod;
    copy.collation = collation;
    return make(std::move(copy), node->location);
  }
  if (type_of(*node) == type && typmod_of(*node) == typmod && expr::collation_of(*node) == collation) return node;
  return relabel(std::move(node), type, typmod, collation, form, location);
}

NodePtr call_cast_function(ParseState& state, const NodePtr& node, Oid function, Oid target, std::int32_t typmod,
                           const Coercion& how) {
  const ProcRow* proc = state.cache.proc(function);
  std::size_t arg_count = proc ? proc->args.size() : 1;
  expr::FuncExpr call;
  call.function = function;
  call.type = target;
  call.form = how.form;
  call.args.push_back(node);
  if (arg_count >= 2) call.args.push_back(make_int4_const(typmod));
  if (arg_count == 3) call.args.push_back(make_bool_const(how.context == CoercionContext::explicit_));
  return make(std::move(call), how.location);
}

NodePtr coerce_array(ParseState& state, const NodePtr& node, Oid target, std::int32_t typmod, const Coercion& how) {
  TypeRef source = base_type_and_typmod(state.cache, type_of(*node), typmod_of(*node));
  expr::CaseTestExpr element;
  element.type = element_type(state.cache, source.type);
  element.typmod = source.typmod;
  Oid target_element = element_type(state.cache, target);
  NodePtr coerced = coerce_to_target_type(state, make(element), element.type, target_element, typmod, how);
  if (!coerced) not_simulated("array coercion without a coercion of its elements", how.location);
  expr::ArrayCoerceExpr result;
  result.arg = node;
  result.type = target;
  result.typmod = typmod_of(*coerced);
  result.form = how.form;
  result.element = std::move(coerced);
  return make(std::move(result), how.location);
}

NodePtr build_coercion(ParseState& state, const NodePtr& node, const CoercionPathway& way, Oid target,
                       std::int32_t typmod, const Coercion& how) {
  if (way.path == CoercionPath::function) return call_cast_function(state, node, way.function, target, typmod, how);
  if (way.path == CoercionPath::array) return coerce_array(state, node, target, typmod, how);
  expr::CoerceViaIO result;
  result.arg = node;
  result.type = target;
  result.form = how.form;
  return make(std::move(result), how.location);
}

NodePtr coerce_type_typmod(ParseState& state, NodePtr node, Oid target, std::int32_t typmod, const Coercion& how,
                           bool hide_input) {
  if (typmod == typmod_of(*node)) return node;
  if (hide_input) node = hide_coercion(node);
  CoercionPathway way = typmod < 0 ? CoercionPathway{} : find_typmod_coercion(state.cache, target);
  if (way.path != CoercionPath::none) return build_coercion(state, node, way, target, typmod, how);
  Oid collation = expr::collation_of(*node);
  return apply_relabel(std::move(node), target, typmod, collation, how.form, how.location);
}

NodePtr recollated(NodePtr node, const expr::CollateExpr& clause, int location) {
  expr::CollateExpr copy;
  copy.arg = std::move(node);
  copy.collation = clause.collation;
  return make(std::move(copy), location);
}

NodePtr coerce_unknown_const(ParseState& state, const expr::Const& literal, int literal_location, Oid target,
                             std::int32_t typmod, const Coercion& how) {
  TypeRef base = base_type_and_typmod(state.cache, target, typmod);
  expr::Const result;
  result.type = base.type;
  result.typmod = base.type == types::interval ? base.typmod : -1;
  result.collation = type_collation(state.cache, base.type);
  if (literal.value) {
    LiteralValue value;
    try {
      value = literal_in(state.cache, state.settings, base.type, result.typmod, *literal.value);
    } catch (SqlError& error) {
      error.location = literal_location;
      throw;
    }
    result.value = std::move(value.text);
    result.object = value.object;
    result.certain = value.certain;
  }
  NodePtr node = make(std::move(result), literal_location);
  if (base.type == target) return node;
  return coerce_to_domain(state, std::move(node), base.type, base.typmod, target, how, false);
}

NodePtr coerce_along(ParseState& state, const NodePtr& node, const CoercionPathway& way, Oid target,
                     std::int32_t typmod, const Coercion& how) {
  TypeRef base = base_type_and_typmod(state.cache, target, typmod);
  if (way.path != CoercionPath::relabel) {
    NodePtr result = build_coercion(state, node, way, base.type, base.typmod, how);
    return base.type == target ? result
                               : coerce_to_domain(state, result, base.type, base.typmod, target, how, true);
  }
  NodePtr result = coerce_to_domain(state, node, base.type, base.typmod, target, how, false);
  if (result.get() != node.get()) return result;
  return relabel(node, target, -1, invalid_oid, how.form, how.location);
}

std::vector<NodePtr> row_parts(ParseState& state, const NodePtr& node, Oid target) {
  if (const auto* row = as<expr::RowExpr>(node)) return row->args;
  const auto* whole = as<expr::Var>(node);
  if (whole && whole->attribute == 0) return expand_row_var(state, *whole, node->location);
  fail(errcode::cannot_coerce,
       fmt::format("cannot cast type {} to {}", format_type(state.cache, types::record),
                   format_type(state.cache, target)),
       location_of(node));
}

[[noreturn]] void cannot_cast_row(ParseState& state, Oid target, std::string detail, int location) {
  fail(errcode::cannot_coerce,
       fmt::format("cannot cast type {} to {}", format_type(state.cache, types::record),
                   format_type(state.cache, target)),
       location, std::move(detail));
}

NodePtr coerce_row_part(ParseState& state, const NodePtr& part, const ColumnRow& column, std::size_t number, Oid target,
                        const Coercion& how) {
  Oid type = type_of(*part);
  NodePtr coerced = coerce_to_target_type(state, part, type, column.type.type, column.type.typmod,
                                          {how.context, CoercionForm::implicit_cast, -1});
  if (coerced) return coerced;
  cannot_cast_row(state, target,
                  fmt::format("Cannot cast type {} to {} in column {}.", format_type(state.cache, type),
                              format_type(state.cache, column.type.type), number),
                  location_of(part));
}

NodePtr coerce_record_to_complex(ParseState& state, const NodePtr& node, Oid target, const Coercion& how) {
  std::vector<NodePtr> parts = row_parts(state, node, target);
  TypeRef base = base_type_and_typmod(state.cache, target, -1);
  expr::RowExpr row;
  row.type = base.type;
  std::size_t used = 0;
  for (const ColumnRow& column : state.cache.columns(type_relation(state.cache, base.type))) {
    if (column.dropped) {
      row.args.push_back(make_null_const(types::int4));
      continue;
    }
    if (used == parts.size()) cannot_cast_row(state, target, "Input has too few columns.", location_of(node));
    row.args.push_back(coerce_row_part(state, parts[used], column, used + 1, target, how));
    ++used;
  }
  if (used < parts.size()) cannot_cast_row(state, target, "Input has too many columns.", location_of(node));
  bool is_domain = base.type != target;
  row.form = is_domain ? CoercionForm::implicit_cast : how.form;
  NodePtr result = make(std::move(row), how.location);
  return is_domain ? coerce_to_domain(state, result, base.type, base.typmod, target, how, false) : result;
}

NodePtr convert_row_type(ParseState& state, NodePtr node, Oid input, Oid target, const Coercion& how) {
  Oid base = base_type(state.cache, input);
  if (base != input) node = relabel(node, base, -1, invalid_oid, CoercionForm::implicit_cast, how.location);
  expr::ConvertRowtypeExpr result;
  result.arg = std::move(node);
  result.type = target;
  result.form = how.form;
  return make(std::move(result), how.location);
}

bool takes_any_type(Oid target) {
  return target == types::any || target == types::anyelement || target == types::anynonarray ||
         target == types::anycompatible || target == types::anycompatiblenonarray;
}

NodePtr coerce_rows(ParseState& state, const NodePtr& node, Oid input, Oid target, const Coercion& how) {
  bool input_is_row = type_or_domain_relation(state.cache, input) != invalid_oid;
  if (input == types::record && type_or_domain_relation(state.cache, target) != invalid_oid) {
    return coerce_record_to_complex(state, node, target, how);
  }
  if (target == types::record && input_is_row) return node;
  if (target == types::record_array && is_complex_array(state.cache, input)) return node;
  if (input_is_row) return convert_row_type(state, node, input, target, how);
  fail("XX000", fmt::format("failed to find conversion function from {} to {}", format_type(state.cache, input),
                            format_type(state.cache, target)));
}

}  // namespace

NodePtr coerce_to_target_type(ParseState& state, NodePtr node, Oid input, Oid target, std::int32_t typmod,
                              const Coercion& how) {
  if (!can_coerce_type(state.cache, input, target, how.context)) return nullptr;
  NodePtr original = node;
  while (const auto* clause = as<expr::CollateExpr>(node)) node = clause->arg;
  NodePtr result = coerce_type(state, node, input, target, typmod, how);
  bool coerced = result.get() != node.get() && !result->is<expr::Const>();
  result = coerce_type_typmod(state, result, target, typmod, how, coerced);
  const auto* clause = as<expr::CollateExpr>(original);
  if (clause && type_collation(state.cache, target) != invalid_oid) {
    return recollated(std::move(result), *clause, original->location);
  }
  return result;
}

NodePtr coerce_type(ParseState& state, NodePtr node, Oid input, Oid target, std::int32_t typmod, const Coercion& how) {
  if (target == input || !node || takes_any_type(target)) return node;
  if (is_polymorphic(target) && input != types::unknown) {
    Oid base = base_type(state.cache, input);
    return base == input ? node : relabel(node, base, -1, invalid_oid, how.form, how.location);
  }
  if (const auto* literal = as<expr::Const>(node); literal && input == types::unknown) {
    return coerce_unknown_const(state, *literal, node->location, target, typmod, how);
  }
  if (const auto* clause = as<expr::CollateExpr>(node)) {
    NodePtr result = coerce_type(state, clause->arg, input, target, typmod, how);
    return type_collation(state.cache, target) == invalid_oid ? result : recollated(result, *clause, node->location);
  }
  CoercionPathway way = find_coercion_pathway(state.cache, target, input, how.context);
  if (way.path != CoercionPath::none) return coerce_along(state, node, way, target, typmod, how);
  return coerce_rows(state, node, input, target, how);
}

NodePtr coerce_to_domain(ParseState& state, NodePtr node, Oid base, std::int32_t base_typmod, Oid domain,
                         const Coercion& how, bool hide_input) {
  if (base == domain) return node;
  if (hide_input) node = hide_coercion(node);
  expr::CoerceToDomain result;
  result.arg = coerce_type_typmod(state, std::move(node), base, base_typmod,
                                  {how.context, CoercionForm::implicit_cast, how.location}, false);
  result.type = domain;
  result.form = how.form;
  return make(std::move(result), how.location);
}

NodePtr coerce_to_boolean(ParseState& state, NodePtr node, std::string_view construct) {
  return coerce_to_specific_type(state, std::move(node), types::bool_, construct);
}

NodePtr coerce_to_specific_type(ParseState& state, NodePtr node, Oid target, std::string_view construct) {
  return coerce_to_specific_type(state, std::move(node), target, -1, construct);
}

NodePtr coerce_to_specific_type(ParseState& state, NodePtr node, Oid target, std::int32_t typmod,
                                std::string_view construct) {
  Oid input = type_of(*node);
  if (input != target) {
    NodePtr coerced = coerce_to_target_type(state, node, input, target, typmod,
                                            {CoercionContext::assignment, CoercionForm::implicit_cast, -1});
    if (!coerced) {
      fail(errcode::datatype_mismatch,
           fmt::format("argument of {} must be type {}, not type {}", construct, format_type(state.cache, target),
                       format_type(state.cache, input)),
           location_of(node));
    }
    node = std::move(coerced);
  }
  if (expression_returns_set(node)) {
    fail(errcode::datatype_mismatch, fmt::format("argument of {} must not return a set", construct), location_of(node));
  }
  return node;
}

NodePtr hide_coercion(const NodePtr& node) {
  return expr::visit(
      [&](const auto& value) -> NodePtr {
        using T = std::decay_t<decltype(value)>;
        if constexpr (requires(T copy) { copy.form = CoercionForm::implicit_cast; }) {
          T copy = value;
          copy.form = CoercionForm::implicit_cast;
          return make(std::move(copy), node->location);
        } else {
          return node;
        }
      },
      *node);
}

NodePtr make_null_const(Oid type, std::int32_t typmod, Oid collation, int location) {
  expr::Const null;
  null.type = type;
  null.typmod = typmod;
  null.collation = collation;
  return make(std::move(null), location);
}

NodePtr make_int4_const(std::int32_t value, int location) {
  expr::Const constant;
  constant.type = types::int4;
  constant.value = std::to_string(value);
  return make(std::move(constant), location);
}

NodePtr make_bool_const(bool value, int location) {
  expr::Const constant;
  constant.type = types::bool_;
  constant.value = value ? "t" : "f";
  return make(std::move(constant), location);
}

}  // namespace pgplumb::engine::analyze

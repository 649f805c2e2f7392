#include "engine/analyze/assignment.h"

#include <fmt/format.h>

#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_expr.h"

namespace pgplumb::engine::analyze {

using expr::make;
using expr::type_of;

namespace {

/// Where a value goes: a column, a field of it, an element of that …
struct AssignedPlace {
  std::string_view name;
  bool subscripted = false;
  TypeRef type;
  Oid collation = invalid_oid;
};

class Indirection {
 public:
  Indirection(ParseState& state, ast::List<ast::Node> steps, NodePtr value, int location)
      : state_(state), steps_(steps), value_(std::move(value)), location_(location) {}

  // `base` is what is there before; null within what is being made anew.
  NodePtr assign(const NodePtr& base, const AssignedPlace& place, std::size_t step) {
    std::vector<ast::A_Indices> subscripts;
    for (; step < steps_.size(); ++step) {
      if (auto subscript = steps_[step].as<ast::A_Indices>()) {
        subscripts.push_back(subscript);
        continue;
      }
      if (steps_[step].is<ast::A_Star>()) {
        fail(errcode::feature_not_supported, "row expansion via \"*\" is not supported here", location_);
      }
      return subscripts.empty() ? assign_field(base, place, step) : assign_element(base, place, subscripts, step);
    }
    return subscripts.empty() ? coerced(place) : assign_element(base, place, subscripts, step);
  }

 private:
  NodePtr coerced(const AssignedPlace& place) {
    Oid input = type_of(*value_);
    NodePtr result = coerce_to_target_type(state_, value_, input, place.type.type, place.type.typmod,
                                           {CoercionContext::assignment, CoercionForm::implicit_cast, -1});
    if (result) return result;
    std::string wanted = format_type(state_.cache, place.type.type), given = format_type(state_.cache, input);
    fail(errcode::datatype_mismatch,
         place.subscripted
             ? fmt::format("subscripted assignment to \"{}\" requires type {} but expression is of type {}", place.name,
                           wanted, given)
             : fmt::format("subfield \"{}\" is of type {} but expression is of type {}", place.name, wanted, given),
         location_, {}, "You will need to rewrite or cast the expression.");
  }

  NodePtr as_domain(NodePtr node, TypeRef base, Oid domain) {
    if (base.type == domain) return node;
    return coerce_to_domain(state_, std::move(node), base.type, base.typmod, domain,
                            {CoercionContext::implicit, CoercionForm::implicit_cast, location_}, false);
  }

  NodePtr assign_field(const NodePtr& base, const AssignedPlace& place, std::size_t step) {
    std::string_view field = steps_[step].str();
    TypeRef row = base_type_and_typmod(state_.cache, place.type.type, place.type.typmod);
    Oid relation = type_relation(state_.cache, row.type);
    if (relation == invalid_oid) {
      fail(errcode::datatype_mismatch,
           fmt::format("cannot assign to field \"{}\" of column \"{}\" because its type {} is not a composite type",
                       field, place.name, format_type(state_.cache, place.type.type)),
           location_);
    }
    for (const ColumnRow& column : state_.cache.columns(relation)) {
      if (column.dropped || column.name != field) continue;
      expr::FieldStore store;
      store.arg = base;
      store.values = {assign(nullptr, {field, false, column.type, column.collation}, step + 1)};
      store.fields = {column.number};
      store.type = row.type;
      return as_domain(make(std::move(store)), row, place.type.type);
    }
    fail(errcode::undefined_column,
         fmt::format("cannot assign to field \"{}\" of column \"{}\" because there is no such column in data type {}",
                     field, place.name, format_type(state_.cache, place.type.type)),
         location_);
  }

  NodePtr assign_element(const NodePtr& base, const AssignedPlace& place, const std::vector<ast::A_Indices>& subscripts,
                         std::size_t next_step) {
    TypeRef container = base_type_and_typmod(state_.cache, place.type.type, place.type.typmod);
    NodePtr node = transform_subscripts(state_, base, container.type, container.typmod, subscripts, true);
    expr::SubscriptingRef ref = *node->as<expr::SubscriptingRef>();
    bool own_collation = ref.container_type == place.type.type;
    Oid collation = own_collation ? place.collation : type_collation(state_.cache, ref.container_type);
    ref.assigned = assign(nullptr, {place.name, true, {ref.type, ref.typmod}, collation}, next_step);
    ref.type = ref.container_type;
    return as_domain(make(std::move(ref)), container, place.type.type);
  }

  ParseState& state_;
  ast::List<ast::Node> steps_;
  NodePtr value_;
  int location_;
};

NodePtr typed_default(const NodePtr& node, const ColumnRow& column, ast::List<ast::Node> indirection, int location) {
  if (!indirection.empty()) {
    fail(errcode::feature_not_supported,
         indirection[0].is<ast::A_Indices>() ? "cannot set an array element to DEFAULT"
                                             : "cannot set a subfield to DEFAULT",
         location);
  }
  expr::SetToDefault result;
  result.type = column.type.type;
  result.typmod = column.type.typmod;
  result.collation = column.collation;
  return make(std::move(result), node->location);
}

NodePtr present_value(ParseState& state, const ColumnRow& column, int attribute) {
  if (state.is_insert) return make_null_const(column.type.type, column.type.typmod, column.collation);
  expr::Var var;
  var.rt_index = state.target->rt_index;
  var.attribute = attribute;
  var.type = column.type.type;
  var.typmod = column.type.typmod;
  var.collation = column.collation;
  var.column = column.column;
  var.written_rt_index = var.rt_index;
  var.written_attribute = attribute;
  return make(std::move(var));
}

}  // namespace

NodePtr transform_assigned_expr(ParseState& state, NodePtr value, std::string_view column_name, int attribute,
                                ast::List<ast::Node> indirection, int location) {
  const ColumnRow& column = state.cache.columns(state.target->entry->relation)[static_cast<std::size_t>(attribute) - 1];
  if (value->is<expr::SetToDefault>()) value = typed_default(value, column, indirection, location);
  if (!indirection.empty()) {
    ExprKind saved = state.expr_kind;
    state.expr_kind = state.is_insert ? ExprKind::insert_target : ExprKind::update_target;
    NodePtr present = present_value(state, column, attribute);
    NodePtr result = Indirection(state, indirection, std::move(value), location)
                         .assign(present, {column_name, false, column.type, column.collation}, 0);
    state.expr_kind = saved;
    return result;
  }
  Oid input = type_of(*value);
  NodePtr result = coerce_to_target_type(state, value, input, column.type.type, column.type.typmod,
                                         {CoercionContext::assignment, CoercionForm::implicit_cast, -1});
  if (result) return result;
  fail(errcode::datatype_mismatch,
       fmt::format("column \"{}\" is of type {} but expression is of type {}", column_name,
                   format_type(state.cache, column.type.type), format_type(state.cache, input)),
       location_of(value), {}, "You will need to rewrite or cast the expression.");
}

}  // namespace pgplumb::engine::analyze

// The nodes of an expression: utils/…/execExprInterp.c.
#include "catalog/kinds/constraint.h"
#include "catalog/kinds/domain.h"
#include "catalog/type_oids.h"
#include "engine/analyze/format_type.h"
#include "engine/analyze/lsyscache.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/calls.h"
#include "engine/evaluate/compare.h"
#include "engine/evaluate/executor.h"
#include "engine/evaluate/number.h"
#include "engine/evaluate/session_values.h"
#include "engine/evaluate/value_text.h"

namespace pgplumb::engine::evaluate {

namespace types = catalog::types;
using expr::Node;

namespace {

[[noreturn]] void unsupported(const char* what) { throw NotSimulated(std::string("evaluates ") + what); }

Value retyped(Value value, Oid type) {
  value.type = type;
  return value;
}

}  // namespace

struct Evaluation {
  Executor& executor;
  Frame& frame;

  Value at(const NodePtr& node) const { return executor.evaluate(node, frame); }

  Value operator()(const expr::Const& node) const {
    if (!node.value) return Value::null(node.type);
    if (node.object != invalid_oid) return Value::of(node.type, std::to_string(node.object));
    if (!node.certain) return input(executor.interpreter(), {node.type, node.typmod}, *node.value);  // the clock may be known
    if (is_reg_type(node.type) && *node.value == "-") return Value::of(node.type, "0");
    return Value::of(node.type, *node.value);
  }

  Value operator()(const expr::Param& node) const {
    const auto& values = executor.parameters_.values;
    if (node.kind != expr::ParamKind::external || node.id < 1 || static_cast<std::size_t>(node.id) > values.size())
      throw NotSimulated("a parameter without a value");
    return retyped(values[static_cast<std::size_t>(node.id - 1)], node.type);
  }

  Value operator()(const expr::Var& node) const {
    Frame* level = &frame;
    for (int up = node.levels_up; up > 0; --up) level = level->outer;
    const expr::RangeTblEntry& entry = level->entry(node.rt_index);
    if (entry.kind == expr::RteKind::join) return join_column(entry, node, *level);
    return column(*level, node);
  }

  Value join_column(const expr::RangeTblEntry& entry, const expr::Var& node, Frame& level) const {
    if (node.attribute < 1) unsupported("the row of a join");
    return executor.evaluate(entry.join_alias_vars[static_cast<std::size_t>(node.attribute - 1)], level);
  }

  Value column(Frame& level, const expr::Var& node) const {
    const Slot& slot = level.slot(node.rt_index);
    if (slot.null_row) return Value::null(node.type);
    if (node.attribute == 0) return whole_row(level, node);
    if (slot.nested) return nested_column(*slot.nested, node.attribute);
    if (!slot.relation) throw NotSimulated("a column outside of its query");
    return retyped(slot.relation->value(slot.row, node.attribute), node.type);
  }

  Value nested_column(Frame& nested, int attribute) const {
    for (const expr::TargetEntry& target : nested.query.targets)
      if (target.resno == attribute) return executor.evaluate(target.expr, nested);
    throw NotSimulated("a column that its subquery does not have");
  }

  /// A row of a scalar function's result is that value itself.
  Value whole_row(Frame& level, const expr::Var& node) const {
    const expr::RangeTblEntry& entry = level.entry(node.rt_index);
    expr::Var part = node;
    std::vector<Element> fields;
    for (std::size_t i = 1; i <= entry.eref.columns.size(); ++i) {
      part.attribute = static_cast<int>(i);
      const Value field = column(level, part);
      if (field.is_unknown()) return retyped(field, node.type);
      fields.push_back(field.is_known() ? Element(field.text) : Element());
    }
    const char kind = analyze::type_kind(executor.cache(), node.type);
    if (kind != 'c' && node.type != types::record) {
      part.attribute = 1;
      return retyped(column(level, part), node.type);
    }
    return Value::of(node.type, write_record(fields));
  }

  Value operator()(const expr::Aggref&) const { unsupported("an aggregate outside of its query"); }
  Value operator()(const expr::GroupingFunc&) const { unsupported("GROUPING()"); }
  Value operator()(const expr::WindowFunc& node) const { return Value::unknown(node.type, "a window function"); }

  Value operator()(const expr::SubscriptingRef& node) const {
    if (node.assigned) unsupported("an assignment to a subscript");
    const Value container = at(node.container);
    if (!container.is_known()) return retyped(container, node.type);
    if (analyze::base_element_type(executor.cache(), node.container_type) == invalid_oid &&
        node.container_type != types::int2vector && node.container_type != types::oidvector)
      unsupported("a subscript of what is no array");
    std::vector<Value> bounds = executor.evaluate(node.upper, frame);
    for (const Value& bound : bounds)
      if (!bound.is_known()) return retyped(bound, node.type);
    if (!node.lower.empty()) return slice(node, container, bounds);
    std::vector<int> subscripts;
    for (const Value& bound : bounds) subscripts.push_back(static_cast<int>(to_integer(bound)));
    const Element found = array_element(read_array(container), subscripts);
    return found ? Value::of(node.type, *found) : Value::null(node.type);
  }

  Value slice(const expr::SubscriptingRef& node, const Value& container, const std::vector<Value>& upper) const {
    const Array array = read_array(container);
    if (upper.size() != 1 || array.sizes.size() > 1 || !node.upper.front()) unsupported("a slice of many dimensions");
    const NodePtr& lower_bound = node.lower.front();
    const Value lower = lower_bound ? at(lower_bound) : Value::of(types::int4, "1");
    if (!lower.is_known()) return retyped(lower, node.type);
    std::vector<Element> elements;
    for (std::size_t i = 0; i < array.elements.size(); ++i) {
      const std::int64_t place = array.lows[0] + static_cast<int>(i);
      if (place >= to_integer(lower) && place <= to_integer(upper[0])) elements.push_back(array.elements[i]);
    }
    return array_value(node.type, std::move(elements));
  }

  Value operator()(const expr::FuncExpr& node) const {
    if (is_true_type(node)) return true_type(node);
    const Values arguments = executor.evaluate(node.args, frame);
    if (!node.returns_set) return executor.call(node.function, node.type, arguments, node.variadic);
    const Rows rows = executor.call_set(node.function, node.type, arguments);
    return rows.empty() ? Value::null(node.type) : retyped(rows.front().front(), node.type);
  }

  /// information_schema's _pg_truetypid(pg_attribute, pg_type) and _pg_truetypmod: of whole rows they read few fields.
  static bool is_true_type(const expr::FuncExpr& node) {
    if (node.args.size() != 2 || !catalog::is_builtin(node.function)) return false;
    const auto *attribute = expr::as<expr::Var>(node.args[0]), *type = expr::as<expr::Var>(node.args[1]);
    return attribute && type && attribute->attribute == 0 && type->attribute == 0;
  }
  Value true_type(const expr::FuncExpr& node) const {
    const Value kind = field(node.args[1], "typtype", types::char_);
    if (!kind.is_known()) return retyped(kind, node.type);
    const bool type_wanted = c_name(executor.cache().builtin(), node.function) == "_pg_truetypid";
    if (kind.text == "d") return field(node.args[1], type_wanted ? "typbasetype" : "typtypmod", node.type);
    return field(node.args[0], type_wanted ? "atttypid" : "atttypmod", node.type);
  }
  Value field(const NodePtr& row, std::string_view name, Oid type) const {
    expr::Var part = *expr::as<expr::Var>(row);
    Frame* level = &frame;
    for (int up = part.levels_up; up > 0; --up) level = level->outer;
    for (const analyze::ColumnRow& attribute : executor.cache().columns(level->entry(part.rt_index).relation))
      if (attribute.name == name) part.attribute = attribute.number;
    part.type = type;
    return column(*level, part);
  }

  Value operator()(const expr::NamedArgExpr& node) const { return at(node.arg); }

  Value operator()(const expr::OpExpr& node) const {
    return executor.call_operator(node.op, node.function, node.type, executor.evaluate(node.args, frame));
  }
  Value operator()(const expr::DistinctExpr& node) const {
    const Values arguments = executor.evaluate(node.args, frame);
    for (const Value& argument : arguments)
      if (argument.is_unknown()) return retyped(argument, types::bool_);
    if (arguments[0].is_null() || arguments[1].is_null())
      return Value::boolean(arguments[0].is_null() != arguments[1].is_null());
    return Value::boolean(!is_true(executor.call_operator(node.op, node.function, types::bool_, arguments)));
  }
  Value operator()(const expr::NullIfExpr& node) const {
    const Values arguments = executor.evaluate(node.args, frame);
    if (arguments[0].is_null() || arguments[1].is_null()) return retyped(arguments[0], node.type);
    const Value same = executor.call_operator(node.op, node.function, types::bool_, arguments);
    if (same.is_unknown()) return retyped(same, node.type);
    return is_true(same) ? Value::null(node.type) : retyped(arguments[0], node.type);
  }

  Value operator()(const expr::ScalarArrayOpExpr& node) const {
    const Value scalar = at(node.scalar), array = at(node.array);
    if (array.is_null()) return Value::null(types::bool_);
    if (array.is_unknown()) return retyped(array, types::bool_);
    const Oid element_type = analyze::base_element_type(executor.cache(), array.type);
    Value outcome = Value::boolean(!node.use_or);
    for (const Element& element : read_array(array).elements) {
      const Value other = element ? Value::of(element_type, *element) : Value::null(element_type);
      const Value arguments[] = {scalar, other};
      const Value one = executor.call_operator(node.op, node.function, types::bool_, arguments);
      if (one.is_known() && (one.text == "t") == node.use_or) return one;
      if (!one.is_known() && !outcome.is_unknown()) outcome = one;
    }
    return outcome;
  }

  Value operator()(const expr::BoolExpr& node) const {
    if (node.op == expr::BoolOp::not_op) {
      const Value argument = at(node.args.front());
      return argument.is_known() ? Value::boolean(argument.text != "t") : argument;
    }
    const char* decisive = node.op == expr::BoolOp::or_op ? "t" : "f";
    Value outcome = Value::of(types::bool_, node.op == expr::BoolOp::or_op ? "f" : "t");
    for (const NodePtr& argument : node.args) {
      const Value one = at(argument);
      if (one.is_known() && one.text == decisive) return one;
      if (!one.is_known() && !outcome.is_unknown()) outcome = retyped(one, types::bool_);
    }
    return outcome;
  }

  Value operator()(const expr::SubLink& node) const { return executor.sublink(node, frame); }
  Value operator()(const expr::SubLinkParam& node) const {
    return retyped(executor.sublink_rows_.back()->at(static_cast<std::size_t>(node.id - 1)), node.type);
  }

  Value operator()(const expr::FieldSelect& node) const {
    if (const auto* row = expr::as<expr::Var>(node.arg); row && row->attribute == 0 && row->levels_up == 0) {
      const Slot& slot = frame.slot(row->rt_index);
      expr::Var field = *row;
      field.attribute = node.field;
      field.type = node.type;
      if (slot.null_row || slot.nested || frame.entry(row->rt_index).eref.columns.size() > 1)
        return column(frame, field);
    }
    const Value record = at(node.arg);
    if (!record.is_known()) return retyped(record, node.type);
    const std::vector<Element> fields = read_record(record.text);
    const auto place = static_cast<std::size_t>(node.field - 1);
    if (place >= fields.size()) unsupported("a field that the value does not have");
    return fields[place] ? Value::of(node.type, *fields[place]) : Value::null(node.type);
  }
  Value operator()(const expr::FieldStore&) const { unsupported("an assignment to a field"); }

  Value operator()(const expr::RelabelType& node) const { return retyped(at(node.arg), node.type); }
  Value operator()(const expr::CoerceViaIO& node) const {
    const Value value = at(node.arg);
    if (!value.is_known()) return retyped(value, node.type);
    return input(executor.interpreter(), {node.type, -1}, output(executor.interpreter(), value));
  }
  Value operator()(const expr::ArrayCoerceExpr& node) const {
    const Value value = at(node.arg);
    if (!value.is_known()) return retyped(value, node.type);
    Array array = read_array(value);
    const Oid element_type = analyze::base_element_type(executor.cache(), value.type);
    for (Element& element : array.elements) {
      const Value one = element ? Value::of(element_type, *element) : Value::null(element_type);
      const Value changed = executor.evaluate_with(node.element, frame, one);
      if (changed.is_unknown()) return retyped(changed, node.type);
      element = changed.is_known() ? Element(changed.text) : Element();
    }
    return Value::of(node.type, write_array(array));
  }
  Value operator()(const expr::ConvertRowtypeExpr&) const { unsupported("a conversion between row types"); }
  Value operator()(const expr::CollateExpr& node) const { return at(node.arg); }

  Value operator()(const expr::CaseExpr& node) const {
    const Value subject = node.arg ? at(node.arg) : Value();
    for (const expr::CaseWhen& when : node.whens)
      if (is_true(node.arg ? executor.evaluate_with(when.condition, frame, subject) : at(when.condition)))
        return retyped(at(when.result), node.type);
    return node.otherwise ? retyped(at(node.otherwise), node.type) : Value::null(node.type);
  }
  Value operator()(const expr::CaseTestExpr& node) const { return retyped(executor.under_test_.back(), node.type); }

  Value operator()(const expr::ArrayExpr& node) const {
    Array array;
    std::vector<Element> elements;
    std::vector<int> inner;
    int count = 0;
    for (const Value& value : executor.evaluate(node.elements, frame)) {
      if (value.is_unknown()) return retyped(value, node.array_type);
      if (node.multi_dimensional) {
        if (value.is_null()) continue;
        Array part = read_array(value);
        if (count > 0 && part.sizes != inner)
          throw SqlError("2202E", "multidimensional arrays must have array expressions with matching dimensions");
        inner = part.sizes;
        for (Element& element : part.elements) elements.push_back(std::move(element));
      } else {
        elements.push_back(value.is_known() ? Element(value.text) : Element());
      }
      ++count;
    }
    if (!node.multi_dimensional) return array_value(node.array_type, std::move(elements));
    inner.insert(inner.begin(), count);
    array.lows.assign(inner.size(), 1);
    array.sizes = std::move(inner);
    array.elements = std::move(elements);
    return Value::of(node.array_type, write_array(array));
  }

  Value operator()(const expr::RowExpr& node) const {
    std::vector<Element> fields;
    for (const Value& value : executor.evaluate(node.args, frame)) {
      if (value.is_unknown()) return retyped(value, node.type);
      fields.push_back(value.is_known() ? Element(value.text) : Element());
    }
    return Value::of(node.type, write_record(fields));
  }

  Value operator()(const expr::RowCompareExpr& node) const {
    const Values left = executor.evaluate(node.left, frame), right = executor.evaluate(node.right, frame);
    int order = 0;
    for (std::size_t i = 0; i < left.size() && order == 0; ++i) {
      if (left[i].is_null() || right[i].is_null()) return Value::null(types::bool_);
      for (const Value* side : {&left[i], &right[i]})
        if (side->is_unknown()) return retyped(*side, types::bool_);
      order = compare(executor.cache(), left[i], right[i]);
    }
    switch (node.kind) {
      case expr::RowCompareKind::less:
        return Value::boolean(order < 0);
      case expr::RowCompareKind::less_equal:
        return Value::boolean(order <= 0);
      case expr::RowCompareKind::greater_equal:
        return Value::boolean(order >= 0);
      case expr::RowCompareKind::greater:
        return Value::boolean(order > 0);
      default:
        return Value::boolean((order == 0) == (node.kind == expr::RowCompareKind::equal));
    }
  }

  Value operator()(const expr::CoalesceExpr& node) const {
    for (const NodePtr& argument : node.args) {
      Value value = at(argument);
      if (!value.is_null()) return retyped(std::move(value), node.type);
    }
    return Value::null(node.type);
  }

  Value operator()(const expr::MinMaxExpr& node) const {
    Value best = Value::null(node.type);
    for (Value& value : executor.evaluate(node.args, frame)) {
      if (value.is_unknown()) return retyped(value, node.type);
      if (value.is_null()) continue;
      const int order = best.is_null() ? 0 : compare(executor.cache(), value, best);
      if (best.is_null() || (node.op == expr::MinMaxOp::greatest ? order > 0 : order < 0)) best = std::move(value);
    }
    return retyped(std::move(best), node.type);
  }

  Value operator()(const expr::SQLValueFunction& node) const {
    return session_value(executor.interpreter(), node.op, {node.type, node.typmod});
  }
  Value operator()(const expr::XmlExpr&) const { unsupported("an XML expression"); }
  Value operator()(const expr::JsonValueExpr&) const { unsupported("FORMAT JSON"); }
  Value operator()(const expr::JsonConstructorExpr&) const { unsupported("a JSON constructor"); }
  Value operator()(const expr::JsonIsPredicate&) const { unsupported("IS JSON"); }
  Value operator()(const expr::JsonExpr&) const { unsupported("a JSON path query"); }

  Value operator()(const expr::NullTest& node) const {
    const Value value = at(node.arg);
    if (value.is_unknown()) return retyped(value, types::bool_);
    if (!node.arg_is_row || value.is_null()) return Value::boolean(value.is_null() == node.is_null);
    for (const Element& field : read_record(value.text))
      if (field.has_value() == node.is_null) return Value::boolean(false);
    return Value::boolean(true);
  }

  Value operator()(const expr::BooleanTest& node) const {
    const Value value = at(node.arg);
    if (value.is_unknown()) return value;
    const bool is_true = value.is_known() && value.text == "t", is_false = value.is_known() && value.text != "t";
    switch (node.kind) {
      case expr::BoolTestKind::is_true:
        return Value::boolean(is_true);
      case expr::BoolTestKind::is_not_true:
        return Value::boolean(!is_true);
      case expr::BoolTestKind::is_false:
        return Value::boolean(is_false);
      case expr::BoolTestKind::is_not_false:
        return Value::boolean(!is_false);
      case expr::BoolTestKind::is_unknown:
        return Value::boolean(value.is_null());
      default:
        return Value::boolean(!value.is_null());
    }
  }

  Value operator()(const expr::CoerceToDomain& node) const {
    Value value = at(node.arg);
    if (!value.is_unknown()) check_domain(node.type, value);
    return retyped(std::move(value), node.type);
  }

  /// ExecEvalConstraintNotNull, ExecEvalConstraintCheck. The domains of information_schema are over catalogs' columns.
  void check_domain(Oid type, const Value& value) const {
    const catalog::Catalog& objects = executor.interpreter().catalog();
    const auto* domain = objects.find_as<catalog::Domain>(type);
    if (!domain) return;
    if (const auto* base = objects.find_as<catalog::Domain>(domain->base.type)) check_domain(base->oid, value);
    const std::string name = analyze::format_type(executor.cache(), type);
    if (domain->not_null && value.is_null()) throw SqlError("23502", "domain " + name + " does not allow null values");
    for (const auto* constraint : objects.children_of<catalog::Constraint>(type)) {
      if (constraint->type != catalog::ConstraintType::check) continue;
      if (!constraint->expression.tree)
        throw NotSimulated("domain " + name + " has a constraint that is not understood");
      const Value holds = executor.evaluate_with(constraint->expression.tree, frame, value);
      if (!holds.is_null() && !is_true(holds))
        throw SqlError("23514",
                       "value for domain " + name + " violates check constraint \"" + constraint->name.str() + "\"");
    }
  }

  Value operator()(const expr::CoerceToDomainValue& node) const {
    return retyped(executor.under_test_.back(), node.type);
  }
  Value operator()(const expr::SetToDefault&) const { unsupported("DEFAULT"); }
  Value operator()(const expr::NextValueExpr& node) const {
    return Value::unknown(node.type, "a sequence's next value");
  }
  Value operator()(const expr::CurrentOfExpr&) const { unsupported("CURRENT OF"); }
  Value operator()(const expr::MergeSupportFunc&) const { unsupported("MERGE_ACTION()"); }
  Value operator()(const expr::PartitionBoundSpec&) const { unsupported("a partition's bound"); }
};

Value Executor::evaluate(const NodePtr& node, Frame& frame) {
  if (!node) return {};
  if (!frame.computed.empty())
    if (const auto found = frame.computed.find(node.get()); found != frame.computed.end()) return found->second;
  return expr::visit(Evaluation{*this, frame}, *node);
}

Values Executor::evaluate(const std::vector<NodePtr>& nodes, Frame& frame) {
  Values values;
  values.reserve(nodes.size());
  for (const NodePtr& node : nodes) values.push_back(evaluate(node, frame));
  return values;
}

Value Executor::evaluate_with(const NodePtr& node, Frame& frame, const Value& under_test) {
  under_test_.push_back(under_test);
  struct Leave {
    std::vector<Value>& values;
    ~Leave() { values.pop_back(); }
  } leave{under_test_};
  return evaluate(node, frame);
}

}  // namespace pgplumb::engine::evaluate

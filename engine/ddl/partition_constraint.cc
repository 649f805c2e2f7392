#include "engine/ddl/partition_constraint.h"

#include <algorithm>

#include "engine/analyze/lsyscache.h"
#include "engine/analyze/typcache.h"
#include "engine/ddl/partition_overlap.h"
#include "engine/ddl/predicate_proof.h"
#include "engine/evaluate/evaluate.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;
using expr::PartitionBoundKind;
using expr::PartitionBoundSpec;
using DatumKind = expr::PartitionRangeDatum::Kind;

const expr::Const& constant_of(const NodePtr& node) { return *expr::as<expr::Const>(node); }

/// The conditions of one bound, over the columns of the partition.
class BoundConditions {
 public:
  BoundConditions(Interpreter& interpreter, const Table& parent, Oid partition)
      : interpreter_(interpreter), parent_(parent), partition_(partition) {}

  std::vector<NodePtr> of(const PartitionBoundSpec& bound) {
    switch (bound.kind) {
      case PartitionBoundKind::list: return of_list(bound.list);
      case PartitionBoundKind::range: return of_range(bound);
      default: throw NotSimulated("the constraint of a hash partition, which holds an OID of the server's");
    }
  }

 private:
  const catalog::PartitionKeyPart& part(std::size_t at) const { return parent_.partition_key_parts[at]; }

  NodePtr key(std::size_t at) const {
    const Catalog& catalog = interpreter_.catalog();
    if (!part(at).column)
      return NodePtr(map_columns(catalog, part(at).expression, parent_.oid, partition_, [] {}).tree);
    return column_variable(*find_column(catalog, partition_, catalog.get(part(at).column).name));
  }

  Oid collation(std::size_t at) const {
    return part(at).collation ? part(at).collation.oid : expr::collation_of(*key(at));
  }

  struct Comparison {
    analyze::OperatorRow op;
    NodePtr left;
  };
  /// get_partition_operator: that of the operator class, to whose type the key is relabelled.
  Comparison comparison(std::size_t at, int strategy) const {
    const analyze::Syscache& cache = interpreter_.cache();
    const analyze::OpclassRow opclass = partition_operator_class(interpreter_, parent_, at);
    NodePtr left = key(at);
    const Oid type = expr::type_of(*left), input = opclass.input_type;
    const bool relabels = (type != input && !analyze::is_polymorphic(input)) || collation(at) != expr::collation_of(*left);
    if (relabels) {
      expr::RelabelType relabel;
      relabel.arg = left;
      relabel.type = input;
      relabel.collation = collation(at);
      relabel.form = expr::CoercionForm::explicit_cast;
      left = expr::make(std::move(relabel));
    }
    return {*cache.op(cache.family_operator(opclass.family, input, input, strategy)), left};
  }

  NodePtr compare(std::size_t at, int strategy, const NodePtr& value) const {
    const Comparison with = comparison(at, strategy);
    expr::OpExpr call;
    call.op = with.op.oid;
    call.function = with.op.function;
    call.type = with.op.result;
    call.input_collation = collation(at);
    call.args = {with.left, value};
    return expr::make(std::move(call));
  }

  NodePtr null_test(std::size_t at, bool is_null) const { return expr::make(expr::NullTest{key(at), is_null, false}); }

  // --- Lists: get_qual_for_list ----------------------------------------------------------------------------------------

  std::vector<NodePtr> of_list(const std::vector<NodePtr>& values) const {
    std::vector<NodePtr> known;
    for (const NodePtr& value : values)
      if (constant_of(value).value) known.push_back(value);
    const bool has_null = known.size() < values.size();
    std::vector<NodePtr> conditions = {null_test(0, has_null)};
    if (!known.empty()) conditions.push_back(any_of(known));
    return has_null && conditions.size() > 1 ? std::vector<NodePtr>{combined(expr::BoolOp::or_op, conditions)} : conditions;
  }

  NodePtr any_of(const std::vector<NodePtr>& values) const {
    const Oid type = constant_of(values.front()).type;
    if (values.size() > 1 && analyze::element_type(interpreter_.cache(), type) == invalid_oid) return in_array(values, type);
    std::vector<NodePtr> arms;
    for (const NodePtr& value : values) arms.push_back(compare(0, analyze::btree_equal, value));
    return combined(expr::BoolOp::or_op, arms);
  }

  NodePtr in_array(const std::vector<NodePtr>& values, Oid type) const {
    const Comparison with = comparison(0, analyze::btree_equal);
    expr::ScalarArrayOpExpr call;
    call.op = with.op.oid;
    call.function = with.op.function;
    call.input_collation = collation(0);
    call.scalar = with.left;
    call.array = folded_array(values, type);
    return expr::make(std::move(call));
  }

  /// eval_const_expressions makes a constant of the array.
  NodePtr folded_array(const std::vector<NodePtr>& values, Oid type) const {
    expr::ArrayExpr array;
    array.array_type = interpreter_.cache().type(type)->array;
    array.element_type = type;
    array.collation = collation(0);
    array.elements = values;
    const evaluate::Value value = evaluate::evaluate(interpreter_, expr::make(array));
    if (!value.is_known()) throw NotSimulated("the values of a partition's bound: " + value.text);
    expr::Const constant;
    constant.type = array.array_type;
    constant.typmod = constant_of(values.front()).typmod;
    constant.collation = array.collation;
    constant.value = value.text;
    return expr::make(std::move(constant));
  }

  // --- Ranges: get_qual_for_range --------------------------------------------------------------------------------------

  std::vector<NodePtr> of_range(const PartitionBoundSpec& bound) const {
    const std::size_t count = parent_.partition_key_parts.size();
    std::vector<NodePtr> conditions;
    for (std::size_t at = 0; at < count; ++at) conditions.push_back(null_test(at, false));
    std::size_t first = 0;
    for (; first < count && have_common_value(bound, first); ++first)
      conditions.push_back(compare(first, analyze::btree_equal, bound.lower[first].value));
    for (const bool is_lower : {true, false}) {
      std::vector<NodePtr> arms = arms_of(is_lower ? bound.lower : bound.upper, is_lower, first);
      if (!arms.empty()) conditions.push_back(combined(expr::BoolOp::or_op, std::move(arms)));
    }
    return conditions;
  }

  bool have_common_value(const PartitionBoundSpec& bound, std::size_t at) const {
    return bound.lower[at].kind == DatumKind::value && bound.upper[at].kind == DatumKind::value &&
           compare_constants(interpreter_.catalog(), constant_of(bound.lower[at].value),
                             constant_of(bound.upper[at].value)) == 0;
  }

  /// One side, from the first column whose ends differ: an arm more for each further column that has a value.
  std::vector<NodePtr> arms_of(const std::vector<expr::PartitionRangeDatum>& end, bool is_lower, std::size_t first) const {
    const DatumKind unbounded = is_lower ? DatumKind::minvalue : DatumKind::maxvalue;
    std::vector<NodePtr> arms;
    for (std::size_t last = first; last < end.size() && end[last].kind == DatumKind::value; ++last) {
      std::vector<NodePtr> parts;
      for (std::size_t at = first; at < last; ++at) parts.push_back(compare(at, analyze::btree_equal, end[at].value));
      const bool next_unbounded = last + 1 < end.size() && end[last + 1].kind == unbounded;
      const bool includes_end = next_unbounded || (is_lower && last + 1 == end.size());
      const int strategy = is_lower ? (includes_end ? analyze::btree_greater_equal : analyze::btree_greater)
                                    : (includes_end ? analyze::btree_less_equal : analyze::btree_less);
      parts.push_back(compare(last, strategy, end[last].value));
      arms.push_back(combined(expr::BoolOp::and_op, std::move(parts)));
    }
    return arms;
  }

  Interpreter& interpreter_;
  const Table& parent_;
  Oid partition_;
};

void split_conjunction(const NodePtr& node, std::vector<NodePtr>& out) {
  const auto* conjunction = expr::as<expr::BoolExpr>(node);
  if (!conjunction || conjunction->op != expr::BoolOp::and_op) return out.push_back(node);
  for (const NodePtr& part : conjunction->args) split_conjunction(part, out);
}

/// IS NOT NULL of a column that is NOT NULL. A check that compares it says nothing of NULLs: it is not false of them.
bool never_null(const Catalog& catalog, const NodePtr& condition) {
  const auto* test = expr::as<expr::NullTest>(condition);
  const auto* column = test && !test->is_null ? expr::as<expr::Var>(test->arg) : nullptr;
  return column && column->column != invalid_oid && catalog.get(Ref<Column>{column->column}).not_null;
}

}  // namespace

std::vector<NodePtr> partition_constraint(Interpreter& interpreter, Oid partition) {
  const Catalog& catalog = interpreter.catalog();
  const Oid parent = parents_of(catalog, partition).front();
  std::vector<NodePtr> conditions;
  if (is_partition(catalog, parent)) {
    for (const NodePtr& inherited : partition_constraint(interpreter, parent)) {
      const Expr mapped = map_columns(catalog, make_expression(inherited), parent, partition, [] {});
      conditions.push_back(NodePtr(mapped.tree));
    }
  }
  const Table table = catalog.get(Ref<Table>{parent});
  for (const NodePtr& own : BoundConditions(interpreter, table, partition).of(*partition_bound(catalog, partition)))
    conditions.push_back(own);
  return conditions;
}

bool constraints_imply(Interpreter& interpreter, Oid relation, const std::vector<NodePtr>& conditions) {
  const Catalog& catalog = interpreter.catalog();
  std::vector<NodePtr> facts;
  for (const Constraint* check : catalog.children_of<Constraint>(relation)) {
    if (check->type != catalog::ConstraintType::check || !check->validated || check->expression.empty()) continue;
    split_conjunction(NodePtr(check->expression.tree), facts);
  }
  return std::all_of(conditions.begin(), conditions.end(), [&](const NodePtr& condition) {
    return never_null(catalog, condition) || implied_by(interpreter, condition, facts);
  });
}

}  // namespace pgplumb::engine::ddl

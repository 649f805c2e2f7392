#include "engine/ddl/predicate_proof.h"

#include <algorithm>
#include <array>
#include <optional>

#include "catalog/expr_walk.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/typcache.h"
#include "engine/ddl/partition_overlap.h"
#include "engine/evaluate/array.h"
#include "engine/evaluate/evaluate.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;

enum class Shape { atom, conjunction, disjunction };

/// What a condition is made of: itself, or what AND and OR combine. A comparison with an array combines one for each of
/// its elements (predicate_classify).
struct Parts {
  Shape shape = Shape::atom;
  std::vector<NodePtr> items;
};

/// A comparison of an expression with a constant, the constant on the right.
struct Comparison {
  Oid op = invalid_oid;
  expr::Const constant;
};

[[noreturn]] void undecided() { throw NotSimulated("whether the partition's checks say the same as its bound"); }

/// A type that stands for another by its representation makes no difference.
NodePtr bare(NodePtr node) {
  while (const auto* relabel = expr::as<expr::RelabelType>(node)) node = relabel->arg;
  return node;
}

constexpr std::size_t most_elements = 100;  // MAX_SAOP_ARRAY_SIZE
constexpr int not_equal = 6;                // ROWCOMPARE_NE, which no operator family has

/// Which comparison of the two constants proves the predicate's, by the strategies of fact and predicate; 0 where none
/// does (BT_implic_table).
constexpr int proving_strategy(int fact, int predicate) {
  using namespace analyze;
  constexpr std::array<std::array<int, 6>, 6> table = {{
      {btree_greater_equal, btree_greater_equal, 0, 0, 0, btree_greater_equal},
      {btree_greater, btree_greater_equal, 0, 0, 0, btree_greater},
      {btree_greater, btree_greater_equal, btree_equal, btree_less_equal, btree_less, not_equal},
      {0, 0, 0, btree_less_equal, btree_less, btree_less},
      {0, 0, 0, btree_less_equal, btree_less_equal, btree_less_equal},
      {0, 0, 0, 0, 0, btree_equal},
  }};
  return table[static_cast<std::size_t>(fact - 1)][static_cast<std::size_t>(predicate - 1)];
}

class Prover {
 public:
  explicit Prover(Interpreter& interpreter) : interpreter_(interpreter), cache_(interpreter.cache()) {}

  /// predicate_implied_by_recurse
  bool implies(const Parts& fact, const NodePtr& predicate) const {
    const Parts parts = parts_of(predicate);
    const auto follows = [&](const NodePtr& part) { return implies(fact, part); };
    const auto proves = [&](const NodePtr& part) { return implies(parts_of(part), predicate); };
    if (fact.shape == Shape::disjunction) {
      if (parts.shape != Shape::disjunction) return std::all_of(fact.items.begin(), fact.items.end(), proves);
      return std::all_of(fact.items.begin(), fact.items.end(), [&](const NodePtr& arm) {
        const Parts of_arm = parts_of(arm);
        return std::any_of(parts.items.begin(), parts.items.end(),
                           [&](const NodePtr& part) { return implies(of_arm, part); });
      });
    }
    if (parts.shape == Shape::conjunction) return std::all_of(parts.items.begin(), parts.items.end(), follows);
    if (parts.shape == Shape::disjunction && std::any_of(parts.items.begin(), parts.items.end(), follows)) return true;
    if (fact.shape == Shape::conjunction) return std::any_of(fact.items.begin(), fact.items.end(), proves);
    return parts.shape == Shape::atom && implies_atom(fact.items.front(), predicate);
  }

  Parts parts_of(const NodePtr& node) const {
    if (const auto* junction = expr::as<expr::BoolExpr>(node); junction && junction->op != expr::BoolOp::not_op)
      return {junction->op == expr::BoolOp::and_op ? Shape::conjunction : Shape::disjunction, junction->args};
    if (const auto* any = expr::as<expr::ScalarArrayOpExpr>(node)) {
      Parts parts{any->use_or ? Shape::disjunction : Shape::conjunction, comparisons_of(*any)};
      if (!parts.items.empty() && parts.items.size() <= most_elements) return parts;
    }
    return {Shape::atom, {node}};
  }

 private:
  std::vector<NodePtr> comparisons_of(const expr::ScalarArrayOpExpr& any) const {
    std::vector<NodePtr> comparisons;
    const auto add = [&](NodePtr element) {
      expr::OpExpr comparison;
      comparison.op = any.op;
      comparison.function = any.function;
      comparison.type = catalog::types::bool_;
      comparison.input_collation = any.input_collation;
      comparison.args = {any.scalar, std::move(element)};
      comparisons.push_back(expr::make(std::move(comparison)));
    };
    if (const auto* array = expr::as<expr::ArrayExpr>(any.array))
      for (const NodePtr& element : array->elements) add(element);
    if (const auto* constant = expr::as<expr::Const>(any.array); constant && constant->value)
      for (const evaluate::Element& element :
           evaluate::read_array(evaluate::Value::of(constant->type, *constant->value)).elements) {
        expr::Const value;
        value.type = analyze::element_type(cache_, constant->type);
        value.collation = constant->collation;
        if (element) value.value = *element;
        add(expr::make(std::move(value)));
      }
    return comparisons;
  }

  /// predicate_implied_by_simple_clause, then operator_predicate_proof
  bool implies_atom(const NodePtr& fact, const NodePtr& predicate) const {
    if (fact == predicate) return true;
    const auto* known = expr::as<expr::OpExpr>(fact);
    const auto* wanted = expr::as<expr::OpExpr>(predicate);
    if (!known || !wanted || known->args.size() != 2 || wanted->args.size() != 2) return false;
    if (known->input_collation != wanted->input_collation) return false;
    return proves(*known, *wanted);
  }

  /// The two must share one side, and have constants on the other.
  bool proves(const expr::OpExpr& known, const expr::OpExpr& wanted) const {
    for (const bool known_right : {false, true})
      for (const bool wanted_right : {false, true}) {
        if (!(bare(known.args[known_right ? 1 : 0]) == bare(wanted.args[wanted_right ? 1 : 0]))) continue;
        const NodePtr &known_other = known.args[known_right ? 0 : 1], &wanted_other = wanted.args[wanted_right ? 0 : 1];
        const Oid known_op = known_right ? commutator(known.op) : known.op;
        const Oid wanted_op = wanted_right ? commutator(wanted.op) : wanted.op;
        if (known_op == invalid_oid || wanted_op == invalid_oid) return false;
        if (known_other == wanted_other) return proves_of_same(known_op, wanted_op);
        const auto a = constant(known_other), b = constant(wanted_other);
        return a && b && proves_of_constants({known_op, *a}, {wanted_op, *b});
      }
    return false;
  }

  /// operator_same_subexprs_proof
  bool proves_of_same(Oid known, Oid wanted) const {
    if (known == wanted) return true;
    return any_family(known, wanted, [](int fact, int predicate) {
      const int test = proving_strategy(fact, predicate);
      return test == analyze::btree_equal || test == analyze::btree_less_equal || test == analyze::btree_greater_equal;
    });
  }

  bool proves_of_constants(const Comparison& known, const Comparison& wanted) const {
    if (!known.constant.value || !wanted.constant.value) undecided();
    return any_family(known.op, wanted.op, [&](int fact, int predicate) {
      const int test = proving_strategy(fact, predicate);
      return test != 0 && holds(wanted.constant, known.constant, test);
    });
  }

  /// Whether the comparison is true of the constants.
  bool holds(const expr::Const& left, const expr::Const& right, int strategy) const {
    int order = 0;
    try {
      order = compare_constants(interpreter_.catalog(), left, right);
    } catch (const NotSimulated&) {
      undecided();
    }
    switch (strategy) {
      case analyze::btree_less:
        return order < 0;
      case analyze::btree_less_equal:
        return order <= 0;
      case analyze::btree_equal:
        return order == 0;
      case analyze::btree_greater_equal:
        return order >= 0;
      case analyze::btree_greater:
        return order > 0;
      default:
        return order != 0;
    }
  }

  /// What eval_const_expressions leaves of a side that reads no column.
  std::optional<expr::Const> constant(const NodePtr& node) const {
    if (const auto* constant = expr::as<expr::Const>(bare(node))) return *constant;
    if (expr::any_node(node, [](const expr::Node& part) { return part.is<expr::Var>(); })) return std::nullopt;
    if (contains_mutable(interpreter_, make_expression(node))) return std::nullopt;
    const evaluate::Value value = evaluate::evaluate(interpreter_, node);
    if (value.is_unknown()) undecided();
    expr::Const made;
    made.type = expr::type_of(*node);
    made.collation = expr::collation_of(*node);
    if (value.is_known()) made.value = value.text;
    return made;
  }

  /// Whether a family that has both operators, inequality being the negator of equality, is one of the wanted.
  template <class Wanted>
  bool any_family(Oid known, Oid predicate, Wanted wanted) const {
    for (const auto& [family, fact_strategy] : strategies_of(known))
      for (const auto& [other, predicate_strategy] : strategies_of(predicate))
        if (family == other && wanted(fact_strategy, predicate_strategy)) return true;
    return false;
  }

  std::vector<std::pair<Oid, int>> strategies_of(Oid op) const {
    std::vector<std::pair<Oid, int>> found;
    for (const analyze::AmopRow& row : cache_.amops_of_operator(op))
      if (row.access_method == analyze::btree_access_method) found.emplace_back(row.family, row.strategy);
    const Oid negator = cache_.op(op)->negator;
    if (!found.empty() || negator == invalid_oid) return found;
    for (const analyze::AmopRow& row : cache_.amops_of_operator(negator))
      if (row.access_method == analyze::btree_access_method && row.strategy == analyze::btree_equal)
        found.emplace_back(row.family, not_equal);
    return found;
  }

  Oid commutator(Oid op) const { return cache_.op(op)->commutator; }

  Interpreter& interpreter_;
  const analyze::Syscache& cache_;
};

}  // namespace

bool implied_by(Interpreter& interpreter, const NodePtr& predicate, const std::vector<NodePtr>& facts) {
  if (facts.empty()) return false;
  return Prover(interpreter).implies({Shape::conjunction, facts}, predicate);
}

}  // namespace pgplumb::engine::ddl

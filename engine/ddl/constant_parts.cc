#include "engine/ddl/constant_parts.h"

#include <algorithm>

#include "catalog/expr_walk.h"
#include "engine/ddl/expressions.h"
#include "engine/ddl/missing_collations.h"
#include "engine/evaluate/evaluate.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;
using evaluate::Value;

class ConstantParts {
 public:
  ConstantParts(Interpreter& interpreter, Collations collations) : interpreter_(interpreter), collations_(collations) {}

  /// Whether all of it is constant. If not, what is constant within it has been computed.
  bool visit(const NodePtr& node) {
    if (node->is<expr::Const>()) return true;
    if (const auto* junction = expr::as<expr::BoolExpr>(node); junction && junction->op != expr::BoolOp::not_op)
      return visit_until(junction->args, [&](const Value& value) { return decides(junction->op, value); });
    if (const auto* coalesce = expr::as<expr::CoalesceExpr>(node))
      return visit_until(coalesce->args, [](const Value& value) { return value.is_known(); });
    if (const auto* choice = expr::as<expr::CaseExpr>(node)) return visit_case(*choice);
    if (reads_something(*node)) return false;
    return visit_parts(node);
  }

  Value compute(const NodePtr& node) {
    if (collations_ == Collations::missing) refuse_missing_collations(interpreter_, node);
    try {
      return evaluate::evaluate(interpreter_, node);
    } catch (const NotSimulated& limit) {
      return Value::unknown(expr::type_of(*node), limit.what());
    }
  }

 private:
  static bool decides(expr::BoolOp op, const Value& value) {
    return value.is_known() && value.text == (op == expr::BoolOp::and_op ? "f" : "t");
  }

  static bool reads_something(const expr::Node& node) {
    return node.is<expr::Var>() || node.is<expr::Param>() || node.is<expr::SubLink>() || node.is<expr::SubLinkParam>() ||
           node.is<expr::Aggref>() || node.is<expr::WindowFunc>() || node.is<expr::CaseTestExpr>() ||
           node.is<expr::CoerceToDomainValue>() || node.is<expr::CoerceToDomain>() || node.is<expr::SetToDefault>();
  }

  /// In order, and no further than to the part that settles the whole.
  template <class Settles>
  bool visit_until(const std::vector<NodePtr>& parts, Settles settles) {
    bool all = true;
    for (const NodePtr& part : parts) {
      if (!visit(part))
        all = false;
      else if (settles(compute(part)))
        break;
    }
    return all;
  }

  bool visit_case(const expr::CaseExpr& choice) {
    // What a constant is compared with is known only once it has been put into each condition.
    if (choice.arg && visit(choice.arg)) return false;
    for (const expr::CaseWhen& when : choice.whens) {
      const bool is_constant = visit(when.condition);
      const Value condition = is_constant ? compute(when.condition) : Value::unknown(invalid_oid, "");
      if (!condition.is_unknown() && condition.text != "t") continue;
      compute_result(when.result);
      if (condition.is_known()) return false;
    }
    if (choice.otherwise) compute_result(choice.otherwise);
    return false;
  }

  void compute_result(const NodePtr& result) {
    if (visit(result)) compute(result);
  }

  bool visit_parts(const NodePtr& node) {
    std::vector<NodePtr> constant;
    bool all = true;
    expr::walk(*node, {[&](const NodePtr& part) {
                         if (visit(part))
                           constant.push_back(part);
                         else
                           all = false;
                       },
                       {}});
    if (all && !contains_mutable(interpreter_, make_expression(node))) return true;
    for (const NodePtr& part : constant)
      if (!part->is<expr::Const>()) compute(part);
    return false;
  }

  Interpreter& interpreter_;
  Collations collations_;
};

}  // namespace

void compute_constant_parts(Interpreter& interpreter, const NodePtr& expression, Collations collations) {
  ConstantParts parts(interpreter, collations);
  if (parts.visit(expression)) parts.compute(expression);
}

}  // namespace pgplumb::engine::ddl

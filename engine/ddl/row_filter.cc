#include "engine/ddl/row_filter.h"

#include "catalog/expr_nodes.h"
#include "catalog/expr_walk.h"
#include "engine/ddl/cache.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;

bool is_user_defined(Oid oid) { return oid != catalog::invalid_oid && !catalog::is_builtin(oid); }

/// T holds an operator: `op`.
template <class... T>
bool has_user_operator(const expr::Node& node) {
  const auto check = [](const auto* operation) { return operation && is_user_defined(operation->op); };
  return (check(node.as<T>()) || ...);
}

template <class... T>
bool is_one_of(const expr::Node& node) {
  return (node.is<T>() || ...);
}

bool is_simple(const expr::Node& node) {
  return is_one_of<expr::Var, expr::Const, expr::FuncExpr, expr::OpExpr, expr::DistinctExpr, expr::NullIfExpr,
                   expr::ScalarArrayOpExpr, expr::BoolExpr, expr::RelabelType, expr::CollateExpr, expr::CaseExpr,
                   expr::CaseTestExpr, expr::ArrayExpr, expr::RowExpr, expr::RowCompareExpr, expr::CoalesceExpr,
                   expr::MinMaxExpr, expr::XmlExpr, expr::NullTest, expr::BooleanTest, expr::CoerceViaIO,
                   expr::ArrayCoerceExpr, expr::NamedArgExpr>(node);
}

class RowFilterCheck {
 public:
  explicit RowFilterCheck(const Interpreter& interpreter) : cache_(cache_of(interpreter)) {}

  void visit(const expr::NodePtr& node) const {
    check(*node);
    expr::walk(*node, {[this](const expr::NodePtr& part) { visit(part); }, {}});
  }

 private:
  [[noreturn]] static void refuse(const char* detail) {
    throw SqlError("0A000", "invalid publication WHERE expression", detail);
  }

  bool calls_unfit(Oid function) const {
    const analyze::ProcRow* row = cache_.proc(function);
    return is_user_defined(function) || (row && row->volatility != 'i');
  }

  template <class... T>
  bool has_unfit_call(const expr::Node& node) const {
    const auto check = [this](const auto* call) { return call && calls_unfit(call->function); };
    return (check(node.as<T>()) || ...);
  }

  void check(const expr::Node& node) const {
    const auto* variable = node.as<expr::Var>();
    if (variable && variable->attribute < 0) refuse("System columns are not allowed.");
    if (has_user_operator<expr::OpExpr, expr::DistinctExpr, expr::NullIfExpr, expr::ScalarArrayOpExpr>(node))
      refuse("User-defined operators are not allowed.");
    if (!is_simple(node))
      refuse(
          "Only columns, constants, built-in operators, built-in data types, built-in collations, and immutable built-in "
          "functions are allowed.");
    if (is_user_defined(catalog::owner_of_type(expr::type_of(node)))) refuse("User-defined types are not allowed.");
    if (has_unfit_call<expr::FuncExpr, expr::OpExpr, expr::DistinctExpr, expr::NullIfExpr, expr::ScalarArrayOpExpr>(node))
      refuse("User-defined or built-in mutable functions are not allowed.");
    if (is_user_defined(expr::collation_of(node)) || is_user_defined(expr::input_collation_of(node)))
      refuse("User-defined collations are not allowed.");
  }

  const analyze::Syscache& cache_;
};

}  // namespace

void check_row_filter(const Interpreter& interpreter, const catalog::Expr& filter) {
  if (filter.tree) RowFilterCheck(interpreter).visit(expr::NodePtr(filter.tree));
}

}  // namespace pgplumb::engine::ddl

// Subqueries within expressions: get_sublink_expr.
#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

// Prints the left-hand side; the answer is the operator. Of several, the first one's name stands for all.
std::string Printer::sublink_test(const expr::SubLink& n) {
  if (!n.test) return "";
  if (const auto* single = expr::as<expr::OpExpr>(n.test)) {
    node(single->args[0], true);
    return operator_name(cache_, single->op);
  }
  std::string op;
  text("(");
  if (const auto* several = expr::as<expr::BoolExpr>(n.test)) {
    std::string_view separator = "";
    for (const NodePtr& arg : several->args) {
      const auto* compare = expr::as<expr::OpExpr>(arg);
      text(separator);
      node(compare->args[0], true);
      if (op.empty()) op = operator_name(cache_, compare->op);
      separator = ", ";
    }
  } else if (const auto* row = expr::as<expr::RowCompareExpr>(n.test)) {
    list(row->left, true);
    op = operator_name(cache_, row->ops.front());
  }
  text(")");
  return op;
}

void Printer::print(const expr::SubLink& n, bool) {
  using Kind = expr::SubLinkKind;
  text(n.kind == Kind::array ? "ARRAY(" : "(");
  const std::string op = sublink_test(n);
  const bool bare = n.kind == Kind::expr || n.kind == Kind::multi_expr || n.kind == Kind::array;
  switch (n.kind) {
    case Kind::exists: text("EXISTS "); break;
    case Kind::any: text(op == "=" ? " IN " : " " + op + " ANY "); break;
    case Kind::all: text(" " + op + " ALL "); break;
    case Kind::row_compare: text(" " + op + " "); break;
    default: break;
  }
  if (!bare) text("(");
  query(*n.query, {.column_names_visible = false});
  text(bare ? ")" : "))");
}

}  // namespace pgplumb::engine::deparse

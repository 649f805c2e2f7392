// UNION, INTERSECT, EXCEPT: get_setop_query.
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

void Printer::set_operation_leaf(const expr::Query& leaf) {
  const bool parentheses = !leaf.ctes.empty() || !leaf.sort.empty() || !leaf.row_marks.empty() || leaf.limit_offset ||
                           leaf.limit_count || leaf.set_operation;
  if (parentheses) text("(");
  query(leaf, {.column_names_visible = context_.column_names_visible, .result_names = context_.result_names});
  if (parentheses) text(")");
}

namespace {

std::string_view set_word(expr::SetOp op) {
  switch (op) {
    case expr::SetOp::union_op: return "UNION ";
    case expr::SetOp::intersect: return "INTERSECT ";
    case expr::SetOp::except: return "EXCEPT ";
  }
  return "";
}

}  // namespace

// Parentheses wherever the operation changes.
void Printer::left_operand(const expr::SetOperation& operation, const expr::Query& query) {
  const expr::SetOperation* left = operation.left.operation.get();
  const bool parentheses = left && (left->op != operation.op || left->all != operation.all);
  if (!parentheses) {
    set_operation(operation.left, query);
    return keyword(context_.line_breaks ? "" : " ", 0, 0, 0);
  }
  text("(");
  keyword("", indent_clause, 0, 0);
  set_operation(operation.left, query);
  keyword(") ", -indent_clause, 0, 0);
}

void Printer::right_operand(const expr::SetOperation& operation, const expr::Query& query) {
  const bool parentheses = operation.right.operation != nullptr;
  const int indent = parentheses ? indent_clause : 0;
  if (parentheses) text("(");
  keyword("", indent, 0, 0);
  const bool visible = context_.column_names_visible;
  context_.column_names_visible = false;  // the left-hand side names the columns
  set_operation(operation.right, query);
  context_.column_names_visible = visible;
  if (context_.line_breaks) context_.indentation -= indent;
  if (parentheses) keyword(")", 0, 0, 0);
}

void Printer::set_operation(const expr::SetOperationItem& item, const expr::Query& query) {
  if (!item.operation) {
    const Entry& entry = query.range_table[static_cast<std::size_t>(item.rt_index) - 1];
    return set_operation_leaf(*entry.subquery);
  }
  left_operand(*item.operation, query);
  text(set_word(item.operation->op));
  if (item.operation->all) text("ALL ");
  right_operand(*item.operation, query);
}

}  // namespace pgplumb::engine::deparse

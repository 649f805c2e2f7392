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

std::string_view word_of(expr::SetOp op) {
  switch (op) {
    case expr::SetOp::union_op: return "UNION ";
    case expr::SetOp::intersect: return "INTERSECT ";
    case expr::SetOp::except: return "EXCEPT ";
  }
  return "";
}

}  // namespace

void Printer::set_operation(const expr::SetOperationItem& item, const expr::Query& query) {
  if (!item.operation) {
    const Entry& entry = query.range_table[static_cast<std::size_t>(item.rt_index) - 1];
    return set_operation_leaf(*entry.subquery);
  }
  const expr::SetOperation& operation = *item.operation;
  const expr::SetOperation* left = operation.left.operation.get();
  const bool left_parentheses = left && (left->op != operation.op || left->all != operation.all);
  int indent = left_parentheses ? indent_clause : 0;
  if (left_parentheses) {
    text("(");
    keyword("", indent, 0, 0);
  }
  set_operation(operation.left, query);
  if (left_parentheses)
    keyword(") ", -indent, 0, 0);
  else if (context_.line_breaks)
    keyword("", -indent, 0, 0);
  else
    text(" ");
  text(word_of(operation.op));
  if (operation.all) text("ALL ");
  const bool right_parentheses = operation.right.operation != nullptr;
  indent = right_parentheses ? indent_clause : 0;
  if (right_parentheses) text("(");
  keyword("", indent, 0, 0);
  const bool visible = context_.column_names_visible;
  context_.column_names_visible = false;  // the left-hand side names the columns
  set_operation(operation.right, query);
  context_.column_names_visible = visible;
  if (context_.line_breaks) context_.indentation -= indent;
  if (right_parentheses) keyword(")", 0, 0, 0);
}

}  // namespace pgplumb::engine::deparse

// Operators and function calls.
#include "engine/analyze/lsyscache.h"
#include "engine/deparse/names.h"
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

using expr::CoercionForm;

void Printer::binary(const NodePtr& left, std::string_view op, const NodePtr& right) {
  text("(");
  node(left, true);
  text(" ");
  text(op);
  text(" ");
  node(right, true);
  text(")");
}

void Printer::print(const expr::OpExpr& n, bool) {
  const std::string op = operator_name(cache_, n.op);
  if (n.args.size() == 2) return binary(n.args[0], op, n.args[1]);
  const analyze::OperatorRow* row = cache_.op(n.op);
  const bool postfix = row && row->left != invalid_oid;  // 13 had some
  text("(");
  if (!postfix) text(op + " ");
  node(n.args.front(), true);
  if (postfix) text(" " + op);
  text(")");
}

void Printer::print(const expr::DistinctExpr& n, bool) { binary(n.args[0], "IS DISTINCT FROM", n.args[1]); }

void Printer::print(const expr::NullIfExpr& n, bool) {
  text("NULLIF(");
  list(n.args, true);
  text(")");
}

void Printer::print(const expr::ScalarArrayOpExpr& n, bool) {
  text("(");
  node(n.scalar, true);
  text(" " + operator_name(cache_, n.op));
  text(n.use_or ? " ANY (" : " ALL (");
  node(n.array, true);
  // Without a cast, a subquery would be read as a set to compare with, not as one array.
  const auto* sublink = expr::as<expr::SubLink>(n.array);
  if (sublink && sublink->kind == expr::SubLinkKind::expr) {
    text("::");
    type(expr::type_of(*n.array), expr::typmod_of(*n.array));
  }
  text("))");
}

bool Printer::looks_like_function(const Node& node) {
  if (const auto* call = node.as<expr::FuncExpr>())
    return call->form == CoercionForm::explicit_call || call->form == CoercionForm::sql_syntax;
  return node.is<expr::NullIfExpr>() || node.is<expr::CoalesceExpr>() || node.is<expr::MinMaxExpr>() ||
         node.is<expr::SQLValueFunction>() || node.is<expr::XmlExpr>() || node.is<expr::JsonExpr>();
}

void Printer::call_arguments(const Nodes& args, bool variadic) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (i > 0) text(", ");
    if (variadic && i + 1 == args.size()) text("VARIADIC ");
    node(args[i], true);
  }
}

void Printer::print(const expr::FuncExpr& n, bool show_implicit) {
  if (n.form == CoercionForm::implicit_cast && !show_implicit) return node(n.args.front(), false);
  if (n.form == CoercionForm::implicit_cast || n.form == CoercionForm::explicit_cast)
    return coercion(n.args.front(), n.type, n.args.size() < 2 ? -1 : expr::length_coercion_typmod(n));
  if (n.form == CoercionForm::sql_syntax) {
    const analyze::ProcRow* function = cache_.proc(n.function);
    if (function && catalog::is_builtin(n.function) && sql_syntax(n, function->name)) return;
  }
  text(function_name(cache_, n.function));
  text("(");
  call_arguments(n.args, n.variadic);
  text(")");
}

void Printer::subscripts(const expr::SubscriptingRef& ref) {
  for (std::size_t i = 0; i < ref.upper.size(); ++i) {
    text("[");
    if (!ref.lower.empty()) {
      node(ref.lower[i], false);
      text(":");
    }
    node(ref.upper[i], false);
    text("]");
  }
}

void Printer::print(const expr::SubscriptingRef& n, bool show_implicit) {
  // Within a FieldStore the target is told elsewhere.
  if (n.container && n.container->is<expr::CaseTestExpr>()) return node(n.assigned, show_implicit);
  const bool bare = n.container->is<expr::Var>() || n.container->is<expr::FieldSelect>();
  if (!bare) text("(");
  node(n.container, show_implicit);
  if (!bare) text(")");
  subscripts(n);
}

void Printer::print(const expr::FieldStore& n, bool show_implicit) {
  if (n.values.size() != 1) text("ROW(");
  list(n.values, show_implicit);
  if (n.values.size() != 1) text(")");
}

// processIndirection: prints ".field" and "[subscript]" behind an assigned column; what is left is the value.
NodePtr Printer::indirection(NodePtr node) {
  NodePtr domain;
  while (node) {
    if (const auto* store = expr::as<expr::FieldStore>(node)) {
      Oid relation = analyze::type_relation(cache_, store->type);
      text(".");
      identifier(attribute_name(cache_, relation, store->fields.front()));
      node = NodePtr(store->values.front());
    } else if (const auto* ref = expr::as<expr::SubscriptingRef>(node)) {
      if (!ref->assigned) break;
      subscripts(*ref);
      node = NodePtr(ref->assigned);
    } else if (const auto* coerced = expr::as<expr::CoerceToDomain>(node)) {
      if (coerced->form != CoercionForm::implicit_cast) break;
      domain = node;
      node = NodePtr(coerced->arg);
    } else {
      break;
    }
  }
  // A coercion with no assignment below belongs to the value.
  const auto* coerced = expr::as<expr::CoerceToDomain>(domain);
  return coerced && coerced->arg.get() == node.get() ? domain : node;
}

}  // namespace pgplumb::engine::deparse

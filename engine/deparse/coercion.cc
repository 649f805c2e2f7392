// Casts: get_coercion_expr and the nodes that it prints.
#include "engine/deparse/printer.h"

namespace pgplumb::engine::deparse {

void Printer::coercion(const NodePtr& arg, Oid to, std::int32_t typmod) {
  // A length coercion stands right above its constant: the constant's own label would repeat it.
  const auto* literal = expr::as<expr::Const>(arg);
  if (literal && literal->type == to && literal->typmod == -1) {
    constant(*literal, TypeLabel::never);
  } else {
    text("(");
    node(arg, false);
    text(")");
  }
  text("::");
  type(to, typmod);
}

void Printer::implicit_or_coercion(const NodePtr& arg, Oid to, std::int32_t typmod, bool hidden) {
  if (hidden)
    node(arg, false);
  else
    coercion(arg, to, typmod);
}

namespace {

template <class T>
bool hidden(const T& n, bool show_implicit) {
  return n.form == expr::CoercionForm::implicit_cast && !show_implicit;
}

}  // namespace

void Printer::print(const expr::RelabelType& n, bool show_implicit) {
  implicit_or_coercion(n.arg, n.type, n.typmod, hidden(n, show_implicit));
}

void Printer::print(const expr::CoerceViaIO& n, bool show_implicit) {
  implicit_or_coercion(n.arg, n.type, -1, hidden(n, show_implicit));
}

void Printer::print(const expr::ArrayCoerceExpr& n, bool show_implicit) {
  implicit_or_coercion(n.arg, n.type, n.typmod, hidden(n, show_implicit));
}

void Printer::print(const expr::ConvertRowtypeExpr& n, bool show_implicit) {
  implicit_or_coercion(n.arg, n.type, -1, hidden(n, show_implicit));
}

void Printer::print(const expr::CoerceToDomain& n, bool show_implicit) {
  implicit_or_coercion(n.arg, n.type, n.typmod, hidden(n, show_implicit));
}

namespace {

const Node* under_implicit(const Node& node) {
  auto argument = [](const auto& n) { return n.form == expr::CoercionForm::implicit_cast ? n.arg.get() : nullptr; };
  if (const auto* call = node.as<expr::FuncExpr>())
    return call->form == expr::CoercionForm::implicit_cast ? call->args.front().get() : nullptr;
  if (const auto* n = node.as<expr::RelabelType>()) return argument(*n);
  if (const auto* n = node.as<expr::CoerceViaIO>()) return argument(*n);
  if (const auto* n = node.as<expr::ArrayCoerceExpr>()) return argument(*n);
  if (const auto* n = node.as<expr::ConvertRowtypeExpr>()) return argument(*n);
  if (const auto* n = node.as<expr::CoerceToDomain>()) return argument(*n);
  return nullptr;
}

}  // namespace

const Node* without_implicit_coercions(const Node* node) {
  while (node) {
    const Node* below = under_implicit(*node);
    if (!below) break;
    node = below;
  }
  return node;
}

}  // namespace pgplumb::engine::deparse

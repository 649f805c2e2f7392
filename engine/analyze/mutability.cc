#include "engine/analyze/mutability.h"

#include "engine/analyze/literal/literal.h"
#include "engine/analyze/lsyscache.h"
#include "engine/analyze/scopes.h"

namespace pgplumb::engine::analyze {

namespace {

bool is_mutable(const Syscache& cache, Oid function) {
  const ProcRow* proc = cache.proc(function);
  return proc && proc->volatility != 'i';
}

bool io_is_mutable(const Syscache& cache, Oid type) {
  const TypeRow* row = cache.type(type);
  if (!row) return false;
  if (row->input != invalid_oid) return is_mutable(cache, row->input);
  // What reads and writes enums, ranges, rows and arrays is never immutable: it depends on the catalogs.
  return row->kind != 'b' || row->element != invalid_oid;
}

// anynonarray || text and its mirror: SQL functions that are called stable, and are inlined to a cast and textcat before
// anyone asks. So what counts is how the other argument becomes text.
constexpr Oid textanycat = 2003, anytextcat = 2004;

template <class Call>
bool call_is_mutable(const Syscache& cache, const Call& call) {
  if ((call.function == textanycat || call.function == anytextcat) && call.args.size() == 2)
    return io_is_mutable(cache, base_type(cache, expr::type_of(*call.args[call.function == textanycat ? 1 : 0])));
  return is_mutable(cache, call.function);
}

bool is_mutable_node(const Syscache& cache, const expr::Node& node) {
  if (const auto* n = node.as<expr::FuncExpr>()) return call_is_mutable(cache, *n);
  if (const auto* n = node.as<expr::OpExpr>()) return call_is_mutable(cache, *n);
  if (const auto* n = node.as<expr::DistinctExpr>()) return is_mutable(cache, n->function);
  if (const auto* n = node.as<expr::NullIfExpr>()) return is_mutable(cache, n->function);
  if (const auto* n = node.as<expr::ScalarArrayOpExpr>()) return is_mutable(cache, n->function);
  if (const auto* n = node.as<expr::CoerceViaIO>()) {
    // A domain's own function reads it; what is below the domain writes it.
    return io_is_mutable(cache, n->type) || io_is_mutable(cache, base_type(cache, expr::type_of(*n->arg)));
  }
  if (const auto* n = node.as<expr::RowCompareExpr>()) {
    for (Oid op : n->ops) {
      const OperatorRow* row = cache.op(op);
      if (row && is_mutable(cache, row->function)) return true;
    }
  }
  return node.is<expr::SQLValueFunction>() || node.is<expr::NextValueExpr>();
}

}  // namespace

bool contains_mutable_functions(const Syscache& cache, const NodePtr& node) {
  return contains_node(node, [&](const expr::Node& part) { return is_mutable_node(cache, part); });
}

NodePtr fold_constant(ParseState& state, const NodePtr& node) {
  if (const auto* relabel = expr::as<expr::RelabelType>(node)) {
    NodePtr inner = fold_constant(state, relabel->arg);
    const auto* constant = expr::as<expr::Const>(inner);
    if (!constant) return node;
    expr::Const copy = *constant;
    copy.type = relabel->type;
    copy.typmod = relabel->typmod;
    copy.collation = relabel->collation;
    return expr::make(std::move(copy), inner->location);
  }
  const auto* call = expr::as<expr::FuncExpr>(node);
  if (!call || call->form == expr::CoercionForm::explicit_call || call->args.empty()) return node;
  NodePtr inner = fold_constant(state, call->args.front());
  const auto* constant = expr::as<expr::Const>(inner);
  if (!constant || !constant->certain) return node;
  if (!constant->value) {
    expr::Const null;
    null.type = call->type;
    null.collation = call->collation;
    return expr::make(std::move(null), inner->location);
  }
  bool is_integer = constant->type == types::int2 || constant->type == types::int4 || constant->type == types::int8;
  bool to_number = call->type == types::int2 || call->type == types::int4 || call->type == types::int8 ||
                   (call->type == types::numeric && call->args.size() == 1);
  bool to_length = call->args.size() >= 2 && constant->type == call->type && takes_modifier(call->type);
  if (!(is_integer && to_number) && !to_length) return node;
  const std::int32_t length = to_length ? expr::typmod_of(*node) : -1;
  LiteralValue value = literal_in(state.cache, state.settings, call->type, length, *constant->value);
  expr::Const copy = *constant;
  copy.type = call->type;
  copy.typmod = expr::typmod_of(*node);
  copy.collation = call->collation;
  copy.value = std::move(value.text);
  return expr::make(std::move(copy), inner->location);
}

}  // namespace pgplumb::engine::analyze

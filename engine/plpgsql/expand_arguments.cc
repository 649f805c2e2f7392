#include "engine/plpgsql/expand_arguments.h"

#include "catalog/expr_walk.h"
#include "catalog/kinds/routine.h"

namespace pgplumb::engine::plpgsql {

namespace {

namespace expr = catalog::expr;
using catalog::ArgumentMode;
using expr::NodePtr;

const catalog::Routine* called_routine(const catalog::Catalog& catalog, catalog::Oid function) {
  const catalog::Object* object = catalog.find(function);
  const bool is_routine = object && catalog::kind_info(object->kind).name_space == catalog::NameSpace::routine;
  return is_routine ? static_cast<const catalog::Routine*>(object) : nullptr;
}

/// Since 14, a CALL has arguments for OUT parameters too.
std::vector<NodePtr> defaults_of(const catalog::Routine& routine, int major) {
  const bool gives_outputs = routine.kind == catalog::Kind::procedure && major >= 14;
  std::vector<NodePtr> defaults;
  for (const catalog::Argument& argument : routine.arguments)
    if (argument.mode != ArgumentMode::table && (gives_outputs || argument.mode != ArgumentMode::out))
      defaults.push_back(NodePtr(argument.default_expression.tree));
  return defaults;
}

bool has_named(const expr::FuncExpr& call) {
  for (const NodePtr& argument : call.args)
    if (expr::as<expr::NamedArgExpr>(argument)) return true;
  return false;
}

NodePtr expanded(const catalog::Catalog& catalog, const NodePtr& node) {
  const auto* call = expr::as<expr::FuncExpr>(node);
  const catalog::Routine* routine = call ? called_routine(catalog, call->function) : nullptr;
  if (!routine) return node;
  std::vector<NodePtr> arguments = defaults_of(*routine, catalog.major());
  if (!has_named(*call) && call->args.size() >= arguments.size()) return node;
  std::size_t position = 0;
  for (const NodePtr& argument : call->args) {
    const auto* named = expr::as<expr::NamedArgExpr>(argument);
    const std::size_t at = named ? static_cast<std::size_t>(named->number) : position++;
    if (at >= arguments.size()) return node;
    arguments[at] = named ? named->arg : argument;
  }
  expr::FuncExpr whole = *call;
  whole.args = std::move(arguments);
  return expr::make(std::move(whole), node->location);
}

expr::Mapper mapper(const catalog::Catalog& catalog) {
  return {[&catalog](const NodePtr& part) { return expand_arguments(catalog, part); },
          [&catalog](const expr::QueryPtr& part) { return expand_arguments(catalog, part); }};
}

}  // namespace

expr::QueryPtr expand_arguments(const catalog::Catalog& catalog, const expr::QueryPtr& query) {
  return expr::map_parts(query, mapper(catalog));
}

NodePtr expand_arguments(const catalog::Catalog& catalog, const NodePtr& node) {
  return expanded(catalog, expr::map_parts(node, mapper(catalog)));
}

}  // namespace pgplumb::engine::plpgsql

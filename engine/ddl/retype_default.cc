#include "engine/ddl/retype_default.h"

#include "engine/analyze/parse_coerce.h"
#include "engine/ddl/table_columns.h"
#include "engine/ddl/types.h"

namespace pgplumb::engine::ddl {

namespace {

namespace expr = catalog::expr;

bool is_implicit(const expr::Form& form) { return form == expr::CoercionForm::implicit_cast; }

/// What an implicit cast is applied to; null where the node is none.
NodePtr implicit_argument(const expr::Node& node) {
  if (const auto* call = node.as<expr::FuncExpr>()) return is_implicit(call->form) ? call->args.front() : nullptr;
  if (const auto* cast = node.as<expr::RelabelType>()) return is_implicit(cast->form) ? cast->arg : nullptr;
  if (const auto* cast = node.as<expr::CoerceViaIO>()) return is_implicit(cast->form) ? cast->arg : nullptr;
  if (const auto* cast = node.as<expr::ArrayCoerceExpr>()) return is_implicit(cast->form) ? cast->arg : nullptr;
  if (const auto* cast = node.as<expr::ConvertRowtypeExpr>()) return is_implicit(cast->form) ? cast->arg : nullptr;
  if (const auto* cast = node.as<expr::CoerceToDomain>()) return is_implicit(cast->form) ? cast->arg : nullptr;
  return nullptr;
}

}  // namespace

NodePtr strip_implicit_coercions(const NodePtr& tree) {
  const NodePtr argument = tree ? implicit_argument(*tree) : nullptr;
  return argument ? strip_implicit_coercions(argument) : tree;
}

RetypedDefault::RetypedDefault(Interpreter& interpreter, const Column& column, TypeRef target) {
  const catalog::ColumnDefault* known = default_of(interpreter.catalog(), column.oid);
  if (!known) return;
  if (!known->expression.tree)
    throw NotSimulated("a change of the type of a default that was not analysed: " + known->expression.text);
  const NodePtr tree = strip_implicit_coercions(NodePtr(known->expression.tree));
  const analyze::Settings settings = interpreter.analysis_settings();
  analyze::ParseState state(interpreter.cache(), settings);
  const NodePtr coerced = analyze::coerce_to_target_type(state, tree, expr::type_of(*tree), target.type, target.typmod,
                                                         {analyze::CoercionContext::assignment});
  if (!coerced)
    throw SqlError("42804", (column.generated == catalog::Generated::none ? std::string("default")
                                                                          : std::string("generation expression")) +
                                " for column \"" + column.name.str() + "\" cannot be cast automatically to type " +
                                type_name(interpreter, target.type));
  expression_ = make_expression(coerced);
}

void RetypedDefault::store(Interpreter& interpreter, catalog::Ref<Column> column) const {
  if (expression_) set_column_default(interpreter.catalog(), column, *expression_);
}

}  // namespace pgplumb::engine::ddl

#include "engine/ddl/enum_constants.h"

#include "catalog/expr_walk.h"

namespace pgplumb::engine::ddl {

using namespace catalog;

namespace {

class LabelMapper {
 public:
  LabelMapper(Oid type, const std::string& old_label, const std::string& new_label)
      : type_(type), old_label_(old_label), new_label_(new_label) {}

  expr::NodePtr map(const expr::NodePtr& node) {
    if (!node) return node;
    if (const auto* constant = node->as<expr::Const>()) return map_constant(node, *constant);
    return expr::map_parts(node, mapper());
  }
  expr::QueryPtr map(const expr::QueryPtr& query) { return query ? expr::map_parts(query, mapper()) : query; }

 private:
  expr::Mapper mapper() {
    return {[this](const expr::NodePtr& part) { return map(part); },
            [this](const expr::QueryPtr& part) { return map(part); }};
  }

  expr::NodePtr map_constant(const expr::NodePtr& node, const expr::Const& constant) const {
    if (constant.type == type_in_form(type_, TypeForm::array) && constant.value)
      throw NotSimulated("renaming a label that a constant array of the type may hold");
    if (constant.type != type_ || constant.value != old_label_) return node;
    expr::Const renamed = constant;
    renamed.value = new_label_;
    return expr::make(std::move(renamed), node->location);
  }

  Oid type_;
  const std::string& old_label_;
  const std::string& new_label_;
};

}  // namespace

void rename_label_in_expressions(Interpreter& interpreter, Ref<EnumType> type, const std::string& old_label,
                                 const std::string& new_label) {
  Catalog& catalog = interpreter.catalog();
  LabelMapper mapper(type.oid, old_label, new_label);
  for (const Dependent& dependent : catalog.dependents(type.oid)) {
    const Object& before = *catalog.find(dependent.oid);
    const std::shared_ptr<Object> changed = kind_info(before.kind).clone(before);
    for (const FieldInfo& field : kind_info(before.kind).fields) {
      void* value = field.get_mutable(changed.get());
      field.ops->visit_exprs(value, [&](Expr& expression) {
        if (expression.tree) expression.tree = mapper.map(expr::NodePtr(expression.tree)).shared();
      });
      if (!field.ops->is_query) continue;
      Query& query = *static_cast<Query*>(value);
      if (query.tree) query.tree = mapper.map(expr::QueryPtr(query.tree)).shared();
    }
    catalog.store(changed);
  }
}

}  // namespace pgplumb::engine::ddl

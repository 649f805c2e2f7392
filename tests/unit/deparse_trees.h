#pragma once
// Small trees for the tests of the printer, built by hand over the tables s.t (a integer, b text) and
// s.u (a integer, c text).
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/kinds/column.h"
#include "catalog/kinds/schema.h"
#include "catalog/kinds/table.h"
#include "catalog/kinds/view.h"
#include "catalog/query_nodes.h"
#include "catalog/type_oids.h"
#include "engine/deparse/deparse.h"

namespace pgplumb::tests {

namespace expr = catalog::expr;
namespace types = catalog::types;
using catalog::Oid;
using expr::NodePtr;
namespace deparse = engine::deparse;

class Trees {
 public:
  explicit Trees(int major = 15) : catalog(major) {
    schema = catalog.insert(named<catalog::Schema>("s", {}));
    t = table("t", {{"a", types::int4}, {"b", types::text}});
    u = table("u", {{"a", types::int4}, {"c", types::text}});
    catalog::View made = named<catalog::View>("v", schema);
    v = catalog.insert(std::move(made));
  }

  deparse::Syscache cache() const { return {catalog.major(), &catalog, {catalog::builtin::pg_catalog_namespace}}; }

  catalog::Ref<catalog::Table> table(const char* name, const std::vector<std::pair<const char*, Oid>>& columns) {
    auto made = catalog.insert(named<catalog::Table>(name, schema));
    for (const auto& [column_name, type] : columns) add_column(made, column_name, type);
    return made;
  }
  void add_column(catalog::AnyRef relation, const char* name, Oid type) {
    catalog::Column column = named<catalog::Column>(name, relation);
    column.type = {type, -1};
    column.number = static_cast<std::int16_t>(catalog.children_of<catalog::Column>(relation.oid).size() + 1);
    catalog.insert(std::move(column));
  }
  void rename(Oid object, const char* name) {
    catalog.edit_any(object).set<&catalog::Object::name>(catalog::Name(name));
  }
  Oid column_oid(Oid relation, const char* name) const {
    return catalog.find_named<catalog::Column>(relation, name)->oid;
  }

  static NodePtr constant(Oid type, std::optional<std::string> value, std::int32_t typmod = -1) {
    return expr::make(expr::Const{type, typmod, catalog::invalid_oid, std::move(value)});
  }
  static NodePtr integer(const char* digits) { return constant(types::int4, digits); }
  static NodePtr text(const char* characters) { return constant(types::text, characters); }
  /// Column `attribute` of entry `rt_index`; of t and u, the first is an integer and the second a text.
  static NodePtr column(int rt_index, int attribute, int levels_up = 0) {
    expr::Var var;
    var.rt_index = rt_index;
    var.attribute = attribute;
    var.levels_up = levels_up;
    var.type = attribute == 1 ? types::int4 : types::text;
    return expr::make(var);
  }
  NodePtr operation(const char* name, NodePtr left, NodePtr right) const {
    expr::OpExpr op;
    const auto& builtin = catalog::builtin::of(catalog.major());
    const auto* row = builtin.operator_exact(name, expr::type_of(*left), expr::type_of(*right));
    op.op = row->oid;
    op.type = row->oprresult;
    op.args = {std::move(left), std::move(right)};
    return expr::make(std::move(op));
  }
  NodePtr call(const char* name, std::vector<NodePtr> args,
               expr::CoercionForm form = expr::CoercionForm::explicit_call) const {
    expr::FuncExpr made;
    for (const auto& row : catalog::builtin::of(catalog.major()).procs_by_name(name)) {
      if (row.proargtypes.size() != args.size()) continue;
      bool fits = true;
      for (std::size_t i = 0; i < args.size(); ++i) fits = fits && row.proargtypes[i] == expr::type_of(*args[i]);
      if (!fits) continue;
      made.function = row.oid;
      made.type = row.prorettype;
    }
    made.form = form;
    made.args = std::move(args);
    return expr::make(std::move(made));
  }

  expr::RangeTblEntry entry(catalog::Ref<catalog::Table> relation, const char* alias = nullptr) const {
    expr::RangeTblEntry made;
    made.relation = relation.oid;
    made.inherit = made.in_from_clause = true;
    made.eref.name = alias ? alias : catalog.get(relation).name.str();
    for (const auto* column : catalog.children_of<catalog::Column>(relation.oid))
      made.eref.columns.push_back(column->name.str());
    if (alias) made.alias = expr::Alias{alias, {}};
    return made;
  }
  static expr::TargetEntry target(NodePtr value, const char* name, int resno, std::uint32_t sort_group_ref = 0) {
    expr::TargetEntry made;
    made.expr = std::move(value);
    made.name = name;
    made.has_name = true;
    made.resno = resno;
    made.sort_group_ref = sort_group_ref;
    return made;
  }
  static expr::JoinTreeItem item(int rt_index) { return {expr::RangeTblRef{rt_index}}; }

  std::string expression(const NodePtr& node) const {
    return deparse::print_expression(cache(), *node, deparse::Scope::of_relation(t.oid));
  }
  std::string view(const expr::Query& query) const { return deparse::print_view(cache(), query, v.oid); }

  catalog::Catalog catalog;
  catalog::Ref<catalog::Schema> schema;
  catalog::Ref<catalog::Table> t, u;
  catalog::Ref<catalog::View> v;

 private:
  template <class T>
  static T named(const char* name, catalog::AnyRef parent) {
    T object;
    object.name = name;
    object.parent = parent;
    return object;
  }
};

}  // namespace pgplumb::tests

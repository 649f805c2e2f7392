#include "engine/analyze/table_func.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/analyze/lsyscache.h"
#include "engine/analyze/node_funcs.h"
#include "engine/analyze/parse_coerce.h"
#include "engine/analyze/parse_collate.h"
#include "engine/analyze/parse_expr.h"
#include "engine/analyze/parse_relation.h"
#include "engine/analyze/parse_type.h"
#include "engine/analyze/vars.h"

namespace pgplumb::engine::analyze {

namespace {

// transformRangeTableFunc
class XmlTable {
 public:
  XmlTable(ParseState& state, ast::RangeTableFunc node) : state_(state), node_(node) {}

  NamespaceItemPtr run() {
    state_.lateral_active = true;
    table_.row_expr = converted(node_.rowexpr(), types::text, -1, "XMLTABLE");
    table_.document = converted(node_.docexpr(), types::xml, -1, "XMLTABLE");
    for (ast::Node column : node_.columns()) add_column(column.as<ast::RangeTableFuncCol>());
    for (ast::Node name : node_.namespaces()) add_namespace(name.as<ast::ResTarget>());
    state_.lateral_active = false;
    bool lateral = node_.lateral() || refers_outside();
    return add_table_func(state_, std::move(table_), alias_of(node_.alias()), lateral, true);
  }

 private:
  NodePtr converted(ast::Node node, Oid type, std::int32_t typmod, const char* construct) {
    NodePtr value = transform_expr(state_, node, ExprKind::from_function);
    return assign_expr_collations(state_, coerce_to_specific_type(state_, value, type, typmod, construct));
  }

  void add_column(ast::RangeTableFuncCol column) {
    TypeRef type{types::int4, -1};
    if (column.for_ordinality()) {
      if (table_.ordinality_column != -1) {
        fail(errcode::syntax_error, "only one FOR ORDINALITY column is allowed", column.location());
      }
      table_.ordinality_column = static_cast<int>(table_.columns.names.size());
    } else {
      if (column.type_name().setof()) {
        fail(errcode::invalid_table_definition,
             fmt::format("column \"{}\" cannot be declared SETOF", column.colname()), column.location());
      }
      type = resolve_type_name(state_.cache, column.type_name());
    }
    check_name(column);
    table_.columns.names.emplace_back(column.colname());
    table_.columns.types.push_back(type.type);
    table_.columns.typmods.push_back(type.typmod);
    table_.columns.collations.push_back(type_collation(state_.cache, type.type));
    table_.not_null.push_back(column.is_not_null());
    table_.column_exprs.push_back(column.colexpr() ? converted(column.colexpr(), types::text, -1, "XMLTABLE") : nullptr);
    table_.column_defaults.push_back(
        column.coldefexpr() ? converted(column.coldefexpr(), type.type, type.typmod, "XMLTABLE") : nullptr);
  }

  void check_name(ast::RangeTableFuncCol column) const {
    const auto& names = table_.columns.names;
    if (std::find(names.begin(), names.end(), column.colname()) == names.end()) return;
    fail(errcode::syntax_error, fmt::format("column name \"{}\" is not unique", column.colname()), column.location());
  }

  void add_namespace(ast::ResTarget name) {
    bool is_default = name.name().empty();
    const auto& names = table_.namespace_names;
    if (std::find(names.begin(), names.end(), name.name()) != names.end()) {
      fail(errcode::syntax_error,
           is_default ? "only one default namespace is allowed"
                      : fmt::format("namespace name \"{}\" is not unique", name.name()),
           name.location());
    }
    table_.namespace_uris.push_back(converted(name.val(), types::text, -1, "XMLTABLE"));
    table_.namespace_names.emplace_back(name.name());
  }

  bool refers_outside() const {
    auto outside = [](const NodePtr& node) { return node && contains_vars_of_level(node, 0); };
    return outside(table_.document) || outside(table_.row_expr) ||
           std::any_of(table_.column_exprs.begin(), table_.column_exprs.end(), outside) ||
           std::any_of(table_.column_defaults.begin(), table_.column_defaults.end(), outside) ||
           std::any_of(table_.namespace_uris.begin(), table_.namespace_uris.end(), outside);
  }

  ParseState& state_;
  ast::RangeTableFunc node_;
  expr::TableFunc table_;
};

}  // namespace

NamespaceItemPtr transform_range_table_func(ParseState& state, ast::RangeTableFunc function) {
  return XmlTable(state, function).run();
}

}  // namespace pgplumb::engine::analyze
